import type {
  BookAppointmentInput,
  BookSeriesInput,
  ForecastNotificationsInput,
} from '../../../generated/graphql.js'
import { ownPlace } from '../local-time.js'
import { momentOf } from '../moment-of.js'
import type { Person } from './person.js'
import { newRhythm, ruleOf, type Rhythm } from './rhythm.js'

export type BookingKind = 'once' | 'series' | 'group'

/** A booking while it is being written. */
export interface BookingDraft {
  kind: BookingKind
  date: string
  time: string
  durationMinutes: number
  zone: string | null
  title: string
  location: string
  clients: Person[]
  /** A contact, if the coach is to be texted, too. */
  coach: Person | null
  coachZone: string | null
  /** Null for the account's. */
  offsets: number[] | null
  rhythm: Rhythm
}

const USUAL_MINUTES = 50

export const emptyBooking: BookingDraft = {
  ...({ kind: 'once', date: '', time: '', durationMinutes: USUAL_MINUTES, zone: ownPlace } as const),
  ...{ title: '', location: '', clients: [], coach: null, coachZone: null, offsets: null, rhythm: newRhythm },
}

/** What is missing before it can be booked, as the thing to do; null when nothing is. */
export function missingIn(draft: BookingDraft): string | null {
  const { kind, clients, date, time, zone, durationMinutes, rhythm } = draft
  if (clients.length === 0) return 'Choose who comes.'
  if (date === '' || time === '') return 'Say when it begins.'
  if (zone === null) return 'Choose the time zone where it is.'
  if (durationMinutes < 1) return 'Say how long it takes.'
  if (kind === 'series' && ruleOf(rhythm, date) === null) return 'Say when the series ends.'
  return null
}

/** What every kind of booking says; null while something is missing. */
export function bookingOf(draft: BookingDraft): Omit<BookAppointmentInput, 'isCohort'> | null {
  const startsAt = momentOf(draft.date, draft.time, draft.zone)
  if (missingIn(draft) !== null || startsAt === null || draft.zone === null) return null
  const { coach, coachZone } = draft
  return {
    ...{ startsAt: startsAt.toISOString(), zone: draft.zone, durationMinutes: draft.durationMinutes },
    ...{ title: draft.title.trim() || null, location: draft.location.trim() || null, offsets: draft.offsets },
    clients: draft.clients.map(({ id, zone }) => ({ contactId: id, zone })),
    coach: coach === null && coachZone === null ? null : { contactId: coach?.id ?? null, zone: coachZone },
  }
}

export function seriesOf(draft: BookingDraft): BookSeriesInput | null {
  const booking = bookingOf(draft)
  const rule = ruleOf(draft.rhythm, draft.date)
  return booking === null || rule === null ? null : { ...booking, rule }
}

/** The same as a question: what would be told? */
export function forecastOf(draft: BookingDraft): ForecastNotificationsInput | null {
  const booking = bookingOf(draft)
  if (booking === null) return null
  const { startsAt, zone, offsets = null, clients, coach = null } = booking
  const kind = ({ once: 'INDIVIDUAL', series: 'OCCURRENCE', group: 'COHORT' } as const)[draft.kind]
  return { occasion: 'BOOKED', kind, startsAt, zone, offsets, clients, coach }
}
