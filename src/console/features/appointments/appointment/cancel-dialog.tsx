import { Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentDocument,
  AppointmentsDocument,
  CancelAppointmentDocument,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { now } from '../../../shared/clock.js'
import { Problem } from '../../../shared/problem.js'
import { andTell, ForecastList, useForecast } from '../forecast.js'
import { zonedText } from '../local-time.js'
import type { AppointmentDetail } from './appointment-page.js'
import { asForecast } from './as-forecast.js'

/** Calls it off. Of one that has begun nobody is told. */
export function CancelDialog({
  appointment,
  onClose,
}: {
  appointment: AppointmentDetail
  onClose: () => void
}): ReactNode {
  const [key] = useState(newKey)
  const hasBegun = new Date(appointment.startsAt) <= now()
  const forecast = useForecast(hasBegun ? null : asForecast(appointment, 'CALLED_OFF'))
  const cancel = useAction(CancelAppointmentDocument, (result) => result.cancelAppointment, [
    AppointmentDocument,
    AppointmentsDocument,
  ])
  return (
    <AskFirst
      isOpen
      onClose={onClose}
      title="Cancel this appointment?"
      confirm={andTell('Cancel it', forecast.told)}
      colour="red"
      isRunning={cancel.isRunning}
      isDisabled={!forecast.isReady}
      onConfirm={() => {
        void cancel.run({ appointmentId: appointment.id, idempotencyKey: key }).then((done) => {
          if (done !== null) onClose()
        })
      }}
    >
      <Text size="sm">
        {zonedText(appointment.startsAt, appointment.zone)}. Reminders that wait are taken back, and no credit
        is spent on them. This cannot be undone; it can be booked again.
      </Text>
      {hasBegun ? null : <ForecastList forecast={forecast} empty="Nobody is told: the settings say so." />}
      <Problem of={cancel} />
    </AskFirst>
  )
}
