import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentDocument,
  AppointmentsDocument,
  UpdateAppointmentDocument,
  type UpdateAppointmentInput,
} from '../../../generated/graphql.js'
import { quantity } from '../../../shared/format.js'
import { DetailFields, ReminderFields } from '../booking/booking-fields.js'
import { MEMBERS_MAX, PeoplePicker } from '../booking/people-picker.js'
import type { Person } from '../booking/person.js'
import { ForecastList, TurnHint, useForecast } from '../forecast.js'
import type { AppointmentDetail } from './appointment-page.js'
import { asForecast } from './as-forecast.js'
import { ChangeProblem } from './change-problem.js'
import { ZoneSelect } from '../zone-select.js'

interface ChangeDraft {
  durationMinutes: number
  zone: string
  title: string
  location: string
  offsets: number[] | null
  clients: Person[]
}

/** Everything but the time: what it is called, where, how long, when it is reminded of, who is in the group. */
export function ChangeDialog({
  appointment,
  onClose,
}: {
  appointment: AppointmentDetail
  onClose: () => void
}): ReactNode {
  // As it was when the dialog opened: what somebody else changes meanwhile is refused, not overwritten.
  const [before] = useState(appointment)
  const [draft, setDraft] = useState(() => draftOf(before))
  const [key, setKey] = useState(newKey)
  const isGroup = before.kind === 'COHORT'
  const input = changesOf(draftOf(before), draft, isGroup)
  const isChanged = Object.keys(input).length > 0
  const isNews = isGroup && (input.title !== undefined || input.location !== undefined)
  const forecast = useForecast(
    isChanged
      ? asForecast(before, isNews ? 'CHANGED' : null, {
          ...{ offsets: draft.offsets, zone: draft.zone },
          ...(isGroup ? { clients: draft.clients.map(({ id, zone }) => ({ contactId: id, zone })) } : {}),
        })
      : null,
  )
  const update = useAction(UpdateAppointmentDocument, (result) => result.updateAppointment, [
    AppointmentDocument,
    AppointmentsDocument,
  ])
  const change = (part: Partial<ChangeDraft>): void => {
    setDraft({ ...draft, ...part })
    setKey(newKey())
  }
  const submit = async (): Promise<void> => {
    const done = await update.run({
      ...{ appointmentId: before.id, revision: before.revision, input, idempotencyKey: key },
    })
    if (done !== null) onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Change this appointment" size="lg">
      <Stack>
        <DetailFields draft={draft} onChange={change} />
        <Group grow align="flex-start">
          <NumberInput
            label="Minutes"
            min={1}
            max={1_440}
            step={5}
            allowDecimal={false}
            value={draft.durationMinutes}
            onChange={(minutes) => {
              change({ durationMinutes: Number(minutes) })
            }}
          />
          <ZoneSelect
            label="Time zone where it is"
            value={draft.zone}
            onChange={(zone) => {
              if (zone !== null) change({ zone })
            }}
          />
        </Group>
        {draft.zone === before.zone ? null : (
          <Text size="sm">The moment stays the same; only the clock that it is told on changes.</Text>
        )}
        {isGroup ? (
          <PeoplePicker
            label="Members"
            chosen={draft.clients}
            most={MEMBERS_MAX}
            onChange={(clients) => {
              change({ clients })
            }}
          />
        ) : null}
        <MembershipWords before={draftOf(before).clients} after={draft.clients} />
        <ReminderFields draft={draft} onChange={change} />
        {isChanged ? (
          <div>
            <Text size="sm" fw={600} mb={4}>
              {isNews
                ? 'The group is told of it, and what was still to be said is said with the new words'
                : 'What was still to be said is said with the new words'}
            </Text>
            <ForecastList forecast={forecast} empty="Nothing more is told about it." />
            <TurnHint kind={before.kind} />
          </div>
        ) : null}
        <ChangeProblem of={update} onClose={onClose} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button
            disabled={!isChanged || !forecast.isReady}
            loading={update.isRunning}
            onClick={() => void submit()}
          >
            Keep the changes
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function MembershipWords({
  before,
  after,
}: {
  before: readonly Person[]
  after: readonly Person[]
}): ReactNode {
  const joined = after.filter(({ id }) => !before.some((member) => member.id === id)).length
  const left = before.filter(({ id }) => !after.some((member) => member.id === id)).length
  if (joined === 0 && left === 0) return null
  return (
    <Text size="sm">
      {joined === 0
        ? ''
        : `${quantity(joined, 'person joins and is told so', 'people join and are told so')}. `}
      {left === 0
        ? ''
        : `${quantity(left, 'person leaves', 'people leave')}; whoever has heard of it is told that it is off for them.`}
    </Text>
  )
}

function draftOf({
  durationMinutes,
  zone,
  title,
  location,
  offsets,
  parties,
}: AppointmentDetail): ChangeDraft {
  return {
    ...{ durationMinutes, zone, title: title ?? '', location: location ?? '', offsets: offsets ?? null },
    clients: parties.flatMap(({ role, contactId, name, zone: own }) =>
      role === 'CLIENT' && contactId != null
        ? { id: contactId, name: name ?? 'Former contact', phone: name ?? '', zone: own }
        : [],
    ),
  }
}

/** What differs; the rest is left out and stays. */
function changesOf(before: ChangeDraft, after: ChangeDraft, isGroup: boolean): UpdateAppointmentInput {
  const line = (text: string): string | null => text.trim() || null
  const ids = ({ clients }: ChangeDraft): string =>
    clients
      .map(({ id }) => id)
      .sort()
      .join()
  return {
    ...(before.durationMinutes === after.durationMinutes ? {} : { durationMinutes: after.durationMinutes }),
    ...(before.zone === after.zone ? {} : { zone: after.zone }),
    ...(line(before.title) === line(after.title) ? {} : { title: line(after.title) }),
    ...(line(before.location) === line(after.location) ? {} : { location: line(after.location) }),
    ...(JSON.stringify(before.offsets) === JSON.stringify(after.offsets) ? {} : { offsets: after.offsets }),
    ...(isGroup && ids(before) !== ids(after)
      ? { clients: after.clients.map(({ id, zone }) => ({ contactId: id, zone })) }
      : {}),
  }
}
