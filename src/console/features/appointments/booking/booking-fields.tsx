import { NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/use-read.js'
import { NotificationSettingsDocument } from '../../../generated/graphql.js'
import { clocksDiffer, today, zonedText } from '../local-time.js'
import { momentOf } from '../moment-of.js'
import { offsetsText } from '../wording.js'
import { ZoneSelect } from '../zone-select.js'
import type { BookingDraft } from './booking-draft.js'
import { OffsetsInput } from './offsets-input.js'
import { PeoplePicker } from './people-picker.js'

const LINE_MAX = 100
const MINUTES_MAX = 1_440

interface FieldsProps {
  draft: BookingDraft
  onChange: (part: Partial<BookingDraft>) => void
}

/** Some of the fields, for forms that have only these. */
interface PartProps<Name extends keyof BookingDraft> {
  draft: Pick<BookingDraft, Name>
  onChange: (part: Partial<Pick<BookingDraft, Name>>) => void
}

/** Date, time and place on the clock; and what the clocks of the others show then. */
export function WhenFields({ draft, onChange }: FieldsProps): ReactNode {
  const { date, time, zone, durationMinutes } = draft
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
        <TextInput
          label="Date"
          type="date"
          required
          min={zone === null ? undefined : (today(zone).toISODate() ?? undefined)}
          value={date}
          onChange={(event) => {
            onChange({ date: event.currentTarget.value })
          }}
        />
        <TextInput
          label="Time"
          type="time"
          required
          value={time}
          onChange={(event) => {
            onChange({ time: event.currentTarget.value })
          }}
        />
        <NumberInput
          label="Minutes"
          min={1}
          max={MINUTES_MAX}
          step={5}
          allowDecimal={false}
          required
          value={durationMinutes}
          onChange={(minutes) => {
            onChange({ durationMinutes: Number(minutes) })
          }}
        />
      </SimpleGrid>
      <ZoneSelect
        label="Time zone where it is"
        description="The clock that date and time are on"
        isRequired
        value={zone}
        onChange={(value) => {
          onChange({ zone: value })
        }}
      />
      <OtherClocks draft={draft} />
    </Stack>
  )
}

const CLOCKS_SHOWN = 3

function OtherClocks({ draft }: { draft: BookingDraft }): ReactNode {
  const { date, time, zone, clients, coach, coachZone } = draft
  const startsAt = momentOf(date, time, zone)?.toISOString()
  if (startsAt === undefined || zone === null) return null
  const people = [
    ...clients.map((client) => ({ name: client.name, zone: client.zone })),
    { name: coach?.name ?? 'The coach', zone: coachZone ?? coach?.zone ?? null },
  ]
  const others = people.filter((person) => person.zone !== null && clocksDiffer(startsAt, zone, person.zone))
  if (others.length === 0) return null
  return (
    <div>
      {others.slice(0, CLOCKS_SHOWN).map((person) => (
        <Text key={person.name} size="sm">
          {person.name}: <b>{person.zone === null ? '' : zonedText(startsAt, person.zone)}</b>
        </Text>
      ))}
      {others.length > CLOCKS_SHOWN ? (
        <Text size="sm" c="dimmed">
          and {others.length - CLOCKS_SHOWN} more with another clock
        </Text>
      ) : null}
    </div>
  )
}

export function CoachFields({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <Stack gap="sm">
      <PeoplePicker
        label="Coach"
        description="A contact, if the coach is to be texted, too"
        placeholder="Nobody"
        chosen={draft.coach === null ? [] : [draft.coach]}
        most={1}
        onChange={([coach]) => {
          onChange({ coach: coach ?? null })
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {draft.clients.length === 1 ? (
          <ZoneSelect
            label="Client’s time zone"
            description="In which texts give the time"
            placeholder="Where it is"
            isClearable
            value={draft.clients[0]?.zone ?? null}
            onChange={(zone) => {
              onChange({ clients: draft.clients.map((client) => ({ ...client, zone })) })
            }}
          />
        ) : null}
        <ZoneSelect
          label="Coach’s time zone"
          description="If the coach is elsewhere"
          placeholder={draft.coach?.zone ?? 'Where it is'}
          isClearable
          value={draft.coachZone}
          onChange={(coachZone) => {
            onChange({ coachZone })
          }}
        />
      </SimpleGrid>
    </Stack>
  )
}

export function DetailFields({ draft, onChange }: PartProps<'title' | 'location'>): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput
        label="About"
        description="In the texts; everybody sees it"
        maxLength={LINE_MAX}
        value={draft.title}
        onChange={(event) => {
          onChange({ title: event.currentTarget.value })
        }}
      />
      <TextInput
        label="Place"
        description="Where to come to"
        maxLength={LINE_MAX}
        value={draft.location}
        onChange={(event) => {
          onChange({ location: event.currentTarget.value })
        }}
      />
    </SimpleGrid>
  )
}

export function ReminderFields({ draft, onChange }: PartProps<'offsets'>): ReactNode {
  const settings = useRead(NotificationSettingsDocument, {}).data?.notificationSettings
  const own = settings?.offsets ?? []
  return (
    <Stack gap="sm">
      <Switch
        label="As for all appointments"
        description={settings === undefined ? ' ' : `Reminders ${offsetsText(own)}`}
        checked={draft.offsets === null}
        onChange={(event) => {
          onChange({ offsets: event.currentTarget.checked ? null : [...own] })
        }}
      />
      {draft.offsets === null ? null : (
        <OffsetsInput
          label="Reminders of this one"
          offsets={draft.offsets}
          onChange={(offsets) => {
            onChange({ offsets })
          }}
        />
      )}
    </Stack>
  )
}
