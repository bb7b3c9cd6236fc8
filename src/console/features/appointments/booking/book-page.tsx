import { SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useMay } from '../../../app/session.js'
import { BackLink } from '../../../shared/back-link.js'
import { Page } from '../../../shared/page.js'
import { Section } from '../../../shared/section.js'
import { ForecastList, useForecast } from '../forecast.js'
import { emptyBooking, forecastOf, missingIn, type BookingDraft, type BookingKind } from './booking-draft.js'
import { CoachFields, DetailFields, ReminderFields, WhenFields } from './booking-fields.js'
import { ConfirmBooking } from './confirm-booking.js'
import { MEMBERS_MAX, PeoplePicker } from './people-picker.js'
import { RhythmForm } from './rhythm-form.js'

const kinds: readonly { value: BookingKind; label: string }[] = [
  { value: 'once', label: 'Once' },
  { value: 'series', label: 'Recurring' },
  { value: 'group', label: 'Group' },
]
const kindHints: Readonly<Record<BookingKind, string>> = {
  once: 'One client, one time.',
  series: 'The same people again and again. They get one confirmation, and reminders of the next one only.',
  group: 'One appointment of many clients. Each is told in their own time, and each result is kept.',
}

/** A new appointment. Who would be told what stands beside the form, and is said again before it is booked. */
export function BookPage(): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const [draft, setDraft] = useState<BookingDraft>(emptyBooking)
  const forecast = useForecast(forecastOf(draft))
  const change = (part: Partial<BookingDraft>): void => {
    setDraft({ ...draft, ...part })
  }
  return (
    <Page
      back={<BackLink to="/appointments">Appointments</BackLink>}
      title="Book an appointment"
      hint="Nobody is told anything until you confirm."
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="md">
          <Section title="Who">
            <div>
              <SegmentedControl
                aria-label="Kind"
                value={draft.kind}
                onChange={(kind) => {
                  change({ kind, clients: kind === 'once' ? draft.clients.slice(0, 1) : draft.clients })
                }}
                data={[...kinds]}
              />
              <Text size="xs" c="dimmed" mt={4}>
                {kindHints[draft.kind]}
              </Text>
            </div>
            <PeoplePicker
              label={draft.kind === 'once' ? 'Client' : 'Clients'}
              chosen={draft.clients}
              most={draft.kind === 'once' ? 1 : MEMBERS_MAX}
              isRequired
              onChange={(clients) => {
                change({ clients })
              }}
            />
            <CoachFields draft={draft} onChange={change} />
          </Section>
          <Section title="When">
            <WhenFields draft={draft} onChange={change} />
            {draft.kind === 'series' ? (
              <RhythmForm
                rhythm={draft.rhythm}
                date={draft.date}
                onChange={(rhythm) => {
                  change({ rhythm })
                }}
              />
            ) : null}
          </Section>
          <Section title="What and where">
            <DetailFields draft={draft} onChange={change} />
          </Section>
        </Stack>
        <Stack gap="md">
          <Section
            title="Who would be told what"
            hint={
              draft.kind === 'series'
                ? 'Of the first one; each later one is reminded of in its turn.'
                : undefined
            }
          >
            {missingIn(draft) === null ? (
              <ForecastList forecast={forecast} empty="Nobody is told anything: the settings say so." />
            ) : (
              <Text size="sm" c="dimmed">
                Confirmations and reminders appear here, each in the recipient’s own time.
              </Text>
            )}
          </Section>
          <Section title="Reminders">
            <ReminderFields draft={draft} onChange={change} />
          </Section>
        </Stack>
      </SimpleGrid>
      {mayWrite ? (
        <ConfirmBooking draft={draft} forecast={forecast} />
      ) : (
        <Text size="sm">Your role may look, but not book. Ask an operator or an owner.</Text>
      )}
    </Page>
  )
}
