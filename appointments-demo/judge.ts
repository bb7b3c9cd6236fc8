import type { RecordLine } from '../src/local/carrier/control.js'
import { clockIn, isQuiet, MINUTE } from './reference-clock.js'
import type { ExpectedText, Outage, StoryEvent } from './reference-planner.js'
import type { Scenario } from './scenario.js'

/** What the carrier's own record says, held against what the reference planner says. */
export interface Verdict {
  expected: number
  sent: number
  missing: number
  duplicates: number
  /** Sent at another time than it was due, or not called for at all. */
  unexpected: number
  inQuietHours: number
  afterEvent: number
  stale: number
  withoutConsent: number
}

export interface JudgedText {
  at: number
  to: string
  kind: TextKind
  /** The beginning that it names, on the clock of whoever reads it. */
  when: string
  expected: ExpectedText | null
}

type TextKind = 'booked' | 'moved' | 'cancelled' | 'reminder' | 'changed'

/** Called for, and not so late that its use ends while the carrier comes back. */
const LATE_MAX = 2 * MINUTE
const RECOVERY_MAX = 12 * MINUTE

const kinds: readonly (readonly [RegExp, TextKind])[] = [
  [/ is booked for /, 'booked'],
  [/ has moved to /, 'moved'],
  [/ is cancelled\./, 'cancelled'],
  [/ a reminder of /, 'reminder'],
  [/ a change for /, 'changed'],
]
const kindOf: Readonly<Record<string, TextKind>> = {
  scheduled_appointment: 'booked',
  rescheduled_appointment: 'moved',
  cancellation: 'cancelled',
  cohort_update: 'changed',
}

export function judge(
  scenario: Scenario,
  expected: readonly ExpectedText[],
  record: readonly RecordLine[],
  outage: Outage,
): { verdict: Verdict; texts: JudgedText[]; missing: ExpectedText[] } {
  const texts = record
    .map((line) => read(line))
    .sort((one, two) => one.at - two.at || one.to.localeCompare(two.to))
  const open = new Set(expected)
  let duplicates = 0
  let unexpected = 0
  for (const text of texts) {
    const mine = [...open].filter((one) => isFor(scenario, one, text))
    text.expected = mine.find(({ at }) => text.at >= at && text.at <= latestFor(at, outage)) ?? null
    if (text.expected !== null) open.delete(text.expected)
    else if (expected.some((one) => isFor(scenario, one, text) && !open.has(one))) duplicates += 1
    else unexpected += 1
  }
  const missing = [...open].filter(
    ({ at, usefulUntil }) => !isHit(at, outage) || usefulUntil > latestFor(at, outage),
  )
  const count = (is: (text: JudgedText) => boolean): number => texts.filter(is).length
  return {
    texts,
    missing,
    verdict: {
      ...{
        expected: expected.length - open.size + missing.length,
        sent: texts.length,
        missing: missing.length,
      },
      ...{ duplicates, unexpected },
      inQuietHours: count(({ to, at }) => isQuiet(zoneOf(scenario, to), at)),
      afterEvent: count(({ expected: one, at }) => one !== null && at >= one.startsAt),
      stale: count((text) => isStale(scenario, text)),
      withoutConsent: count(({ to, at }) => !consented(scenario, to, at)),
    },
  }
}

/** Whether it was due while nobody answered. */
function isHit(at: number, outage: Outage): boolean {
  return at >= outage.from - MINUTE && at < outage.to
}

/** When a text has left at the latest; after an outage it takes a while until each has been tried again. */
function latestFor(at: number, outage: Outage): number {
  return isHit(at, outage) ? outage.to + RECOVERY_MAX : at + LATE_MAX
}

function read(line: RecordLine): JudgedText {
  const body = line.body ?? ''
  const kind = kinds.find(([pattern]) => pattern.test(body))?.[1]
  const when = /(\w{3}, \w{3} \d+ at \d+:\d\d [AP]M)/.exec(body)?.[1]
  if (kind === undefined || when === undefined) throw new Error('a text says nothing that can be judged')
  return { at: Date.parse(line.acceptedAt), to: line.to, kind, when, expected: null }
}

function isFor(scenario: Scenario, one: ExpectedText, text: JudgedText): boolean {
  const kind = kindOf[one.context] ?? 'reminder'
  return (
    one.party === text.to &&
    kind === text.kind &&
    wordsFor(scenario, one.ref, one.party, one.startsAt) === text.when
  )
}

function zoneOf(scenario: Scenario, phone: string): string {
  return scenario.people.get(phone)?.zone ?? 'UTC'
}

const weekdayName = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'short' })
const monthName = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short' })

/** The beginning as the text must say it: on the clock of the zone with which this person was booked. */
function wordsFor(scenario: Scenario, ref: string, phone: string, at: number): string {
  const entry = scenario.entries.get(ref.split('#')[0] ?? ref)
  const zone = entry?.clients.find((client) => client.phone === phone)?.timezone ?? zoneOf(scenario, phone)
  const { date, minute } = clockIn(zone, at)
  const day = new Date(`${date}T00:00:00Z`)
  const hour = Math.floor(minute / 60)
  const time = `${String(hour % 12 === 0 ? 12 : hour % 12)}:${String(minute % 60).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`
  return `${weekdayName.format(day)}, ${monthName.format(day)} ${String(day.getUTCDate())} at ${time}`
}

/** It names a time that was no longer that of any appointment of this person when it left. */
function isStale(scenario: Scenario, text: JudgedText): boolean {
  if (text.expected === null || text.kind === 'cancelled') return false
  const changes = scenario.events.filter(
    (event): event is Extract<StoryEvent, { kind: 'move' | 'cancel' }> =>
      (event.kind === 'move' || event.kind === 'cancel') &&
      event.ref === text.expected?.ref &&
      event.at <= text.at,
  )
  const last = changes.at(-1)
  if (last === undefined) return false
  return last.kind === 'cancel' || wordsFor(scenario, last.ref, text.to, last.startsAt) !== text.when
}

function consented(scenario: Scenario, phone: string, at: number): boolean {
  const stopped = scenario.events.some(
    (event) => event.kind === 'stop' && event.party === phone && event.at <= at,
  )
  return scenario.people.get(phone)?.consents === true && !stopped
}
