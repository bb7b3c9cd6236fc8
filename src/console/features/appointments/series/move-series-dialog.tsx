import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentsDocument,
  AppointmentSeriesDocument,
  RescheduleSeriesDocument,
} from '../../../generated/graphql.js'
import { Problem } from '../../../shared/problem.js'
import { ruleOf } from '../booking/rhythm.js'
import { RhythmForm } from '../booking/rhythm-form.js'
import { andTell, ForecastList, useForecast } from '../forecast.js'
import { placeName } from '../local-time.js'
import { momentOf } from '../moment-of.js'
import { restOf } from './rest-of-series.js'
import { seriesForecast } from './series-forecast.js'
import type { SeriesDetail } from './series-people.js'

/** Another time or rhythm for what is left: a new series takes its place, and people are told once. */
export function MoveSeriesDialog({
  series,
  onClose,
}: {
  series: SeriesDetail
  onClose: () => void
}): ReactNode {
  const navigate = useNavigate()
  const next = series.occurrences.find(({ id }) => id === series.remindedId)
  const [rest] = useState(() => restOf(series, next?.startsAt ?? null))
  const [date, setDate] = useState(rest.date)
  const [time, setTime] = useState(rest.time)
  const [rhythm, setRhythm] = useState(rest.rhythm)
  const [key, setKey] = useState(newKey)
  const rule = ruleOf(rhythm, date)
  const startsAt = momentOf(date, time, series.zone)?.toISOString() ?? null
  const forecast = useForecast(startsAt === null ? null : seriesForecast(series, 'MOVED', startsAt))
  const move = useAction(RescheduleSeriesDocument, (result) => result.rescheduleSeries, [
    AppointmentSeriesDocument,
    AppointmentsDocument,
  ])
  /** Another time or rhythm is another intention. */
  const changing =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      set(value)
      setKey(newKey())
    }
  const submit = async (): Promise<void> => {
    if (startsAt === null || rule === null) return
    const done = await move.run({
      ...{ seriesId: series.id, startsAt, rule, idempotencyKey: key },
    })
    if (done !== null) await navigate(`/appointments/series/${done.id}`)
  }
  return (
    <Modal opened onClose={onClose} title="Move the rest of this series" size="lg">
      <Stack>
        <Text size="sm">
          What has not begun is called off in silence, and a new series with the same people takes its place;
          its end is counted anew.
        </Text>
        <Group grow align="flex-start">
          <TextInput
            label="First date"
            type="date"
            data-autofocus
            value={date}
            onChange={(event) => {
              changing(setDate)(event.currentTarget.value)
            }}
          />
          <TextInput
            label="Time"
            description={`In ${placeName(series.zone)}`}
            inputWrapperOrder={['label', 'input', 'description']}
            type="time"
            value={time}
            onChange={(event) => {
              changing(setTime)(event.currentTarget.value)
            }}
          />
        </Group>
        <RhythmForm rhythm={rhythm} date={date} onChange={changing(setRhythm)} />
        {startsAt === null ? null : (
          <div>
            <Text size="sm" fw={600} mb={4}>
              Who would be told
            </Text>
            <ForecastList forecast={forecast} empty="Nobody is told anything: the settings say so." />
          </div>
        )}
        <Problem of={move} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button
            disabled={startsAt === null || rule === null || !forecast.isReady}
            loading={move.isRunning}
            onClick={() => void submit()}
          >
            {startsAt === null ? 'Move the rest' : andTell('Move the rest', forecast.told)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
