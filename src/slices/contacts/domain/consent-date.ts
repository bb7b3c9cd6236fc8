import { DateTime } from 'luxon'
import { remembering } from './remember.js'

export type DateOrder = 'month-first' | 'day-first'

const common = [
  'yyyy/M/d',
  'yyyy.M.d',
  'd MMM yyyy',
  'd MMMM yyyy',
  'MMM d, yyyy',
  'MMMM d, yyyy',
  'MMM d yyyy',
  'yyyyMMdd',
]
const monthFirst = ['M/d/yyyy', 'M/d/yy', 'M-d-yyyy', 'M.d.yyyy']
const dayFirst = ['d/M/yyyy', 'd/M/yy', 'd-M-yyyy', 'd.M.yyyy']
const times = ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a']
const earliestYear = 1990
const REMEMBERED_MAX = 10_000

export type ReadDate = (text: string) => Date | null

/**
 * Reads dates as exports write them: ISO, `3/13/2026`, `13.03.2026`, `Mar 13, 2026 4:05 PM`. A date without a time
 * is the start of that day in UTC. Impossible dates, dates before 1990 and dates after `now` are null: evidence from
 * the future proves nothing. Files repeat few dates many times, so answers are remembered.
 */
export function createDateReader(order: DateOrder, now: DateTime): ReadDate {
  const dates = [
    ...common,
    ...(order === 'month-first' ? [...monthFirst, ...dayFirst] : [...dayFirst, ...monthFirst]),
  ]
  const formats = new Map<string, string[]>()
  for (const format of dates.flatMap((date) => times.map((time) => date + time))) {
    const shape = shapeOf(format, /a$/)
    formats.set(shape, [...(formats.get(shape) ?? []), format])
  }
  return remembering((text) => readDate(text.trim(), formats, now), REMEMBERED_MAX)
}

/** What a format and the texts that it reads have in common: trying all 80 formats on each text would take most of an import. */
function shapeOf(text: string, meridiem: RegExp): string {
  return text.replaceAll(/[^/.,:-]/g, '') + (meridiem.test(text) ? 'm' : '')
}

function readDate(text: string, formats: ReadonlyMap<string, string[]>, now: DateTime): Date | null {
  if (text === '' || text.length > 40) return null
  const candidates = [
    () => DateTime.fromISO(text, { zone: 'utc' }),
    () => DateTime.fromSQL(text, { zone: 'utc' }),
  ]
  if (/^\d{4}-\d{2}/.test(text)) {
    for (const read of candidates) {
      const date = read()
      if (date.isValid) return plausible(date, now)
    }
  }
  for (const format of formats.get(shapeOf(text, /[ap]m$/i)) ?? []) {
    const date = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' })
    if (date.isValid) return plausible(date, now)
  }
  return null
}

function plausible(date: DateTime, now: DateTime): Date | null {
  return date.year >= earliestYear && date <= now ? date.toJSDate() : null
}
