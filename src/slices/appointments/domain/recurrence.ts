import rrule from 'rrule'
import { momentOf } from './local-time.js'

/** Read as wall-clock times without a zone; Luxon puts them in theirs, so that an hour stays what the clock shows. */
const AS_WALL_CLOCK = 'Z'
const MINUTES_OF_ISO = 16

export interface Recurrence {
  /** RFC 5545, without DTSTART: `FREQ=WEEKLY;COUNT=10`. */
  rule: string
  /** Wall-clock time of the first occurrence: `2027-02-20T09:00`. */
  localStart: string
  zone: string
}

export interface Occurrence {
  /** 1, 2, 3, … from the beginning of the series. */
  place: number
  startsAt: Date
}

/** Places that a series has at most, also one that never ends. */
export const PLACES_MAX = 1_000
const RULE_LENGTH_MAX = 300
const frequencies: ReadonlySet<string> = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])

/** One line, at most daily, with a first occurrence. Anything finer is a mistake that would text people all day. */
export function isRule(rule: string): boolean {
  const parts = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string | undefined]))
  const frequency = parts.get('FREQ')
  const isFine = ['BYHOUR', 'BYMINUTE', 'BYSECOND', 'DTSTART'].some((part) => parts.has(part))
  if (rule.length > RULE_LENGTH_MAX || frequency === undefined || !frequencies.has(frequency) || isFine)
    return false
  try {
    return rrule.rrulestr(rule, { dtstart: new Date('2026-01-01T00:00:00Z') }).options.interval >= 1
  } catch {
    return false
  }
}

/** The occurrences from a place on, at most so many. Empty when the series ends before it. */
export function occurrencesFrom(series: Recurrence, place: number, count: number): Occurrence[] {
  const last = Math.min(place + count - 1, PLACES_MAX)
  const walls: Date[] = []
  const rule = rrule.rrulestr(series.rule, { dtstart: new Date(`${series.localStart}:00${AS_WALL_CLOCK}`) })
  rule.all((wall, index) => {
    if (index + 1 > last) return false
    walls.push(wall)
    return index + 1 < last
  })
  return walls.slice(place - 1).map((wall, index) => ({
    place: place + index,
    startsAt: momentOf(wall.toISOString().slice(0, MINUTES_OF_ISO), series.zone),
  }))
}
