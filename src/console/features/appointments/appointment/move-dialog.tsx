import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentDocument,
  AppointmentsDocument,
  RescheduleAppointmentDocument,
} from '../../../generated/graphql.js'
import { andTell, ForecastList, TurnHint, useForecast } from '../forecast.js'
import { placeName, zonedText } from '../local-time.js'
import { momentOf } from '../moment-of.js'
import type { AppointmentDetail } from './appointment-page.js'
import { asForecast } from './as-forecast.js'
import { ChangeProblem } from './change-problem.js'

interface DialogProps {
  appointment: AppointmentDetail
  onClose: () => void
}

/** Another time. Says before who will be told so, and that nobody hears of the old one any more. */
export function MoveDialog({ appointment, onClose }: DialogProps): ReactNode {
  // As it was when the dialog opened: if it changes behind it, the move is refused instead of undoing what somebody did.
  const [{ startsLocal, zone, revision, startsAt }] = useState(appointment)
  const [date, setDate] = useState(startsLocal.slice(0, 10))
  const [time, setTime] = useState(startsLocal.slice(11, 16))
  const [key] = useState(newKey)
  const target = momentOf(date, time, zone)?.toISOString() ?? null
  const isSame = target === null || Date.parse(target) === Date.parse(startsAt)
  const forecast = useForecast(isSame ? null : asForecast(appointment, 'MOVED', { startsAt: target }))
  const move = useAction(RescheduleAppointmentDocument, (result) => result.rescheduleAppointment, [
    AppointmentDocument,
    AppointmentsDocument,
  ])
  const submit = async (): Promise<void> => {
    if (target === null) return
    const done = await move.run({
      appointmentId: appointment.id,
      startsAt: target,
      revision,
      // A move to another time is another intention.
      idempotencyKey: `${key}:${target}`,
    })
    if (done !== null) onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Move this appointment">
      <Stack>
        <Group grow align="flex-start">
          <TextInput
            label="New date"
            type="date"
            data-autofocus
            value={date}
            onChange={(event) => {
              setDate(event.currentTarget.value)
            }}
          />
          <TextInput
            label="New time"
            description={`In ${placeName(zone)}`}
            inputWrapperOrder={['label', 'input', 'description']}
            type="time"
            value={time}
            onChange={(event) => {
              setTime(event.currentTarget.value)
            }}
          />
        </Group>
        <Text size="sm">
          It is {zonedText(startsAt, zone)} now. What was planned about that time is taken back; texts that
          wait are not sent.
        </Text>
        {isSame ? null : (
          <div>
            <Text size="sm" fw={600} mb={4}>
              Who would be told
            </Text>
            <ForecastList forecast={forecast} empty="Nobody is told anything: the settings say so." />
            <TurnHint kind={appointment.kind} />
          </div>
        )}
        <ChangeProblem of={move} onClose={onClose} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button
            disabled={isSame || !forecast.isReady}
            loading={move.isRunning}
            onClick={() => void submit()}
          >
            {isSame ? 'Move' : andTell('Move', forecast.told)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
