import { DateTime } from 'luxon'
import { isZone } from './domain/local-time.js'
import { areOffsets } from './domain/settings.js'
import type { AppointmentDetails } from './store/appointments.js'

/** What people write about an appointment besides its time. */
export interface DetailsInput {
  durationMinutes: number
  /** IANA name of the place where it is. */
  zone: string
  title?: string | null
  location?: string | null
  /** Minutes before the beginning; the account's unless said. */
  offsets?: readonly number[] | null
}

export type DetailsRefusal = {
  ok: false
  reason: 'zone-unknown' | 'duration-out-of-range' | 'line-unusable' | 'offsets-unusable'
}

export type TimeRefusal = { ok: false; reason: 'in-the-past' | 'too-far-ahead' }

const DURATION_MINUTES_MAX = 24 * 60
const LINE_LENGTH_MAX = 100
const YEARS_AHEAD_MAX = 5

/** Everything that can be refused about an appointment's details before anything is written. */
export function checkDetails(
  input: DetailsInput,
): { ok: true; details: Omit<AppointmentDetails, 'startsAt'> } | DetailsRefusal {
  const title = readLine(input.title)
  const location = readLine(input.location)
  const { durationMinutes, zone } = input
  if (!isZone(zone)) return { ok: false, reason: 'zone-unknown' }
  if (!Number.isInteger(durationMinutes) || durationMinutes < 1 || durationMinutes > DURATION_MINUTES_MAX)
    return { ok: false, reason: 'duration-out-of-range' }
  if (title === undefined || location === undefined) return { ok: false, reason: 'line-unusable' }
  const offsets = input.offsets == null ? null : [...input.offsets]
  if (offsets !== null && !areOffsets(offsets)) return { ok: false, reason: 'offsets-unusable' }
  return { ok: true, details: { durationMinutes, zone, title, location, offsets } }
}

export function checkTime(startsAt: Date, now: Date): TimeRefusal | null {
  if (startsAt <= now) return { ok: false, reason: 'in-the-past' }
  const latest = DateTime.fromJSDate(now, { zone: 'utc' }).plus({ years: YEARS_AHEAD_MAX })
  return startsAt > latest.toJSDate() ? { ok: false, reason: 'too-far-ahead' } : null
}

/** One short line or none; undefined when it is neither. */
function readLine(text: string | null | undefined): string | null | undefined {
  const line = (text ?? '').trim()
  if (line === '') return null
  return line.length <= LINE_LENGTH_MAX && !/\p{Cc}|\p{Surrogate}/u.test(line) ? line : undefined
}
