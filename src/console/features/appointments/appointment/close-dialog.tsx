import { Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentDocument,
  AppointmentsDocument,
  CompleteAppointmentDocument,
  MarkNoShowDocument,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { Problem } from '../../../shared/problem.js'
import { andTell, ForecastList, useForecast } from '../forecast.js'
import type { AppointmentDetail } from './appointment-page.js'
import { asForecast } from './as-forecast.js'

interface CloseDialogProps {
  appointment: AppointmentDetail
  as: 'COMPLETED' | 'NO_SHOW'
  onClose: () => void
}

const after = [AppointmentDocument, AppointmentsDocument]

/** How it ended. Whoever ticked the wrong box may correct it; a text that went out stays out. */
export function CloseDialog({ appointment, as, onClose }: CloseDialogProps): ReactNode {
  const [key] = useState(newKey)
  const forecast = useForecast(asForecast(appointment, as === 'NO_SHOW' ? 'MISSED' : 'COMPLETED'))
  const complete = useAction(CompleteAppointmentDocument, (result) => result.completeAppointment, after)
  const miss = useAction(MarkNoShowDocument, (result) => result.markNoShow, after)
  const running = as === 'NO_SHOW' ? miss : complete
  return (
    <AskFirst
      isOpen
      onClose={onClose}
      title={as === 'NO_SHOW' ? 'Note that nobody came?' : 'Note that it took place?'}
      confirm={andTell('Note it', forecast.told)}
      isRunning={running.isRunning}
      isDisabled={!forecast.isReady}
      onConfirm={() => {
        void running.run({ appointmentId: appointment.id, idempotencyKey: key }).then((done) => {
          if (done !== null) onClose()
        })
      }}
    >
      <ForecastList forecast={forecast} empty="Nobody is told anything of it." />
      <Text size="sm">You can correct it later; a text that went out stays out.</Text>
      <Problem of={running} />
    </AskFirst>
  )
}
