import { DateTime } from 'luxon'
import { quantity } from '../../../shared/format.js'
import { listText } from '../wording.js'

export const weekdays = [
  { code: 'MO', short: 'Mon', name: 'Monday' },
  { code: 'TU', short: 'Tue', name: 'Tuesday' },
  { code: 'WE', short: 'Wed', name: 'Wednesday' },
  { code: 'TH', short: 'Thu', name: 'Thursday' },
  { code: 'FR', short: 'Fri', name: 'Friday' },
  { code: 'SA', short: 'Sat', name: 'Saturday' },
  { code: 'SU', short: 'Sun', name: 'Sunday' },
] as const

export type RhythmUnit = 'DAILY' | 'WEEKLY' | 'MONTHLY'

/** How a series recurs, as a form holds it. */
export interface Rhythm {
  unit: RhythmUnit
  every: number
  /** Besides that of the first date, which always counts. */
  alsoOn: string[]
  /** Of months: the same date, or the same weekday of the month. */
  monthly: 'date' | 'weekday'
  ends: 'times' | 'until' | 'never'
  times: number
  /** A date. */
  until: string
}

export const newRhythm: Rhythm = {
  ...({ unit: 'WEEKLY', every: 1, alsoOn: [], monthly: 'date' } as const),
  ...({ ends: 'times', times: 10, until: '' } as const),
}

const nth: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '-1': 'last',
}
const LAST_SURE_DAY = 28

export function weekdayOf(date: string): (typeof weekdays)[number] | null {
  const day = DateTime.fromISO(date)
  return day.isValid ? (weekdays[day.weekday - 1] ?? null) : null
}

/** `1` to `4`, or `-1` for a day that is the last of its name in a long month. */
function placeInMonth(day: number): string {
  return day > LAST_SURE_DAY ? '-1' : String(Math.ceil(day / 7))
}

/** The rule of RFC 5545 whose first occurrence is on this date; null while something is missing. */
export function ruleOf(rhythm: Rhythm, date: string): string | null {
  const { unit, every, alsoOn, monthly, ends, times, until } = rhythm
  const first = weekdayOf(date)
  if (first === null || every < 1 || (ends === 'until' && until === '')) return null
  const parts = [`FREQ=${unit}`]
  if (every > 1) parts.push(`INTERVAL=${String(every)}`)
  if (unit === 'WEEKLY') {
    const days = weekdays.filter(({ code }) => code === first.code || alsoOn.includes(code))
    parts.push(`BYDAY=${days.map(({ code }) => code).join(',')}`)
  }
  if (unit === 'MONTHLY' && monthly === 'weekday')
    parts.push(`BYDAY=${placeInMonth(DateTime.fromISO(date).day)}${first.code}`)
  if (ends === 'times') parts.push(`COUNT=${String(times)}`)
  // Without a zone it is on the clock of the series: until the end of that day.
  if (ends === 'until') parts.push(`UNTIL=${until.replaceAll('-', '')}T235959`)
  return parts.join(';')
}

/** The form of a rule that the form can show; a new one for any other. */
export function rhythmOf(rule: string, date: string): Rhythm {
  const parts = partsOf(rule)
  const unit = parts.get('FREQ')
  if (unit !== 'DAILY' && unit !== 'WEEKLY' && unit !== 'MONTHLY') return newRhythm
  const until = parts.get('UNTIL')
  const count = parts.get('COUNT')
  const first = weekdayOf(date)?.code
  return {
    unit,
    every: Number(parts.get('INTERVAL') ?? '1'),
    alsoOn: unit === 'WEEKLY' ? daysIn(parts).filter((code) => code !== first) : [],
    monthly: parts.has('BYDAY') ? 'weekday' : 'date',
    ends: count !== undefined ? 'times' : until !== undefined ? 'until' : 'never',
    times: Number(count ?? newRhythm.times),
    until: until === undefined ? '' : untilDate(until),
  }
}

const units: Readonly<Record<string, string>> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
}

/** "Every 2 weeks on Monday and Thursday, 10 times". A rule with parts that have no words here stays as it is. */
export function ruleWords(rule: string, date: string): string {
  const parts = partsOf(rule)
  const unit = units[parts.get('FREQ') ?? '']
  const known = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'COUNT', 'UNTIL', 'WKST'])
  if (unit === undefined || [...parts.keys()].some((name) => !known.has(name))) return rule
  const every = Number(parts.get('INTERVAL') ?? '1')
  const count = parts.get('COUNT')
  const until = parts.get('UNTIL')
  const end =
    count !== undefined
      ? `, ${quantity(Number(count), 'time')}`
      : until === undefined
        ? ', without an end'
        : `, until ${DateTime.fromISO(untilDate(until)).setLocale('en-GB').toFormat('d LLLL yyyy')}`
  return `Every ${every === 1 ? unit : `${String(every)} ${unit}s`}${onWords(parts, date)}${end}`
}

function onWords(parts: ReadonlyMap<string, string>, date: string): string {
  const frequency = parts.get('FREQ')
  const days = daysIn(parts)
  if (days.length > 0) return ` on ${listText(days.map(dayWords))}`
  const day = DateTime.fromISO(date).setLocale('en-GB')
  if (!day.isValid || frequency === 'DAILY') return ''
  if (frequency === 'WEEKLY') return ` on ${day.toFormat('cccc')}`
  return frequency === 'MONTHLY' ? ` on day ${String(day.day)}` : ` on ${day.toFormat('d LLLL')}`
}

/** `FR` and `-1FR` as people say them. */
function dayWords(code: string): string {
  const name = weekdays.find((weekday) => code.endsWith(weekday.code))?.name ?? code
  const place = code.slice(0, -2)
  return place === '' ? name : `the ${nth[place] ?? `${place}th`} ${name}`
}

function daysIn(parts: ReadonlyMap<string, string>): string[] {
  return parts.get('BYDAY')?.split(',') ?? []
}

function partsOf(rule: string): Map<string, string> {
  return new Map(
    rule.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=', 2)
      return [name, value]
    }),
  )
}

function untilDate(until: string): string {
  return `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`
}
