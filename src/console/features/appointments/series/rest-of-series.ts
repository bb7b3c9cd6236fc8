import { DateTime } from 'luxon'
import { rhythmOf, type Rhythm } from '../booking/rhythm.js'

/**
 * The rest of a series as a form begins with it: from the next occurrence on, on the weekdays that it has. The rhythm
 * is read from that same date, because the weekday of the first date is no part of what it holds.
 */
export function restOf(
  { rule, localStart, zone }: { rule: string; localStart: string; zone: string },
  nextStartsAt: string | null,
): { date: string; time: string; rhythm: Rhythm } {
  const begins = nextStartsAt === null ? null : DateTime.fromISO(nextStartsAt, { zone })
  const date = begins?.toISODate() ?? ''
  return {
    date,
    time: begins?.toFormat('HH:mm') ?? localStart.slice(11, 16),
    rhythm: rhythmOf(rule, date),
  }
}
