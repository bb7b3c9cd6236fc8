/**
 * Who must be told what and when, worked out from the rules by the slowest means there are: a clock that goes minute by
 * minute and a calendar that goes day by day. It shares nothing with the planner that it judges, not even a library.
 */

import { clockIn, isQuiet, MARGIN, MINUTE } from './reference-clock.js'

export interface StoryParty {
  id: string
  role: 'client' | 'coach'
  zone: string
  /** A coach of whom nothing but the clock is known is told nothing. */
  hasContact: boolean
}

export interface StorySettings {
  offsets: readonly number[]
  /** Contexts that are told to others than everybody: nobody, clients, coaches. */
  roles: Readonly<Record<string, readonly string[]>>
}

/** Instants are milliseconds of whole minutes. */
export type StoryEvent =
  | {
      at: number
      kind: 'book'
      ref: string
      isCohort: boolean
      startsAt: number
      offsets: readonly number[] | null
      parties: readonly StoryParty[]
      series?: { rule: string; zone: string }
    }
  | { at: number; kind: 'move'; ref: string; startsAt: number }
  | { at: number; kind: 'cancel'; ref: string }
  /** Takes back what is planned now; `for ever` also what would be planned later. */
  | { at: number; kind: 'stop'; party: string; forEver?: boolean }
  | { at: number; kind: 'settings'; settings: StorySettings }

export interface ExpectedText {
  /** Of the appointment; `name#3` is the third of a series. */
  ref: string
  party: string
  context: string
  offset: number
  /** How often the appointment had been moved. */
  revision: number
  at: number
  usefulUntil: number
  startsAt: number
}

function openingFrom(zone: string, from: number): number {
  let at = from
  while (isQuiet(zone, at)) at += MINUTE
  return at
}

/** The last minute that is open and leaves time to send before the hours close. */
function lastOpenUntil(zone: string, until: number): number {
  let at = until
  while (isQuiet(zone, at) || isQuiet(zone, at + (MARGIN - 1) * MINUTE)) at -= MINUTE
  return at
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const DAY = 24 * 60 * MINUTE
const OCCURRENCES_MAX = 400

/** The beginnings of a recurring appointment, day by day. Knows daily, weekly and monthly rules. */
export function beginningsOf(rule: string, zone: string, first: number): number[] {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]))
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const count = Number(parts.get('COUNT') ?? OCCURRENCES_MAX)
  const frequency = parts.get('FREQ')
  const start = clockIn(zone, first)
  const firstDay = Date.parse(start.date)
  const days = parts.get('BYDAY')?.split(',') ?? [weekdays[new Date(firstDay).getUTCDay()]]
  const monday = firstDay - ((new Date(firstDay).getUTCDay() + 6) % 7) * DAY
  const found: number[] = []
  for (let day = firstDay; found.length < Math.min(count, OCCURRENCES_MAX); day += DAY) {
    const sinceStart = Math.round((day - firstDay) / DAY)
    const weeks = Math.floor((day - monday) / (7 * DAY))
    const date = new Date(day)
    const months =
      (date.getUTCFullYear() - new Date(firstDay).getUTCFullYear()) * 12 +
      date.getUTCMonth() -
      new Date(firstDay).getUTCMonth()
    const isDay = {
      DAILY: sinceStart % interval === 0,
      WEEKLY: weeks % interval === 0 && days.includes(weekdays[date.getUTCDay()]),
      MONTHLY: months % interval === 0 && date.getUTCDate() === new Date(firstDay).getUTCDate(),
    }[frequency ?? '']
    if (isDay === undefined) throw new Error(`the reference planner does not read ${rule}`)
    if (isDay) found.push(momentOn(zone, day, start.minute))
  }
  return found
}

/** When the clock in a zone shows a time of a day: the first such moment, or as much later as clocks were put forward. */
function momentOn(zone: string, day: number, minute: number): number {
  const wanted = new Date(day).toISOString().slice(0, 10)
  for (let late = 0; late <= 120; late += 1) {
    const shown = minute + late
    const date = shown >= 24 * 60 ? new Date(day + DAY).toISOString().slice(0, 10) : wanted
    for (
      let at = day + shown * MINUTE - 15 * 60 * MINUTE;
      at <= day + shown * MINUTE + 13 * 60 * MINUTE;
      at += 15 * MINUTE
    ) {
      const clock = clockIn(zone, at)
      if (clock.date === date && clock.minute === shown % (24 * 60)) {
        // A skipped time is as far behind the change as it would have been without it.
        return late === 0 ? at : at - late * MINUTE + skippedAt(zone, at) * MINUTE
      }
    }
  }
  throw new Error(`no such time in ${zone}`)
}

