import { DateTime, IANAZone } from 'luxon'
import { assert } from '../../../kernel/assert.js'
import type { Language } from './notification-context.js'

export function isZone(zone: string): boolean {
  // Offsets know no daylight saving; a place does.
  return zone.includes('/') && IANAZone.isValidZone(zone)
}

/**
 * The moment of a wall-clock time in a zone, whatever the season in which it is asked: a time that a clock change leaves
 * out moves on by what was left out, and of a time that comes twice the first is meant.
 */
export function momentOf(wallClock: string, zone: string): Date {
  const local = DateTime.fromISO(wallClock, { zone })
  assert(local.isValid, 'a wall-clock time was checked before it was stored')
  const [first] = local.getPossibleOffsets().sort((one, two) => one.toMillis() - two.toMillis())
  return (first ?? local).toJSDate()
}

/** `2027-03-14T09:00`, as a clock on the wall shows a moment. */
export function wallClockAt(at: Date, zone: string): string {
  return localAt(at, zone).toFormat("yyyy-MM-dd'T'HH:mm")
}

function localAt(at: Date, zone: string): DateTime<true> {
  const local = DateTime.fromJSDate(at, { zone })
  assert(local.isValid, 'a zone was checked before it was stored')
  return local
}

/** Characters of texts that cost one unit each: month names without accents, plain spaces. */
const formats: Readonly<Record<Language, { date: string; time: string; both: string }>> = {
  en: { date: 'ccc, LLL d', time: 'h:mm a', both: "ccc, LLL d 'at' h:mm a" },
  es: { date: "d 'de' LLLL", time: 'H:mm', both: "d 'de' LLLL 'a las' H:mm" },
}

export interface LocalWords {
  date: string
  time: string
  zone: string
  when: string
}

/** A moment in the words of a place. `namesZone` is for people whose clocks differ. */
export function localWords(at: Date, zone: string, language: Language, namesZone: boolean): LocalWords {
  const local = localAt(at, zone).setLocale(language)
  const format = formats[language]
  const name = local.setLocale('en-US').toFormat('ZZZZ')
  const both = local.toFormat(format.both)
  return {
    date: local.toFormat(format.date),
    time: local.toFormat(format.time),
    zone: name,
    when: namesZone ? `${both} ${name}` : both,
  }
}

/** Whether clocks in these places show different times at a moment. */
export function clocksDiffer(at: Date, zones: readonly string[]): boolean {
  // The members of a group are hundreds in a few zones, and each text asks.
  return new Set([...new Set(zones)].map((zone) => localAt(at, zone).offset)).size > 1
}
