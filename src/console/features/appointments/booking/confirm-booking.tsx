import { Button, Group, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  AppointmentsDocument,
  BookAppointmentDocument,
  BookSeriesDocument,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { Problem } from '../../../shared/problem.js'
import { andTell, ForecastList, type Forecast } from '../forecast.js'
import { zonedText } from '../local-time.js'
import { bookingOf, missingIn, seriesOf, type BookingDraft } from './booking-draft.js'
import { ruleWords } from './rhythm.js'

const after = [AppointmentsDocument]

/** The last question: says again what is booked and who is told. */
export function ConfirmBooking({ draft, forecast }: { draft: BookingDraft; forecast: Forecast }): ReactNode {
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const [intention, setIntention] = useState(() => ({ draft, key: newKey() }))
  const book = useAction(BookAppointmentDocument, (result) => result.bookAppointment, after)
  const bookSeries = useAction(BookSeriesDocument, (result) => result.bookSeries, after)
  const running = draft.kind === 'series' ? bookSeries : book
  const missing = missingIn(draft)
  const confirm = async (): Promise<void> => {
    const booking = bookingOf(draft)
    const series = seriesOf(draft)
    if (draft.kind === 'series' && series !== null) {
      const made = await bookSeries.run({ input: series, idempotencyKey: intention.key })
      if (made !== null) await navigate(`/appointments/series/${made.id}`)
    } else if (booking !== null) {
      const made = await book.run({
        input: { ...booking, isCohort: draft.kind === 'group' },
        idempotencyKey: intention.key,
      })
      if (made !== null) await navigate(`/appointments/${made.id}`)
    }
  }
  return (
    <Group justify="flex-end" gap="sm">
      <Text size="sm" c="dimmed" aria-live="polite">
        {missing}
      </Text>
      <Button
        disabled={missing !== null || !forecast.isReady}
        onClick={() => {
          // Asked again for the same it is the same intention: what went through unseen is not booked twice.
          if (intention.draft !== draft) setIntention({ draft, key: newKey() })
          running.reset()
          setAsking(true)
        }}
      >
        Book…
      </Button>
      <AskFirst
        isOpen={isAsking}
        onClose={() => {
          setAsking(false)
        }}
        title={draft.kind === 'series' ? 'Book this series?' : 'Book this appointment?'}
        confirm={andTell('Book', forecast.told)}
        isRunning={running.isRunning}
        isDisabled={!forecast.isReady}
        onConfirm={() => void confirm()}
      >
        <Summary draft={draft} />
        <ForecastList forecast={forecast} empty="Nobody is told anything: the settings say so." />
        <Problem of={running} />
      </AskFirst>
    </Group>
  )
}

function Summary({ draft }: { draft: BookingDraft }): ReactNode {
  const series = seriesOf(draft)
  const booking = bookingOf(draft)
  if (booking === null) return null
  const [first] = draft.clients
  const others = draft.clients.length - 1
  return (
    <Text size="sm">
      <b>{zonedText(booking.startsAt, booking.zone)}</b>, {booking.durationMinutes} minutes, with{' '}
      <b>
        {first?.name}
        {others > 0 ? ` and ${String(others)} more` : ''}
      </b>
      .{draft.kind === 'series' && series !== null ? ` ${ruleWords(series.rule, draft.date)}.` : ''}
    </Text>
  )
}