/** Minutes that the clock jumped over within the two hours before. */
function skippedAt(zone: string, at: number): number {
  const before = clockIn(zone, at - 180 * MINUTE).minute
  const after = clockIn(zone, at).minute
  return ((after - before + 24 * 60) % (24 * 60)) - 180
}

interface Meeting {
  ref: string
  isCohort: boolean
  startsAt: number
  offsets: readonly number[] | null
  parties: readonly StoryParty[]
  series: string | null
  state: 'scheduled' | 'cancelled'
  revision: number
}

const everybody = ['client', 'coach']
const usefulHours: Readonly<Record<string, number>> = {
  scheduled_appointment: 24,
  rescheduled_appointment: 48,
  cancellation: 48,
  cohort_update: 48,
}

export interface Outage {
  from: number
  to: number
}

/** Goes through the story and answers every text that must be sent, when a worker looks every minute; in an outage none leaves. */
export function expectedTexts(
  events: readonly StoryEvent[],
  settings: StorySettings,
  until: number,
  outage: Outage = { from: until, to: until },
): ExpectedText[] {
  const world = new ReferenceWorld(settings)
  const queue = events
    .map((event, place) => ({ event, place }))
    .sort((a, b) => a.event.at - b.event.at || a.place - b.place)
  const begin = queue[0]?.event.at ?? until
  for (
    let now = begin;
    now <= until;
    now = Math.max(now + MINUTE, world.nothingBefore(queue[0]?.event.at ?? until))
  ) {
    for (let next = queue[0]; next !== undefined && next.event.at <= now; next = queue[0]) {
      queue.shift()
      world.roll(now)
      world.apply(next.event)
      world.roll(now)
    }
    world.roll(now)
    if (now < outage.from || now >= outage.to) world.send(now)
  }
  return world.sent
}

class ReferenceWorld {
  readonly sent: ExpectedText[] = []
  private readonly meetings: Meeting[] = []
  private wishes: ExpectedText[] = []
  private readonly gone = new Set<string>()
  /** The occurrence of each series that is reminded of. */
  private readonly next = new Map<string, Meeting | null>()

  constructor(private settings: StorySettings) {}

  apply(event: StoryEvent): void {
    switch (event.kind) {
      case 'settings':
        this.settings = event.settings
        return
      case 'stop':
        this.wishes = this.wishes.filter(({ party }) => party !== event.party)
        if (event.forEver === true) this.gone.add(event.party)
        return
      case 'book':
        this.book(event)
        return
      case 'move':
        this.move(event)
        return
      case 'cancel':
        this.cancel(event)
        return
    }
  }

  send(now: number): void {
    const due = this.wishes.filter(({ at }) => at <= now)
    if (due.length === 0) return
    this.wishes = this.wishes.filter(({ at }) => at > now)
    for (const text of due) if (now < text.usefulUntil && this.isTold(text)) this.sent.push(text)
  }

  /** Minutes before this one are all the same: nothing is due and nothing begins. */
  nothingBefore(event: number): number {
    const turns = [...this.next.values()].flatMap((meeting) => (meeting === null ? [] : meeting.startsAt))
    return Math.min(event, ...turns, ...this.wishes.map(({ at }) => at))
  }

  /** The next of a series takes its turn when the one before has begun. */
  roll(now: number): void {
    for (const [series, current] of this.next) {
      let reminded = current
      for (;;) {
        const at = reminded !== null && reminded.startsAt <= now ? reminded.startsAt : now
        const first = this.firstAfter(series, at)
        if (first === reminded) break
        if (reminded !== null && reminded.startsAt > at) this.forgetReminders(reminded)
        if (first !== null) this.remind(first, at)
        reminded = first
        if (first === null || first.startsAt > now) break
      }
      this.next.set(series, reminded)
    }
  }

  private firstAfter(series: string, at: number): Meeting | null {
    const upcoming = this.meetings.filter(
      (one) => one.series === series && one.state === 'scheduled' && one.startsAt > at,
    )
    return upcoming.sort((a, b) => a.startsAt - b.startsAt)[0] ?? null
  }

