import fs from 'node:fs'
import { z } from 'zod'
import { seededRandom, type Random } from '../src/kernel/random.js'
import { MINUTE } from './reference-clock.js'
import { beginningsOf, type StoryEvent, type StoryParty } from './reference-planner.js'

const person = z.object({ phone: z.string(), name: z.string(), timezone: z.string() })
const entry = z.object({
  ref: z.string(),
  startsAt: z.string(),
  durationMinutes: z.number().int(),
  coachTimezone: z.string(),
  clients: z.array(person).nonempty(),
  series: z.object({ rule: z.string(), timezone: z.string() }).optional(),
})
export type Entry = z.infer<typeof entry>

export function readEntries(file: string): Entry[] {
  return z
    .array(entry)
    .nonempty()
    .parse(JSON.parse(fs.readFileSync(file, 'utf8')))
}

export interface Person {
  phone: string
  name: string
  zone: string
  consents: boolean
}

export interface Scenario {
  entries: ReadonlyMap<string, Entry>
  people: ReadonlyMap<string, Person>
  /** In the order in which they happen. */
  events: readonly StoryEvent[]
  beginsAt: number
  endsAt: number
}

export const DEFAULT_OFFSETS = [2_880, 1_440, 60]
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const QUARTER = 15 * MINUTE
/** How long before an appointment somebody books it: also inside of the offsets. */
const leads = [14 * DAY, 10 * DAY, 5 * DAY, 3 * DAY, 30 * HOUR, 5 * HOUR, 40 * MINUTE]

/** What people do with the appointments of a file: when each is booked, which are moved and called off, and who wants no texts. */
export function drawScenario(entries: readonly Entry[], seed: number): Scenario {
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random.next() * limit)
  const first = Math.min(...entries.map(({ startsAt }) => Date.parse(startsAt)))
  const beginsAt = Math.floor((first - 4 * DAY) / HOUR) * HOUR
  const singles = entries.filter(({ series, clients }) => series === undefined && clients.length === 1)
  const reluctant = singles[below(singles.length)]?.clients[0]?.phone ?? null
  const people = peopleOf(entries, reluctant)
  const events: StoryEvent[] = []
  let endsAt = first
  for (const [place, one] of entries.entries()) {
    const startsAt = Date.parse(one.startsAt)
    const lead = leads[below(leads.length)] ?? DAY
    const at = Math.max(beginsAt + (place + 1) * MINUTE, startsAt - lead)
    const isCohort = one.clients.length > 1
    events.push({
      ...{
        at,
        kind: 'book',
        ref: one.ref,
        isCohort,
        startsAt,
        offsets: null,
        parties: partiesOf(one, people),
      },
      ...(one.series === undefined ? {} : { series: { rule: one.series.rule, zone: one.series.timezone } }),
    })
    const last =
      one.series === undefined
        ? startsAt
        : (beginningsOf(one.series.rule, one.series.timezone, startsAt).at(-1) ?? startsAt)
    endsAt = Math.max(endsAt, last)
    const change = changeOf(one, { at, startsAt }, random)
    if (change === null) continue
    events.push(change)
    if (change.kind === 'move') endsAt = Math.max(endsAt, change.startsAt)
  }
  events.push(...stopOf(entries, events, below))
  events.sort((one, two) => one.at - two.at)
  return {
    ...{ people, events, beginsAt, endsAt: endsAt + 2 * DAY },
    entries: new Map(entries.map((one) => [one.ref, one])),
  }
}

/** Some are moved and some are called off, between booking and beginning. */
function changeOf(
  one: Entry,
  { at, startsAt }: { at: number; startsAt: number },
  random: Random,
): Extract<StoryEvent, { kind: 'move' | 'cancel' }> | null {
  const dice = random.next()
  const when = at + Math.round((random.next() * (startsAt - at)) / MINUTE) * MINUTE
  const ref = one.series === undefined ? one.ref : `${one.ref}#2`
  if (when <= at || when >= startsAt || dice >= 0.3) return null
  if (dice >= 0.2) return { at: when, kind: 'cancel', ref }
  const later = startsAt + (Math.floor(random.next() * 9) - 3) * 8 * HOUR
  return {
    at: when,
    kind: 'move',
    ref,
    startsAt: Math.ceil(Math.max(when + HOUR, later) / QUARTER) * QUARTER,
  }
}

/** Somebody of the largest group opts out a day before it. */
function stopOf(
  entries: readonly Entry[],
  events: readonly StoryEvent[],
  below: (limit: number) => number,
): StoryEvent[] {
  const [largest] = [...entries].sort((one, two) => two.clients.length - one.clients.length)
  const booked = events.find((event) => event.kind === 'book' && event.ref === largest?.ref)
  if (largest === undefined || booked?.kind !== 'book') return []
  const party = largest.clients[below(largest.clients.length)]?.phone
  if (party === undefined) return []
  const at = Math.max(booked.at + 2 * MINUTE, booked.startsAt - 30 * HOUR)
  return [{ at, kind: 'stop', party, forEver: true }]
}

function peopleOf(entries: readonly Entry[], reluctant: string | null): Map<string, Person> {
  const people = new Map<string, Person>()
  for (const { phone, name, timezone } of entries.flatMap(({ clients }) => clients))
    if (!people.has(phone)) people.set(phone, { phone, name, zone: timezone, consents: phone !== reluctant })
  return people
}

/** Whoever never agreed is invited like everybody else, and told nothing. The coach of a file has a clock and no number. */
function partiesOf(one: Entry, people: ReadonlyMap<string, Person>): StoryParty[] {
  return one.clients.map(({ phone, timezone }) => ({
    id: phone,
    role: 'client',
    zone: people.get(phone)?.zone ?? timezone,
    hasContact: people.get(phone)?.consents === true,
  }))
}
