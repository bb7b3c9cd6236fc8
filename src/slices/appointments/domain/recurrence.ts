import rrule, { type RRule } from 'rrule'
import { momentOf, wallClockAt } from './local-time.js'

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
/** Ten years: no series has an occurrence longer after its first one, and nobody looks for it there. */
const REACH_DAYS = 10 * 365
const RULE_LENGTH_MAX = 300
const INTERVAL_MAX = 1_000
/** Of BYSETPOS, each of which is looked up in each step. */
const POSITIONS_MAX = 4
/** How often a rule may recur, with the days of one step. */
const daysOfStep: ReadonlyMap<string, number> = new Map([
  ['DAILY', 1],
  ['WEEKLY', 7],
  ['MONTHLY', 30],
  ['YEARLY', 365],
])
/** Anything finer than a day is a mistake that would text people all day; the beginning is said elsewhere. */
const refusedParts = ['BYHOUR', 'BYMINUTE', 'BYSECOND', 'DTSTART', 'TZID']
const ONE_LINE = /^[A-Z0-9=;,+-]+$/i
const UTC_END = /UNTIL=\d{8}T\d{6}Z/i

/** One line, at most daily, with a step that somebody may mean. Upper and lower case are the same, as RFC 5545 has it. */
export function isRule(rule: string): boolean {
  const parts = partsOf(rule)
  const isFine = refusedParts.some((part) => parts.has(part))
  if (rule.length > RULE_LENGTH_MAX || !ONE_LINE.test(rule) || isFine) return false
  if (!daysOfStep.has(parts.get('FREQ') ?? '')) return false
  if ((parts.get('BYSETPOS') ?? '').split(',').length > POSITIONS_MAX) return false
  try {
    const { interval } = walkOf({ rule, localStart: '2026-01-01T00:00', zone: 'Etc/UTC' }).options
    return Number.isInteger(interval) && interval >= 1 && interval <= INTERVAL_MAX
  } catch {
    return false
  }
}

/** The occurrences from a place on, at most so many. Empty when the series ends before it. */
export function occurrencesFrom(series: Recurrence, place: number, count: number): Occurrence[] {
  const last = Math.min(place + count - 1, PLACES_MAX)
  const walls: Date[] = []
  const walk = walkOf(series)
  endWithinReach(walk.options, daysOfStep.get(partsOf(series.rule).get('FREQ') ?? '') ?? 1)
  walk.all((wall, index) => {
    if (index + 1 > last) return false
    walls.push(wall)
    return index + 1 < last
  })
  return walls.slice(place - 1).map((wall, index) => ({
    place: place + index,
    startsAt: momentOf(wall.toISOString().slice(0, MINUTES_OF_ISO), series.zone),
  }))
}

function walkOf({ rule, localStart, zone }: Recurrence): RRule {
  const walk = rrule.rrulestr(rule.toUpperCase(), { dtstart: onWall(localStart) })
  const { until } = walk.options
  // An end in UTC is a moment. The walk compares it with what the clock on the wall shows.
  if (until !== null && UTC_END.test(rule)) walk.options.until = onWall(wallClockAt(until, zone))
  return walk
}

function onWall(wallClock: string): Date {
  return new Date(`${wallClock}:00${AS_WALL_CLOCK}`)
}

/**
 * COUNT and UNTIL end a walk at a date that it finds. Where it finds none it goes on to the year 9999: a rule for the 30th of
 * February would cost millions of steps. rrule asks for the interval once at the beginning and twice at each step, first
 * whether it is 0, which ends the walk.
 */
function endWithinReach(options: RRule['options'], stepDays: number): void {
  const { interval } = options
  const steps = Math.ceil(REACH_DAYS / (stepDays * interval))
  let asked = 0
  Object.defineProperty(options, 'interval', {
    get: () => {
      asked += 1
      return asked < 2 * steps ? interval : 0
    },
  })
}

/** By name, in upper case. */
function partsOf(rule: string): Map<string, string> {
  const parts = rule.toUpperCase().split(';')
  return new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=', 2)
      return [name, value]
    }),
  )
}