  private book(event: Extract<StoryEvent, { kind: 'book' }>): void {
    const { ref, isCohort, offsets, parties } = event
    const base = { isCohort, offsets, parties, state: 'scheduled' as const, revision: 0 }
    if (event.series === undefined) {
      const meeting: Meeting = { ...base, ref, startsAt: event.startsAt, series: null }
      this.meetings.push(meeting)
      this.tell(meeting, 'scheduled_appointment', event.at)
      this.remind(meeting, event.at)
      return
    }
    const beginnings = beginningsOf(event.series.rule, event.series.zone, event.startsAt)
    const all = beginnings.map((startsAt, place): Meeting => ({
      ...base,
      ref: `${ref}#${String(place + 1)}`,
      startsAt,
      series: ref,
    }))
    this.meetings.push(...all)
    const [first] = all
    if (first === undefined) return
    this.tell(first, 'scheduled_appointment', event.at)
    this.remind(first, event.at)
    this.next.set(ref, first)
  }

  private move({ ref, startsAt, at }: { ref: string; startsAt: number; at: number }): void {
    const meeting = this.find(ref)
    if (meeting?.state !== 'scheduled' || meeting.startsAt === startsAt || startsAt <= at) return
    this.forget(meeting)
    meeting.startsAt = startsAt
    meeting.revision += 1
    this.tell(meeting, meeting.isCohort ? 'cohort_update' : 'rescheduled_appointment', at)
    const first = meeting.series === null ? meeting : this.firstAfter(meeting.series, at)
    // One that comes first only now is reminded of when its turn is taken.
    if (first === meeting && (meeting.series === null || this.next.get(meeting.series) === meeting))
      this.remind(meeting, at)
  }

  private cancel({ ref, at }: { ref: string; at: number }): void {
    const meeting = this.find(ref)
    if (meeting?.state !== 'scheduled') return
    this.forget(meeting)
    meeting.state = 'cancelled'
    meeting.revision += 1
    if (meeting.startsAt > at) this.tell(meeting, 'cancellation', at)
  }

  private find(ref: string): Meeting | undefined {
    return this.meetings.find((one) => one.ref === ref)
  }

  private forget(meeting: Meeting): void {
    this.wishes = this.wishes.filter(({ ref }) => ref !== meeting.ref)
  }

  private forgetReminders(meeting: Meeting): void {
    this.wishes = this.wishes.filter(({ ref, offset }) => ref !== meeting.ref || offset === 0)
  }

  private isTold({ context, party, ref }: { context: string; party: string; ref: string }): boolean {
    const found = this.find(ref)?.parties.find(({ id }) => id === party)
    return (
      found !== undefined &&
      found.hasContact &&
      !this.gone.has(party) &&
      (this.settings.roles[context] ?? everybody).includes(found.role)
    )
  }

  private tell(meeting: Meeting, context: string, now: number): void {
    const usefulUntil = Math.min(now + (usefulHours[context] ?? 0) * 60 * MINUTE, meeting.startsAt)
    for (const { id, zone } of meeting.parties) {
      const wish = { ref: meeting.ref, party: id, context, offset: 0, revision: meeting.revision }
      const at = openingFrom(zone, now)
      if (at < usefulUntil && this.isTold(wish))
        this.wishes.push({ ...wish, at, usefulUntil, startsAt: meeting.startsAt })
    }
  }

  private remind(meeting: Meeting, now: number): void {
    for (const offset of meeting.offsets ?? this.settings.offsets) {
      const context =
        { 2880: 'reminder_48hr', 1440: 'reminder_24hr', 60: 'reminder_1hr' }[offset] ?? 'reminder_custom'
      for (const { id, zone } of meeting.parties) {
        const wish = { ref: meeting.ref, party: id, context, offset, revision: meeting.revision }
        const nominal = meeting.startsAt - offset * MINUTE
        if (nominal < now || !this.isTold(wish)) continue
        const at = lastOpenUntil(zone, nominal)
        const usefulUntil = Math.min(at + Math.min(offset / 2, 12 * 60) * MINUTE, meeting.startsAt)
        if (at >= now) this.wishes.push({ ...wish, at, usefulUntil, startsAt: meeting.startsAt })
      }
    }
  }
}
