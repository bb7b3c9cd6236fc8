import { Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentsDocument,
  AppointmentSeriesDocument,
  CancelSeriesDocument,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { Problem } from '../../../shared/problem.js'
import { andTell, ForecastList, useForecast } from '../forecast.js'
import { zonedText } from '../local-time.js'
import { seriesForecast } from './series-forecast.js'
import type { SeriesDetail } from './series-people.js'

/** Calls off what has not begun, and says so once. */
export function CancelSeriesDialog({
  series,
  onClose,
}: {
  series: SeriesDetail
  onClose: () => void
}): ReactNode {
  const [key] = useState(newKey)
  const next = series.occurrences.find(({ id }) => id === series.remindedId)
  const forecast = useForecast(
    next === undefined ? null : seriesForecast(series, 'CALLED_OFF', next.startsAt),
  )
  const cancel = useAction(CancelSeriesDocument, (result) => result.cancelSeries, [
    AppointmentSeriesDocument,
    AppointmentsDocument,
  ])
  return (
    <AskFirst
      isOpen
      onClose={onClose}
      title="Cancel the rest of this series?"
      confirm={andTell('Cancel the rest', forecast.told)}
      colour="red"
      isRunning={cancel.isRunning}
      isDisabled={!forecast.isReady}
      onConfirm={() => {
        void cancel.run({ seriesId: series.id, idempotencyKey: key }).then((done) => {
          if (done !== null) onClose()
        })
      }}
    >
      <Text size="sm">
        Everything that has not begun is called off
        {next === undefined ? '' : `, from ${zonedText(next.startsAt, next.zone)} on`}. People are told once,
        not for each occurrence. This cannot be undone.
      </Text>
      <ForecastList forecast={forecast} empty="Nobody is told: the settings say so." />
      <Problem of={cancel} />
    </AskFirst>
  )
}
