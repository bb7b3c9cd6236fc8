import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MINUTE } from '../../appointments-demo/reference-clock.js'
import {
  expectedTexts,
  type ExpectedText,
  type StoryEvent,
} from '../../appointments-demo/reference-planner.js'
import type { AccountId, AppointmentId } from '../../src/kernel/ids.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import {
  bookSeries,
  cancelAppointment,
  changeSettings,
  rescheduleAppointment,
  voidForPhones,
} from '../../src/slices/appointments/index.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  booked,
  clients,
  occurrencesOf,
  passTimeUntil,
  type AppointmentWorld,
  type Client,
} from './appointment-world.js'

// Random lives of appointments, told twice: by the program on a real database, and by a slow planner that shares nothing with it.

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
afterAll(() => world.drop())

/** Around the clock changes of 2027, in places whose clocks do odd things. */
const starts = [
  '2027-03-10T00:00:00Z',
  '2027-03-26T12:00:00Z',
  '2027-10-01T12:00:00Z',
  '2027-11-04T00:00:00Z',
  '2027-06-01T03:00:00Z',
]
const zones = [
  ...['America/New_York', 'America/Los_Angeles', 'America/Phoenix', 'America/St_Johns', 'Europe/London'],
  ...['Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Honolulu', 'Asia/Tokyo', 'Pacific/Chatham'],
]
const DAY = 24 * 60
const zone = fc.constantFrom(...zones)
const offsets = fc.uniqueArray(fc.constantFrom(5, 30, 60, 90, 240, 1_440, 2_880, 4_320), { maxLength: 4 })

const booking = fc.record({
  at: fc.integer({ min: 0, max: 4 * DAY }),
  inMinutes: fc.integer({ min: 1, max: 6 * DAY }).map((minutes) => Math.ceil(minutes / 5) * 5),
  zone,
  clientZones: fc.array(zone, { minLength: 1, maxLength: 3 }),
  coachZone: fc.option(zone),
  offsets: fc.option(offsets),
  rule: fc.option(
    fc.constantFrom('FREQ=DAILY;COUNT=3', 'FREQ=WEEKLY;COUNT=2', 'FREQ=DAILY;INTERVAL=2;COUNT=3'),
    { freq: 2 },
  ),
})
const change = fc.record({
  at: fc.integer({ min: 1, max: 8 * DAY }),
  kind: fc.constantFrom('move', 'move', 'cancel', 'stop', 'settings'),
  which: fc.nat(),
  inMinutes: fc.integer({ min: 1, max: 5 * DAY }),
  offsets,
  silenced: fc.constantFrom(
    'cancellation',
    'reminder_24hr',
    'scheduled_appointment',
    'rescheduled_appointment',
  ),
})
const life = fc.record({
  start: fc.constantFrom(...starts),
  bookings: fc.array(booking, { minLength: 1, maxLength: 4 }),
  changes: fc.array(change, { maxLength: 6 }),
})
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

const DAYS = 24

test('what is queued, for whom and at which minute is what the slow planner says', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (drawn) => {
      const { told, expected } = await liveThrough(drawn)
      expect(told).toEqual(expected)
    }),
    { numRuns: 16, seed: 20_260_302, endOnFailure: true },
  )
}, 280_000)

async function liveThrough(drawn: Life): Promise<{ told: string[]; expected: string[] }> {
  const begin = Date.parse(drawn.start)
  world.clock.set(drawn.start)
  const accountId = await aPractice(world)
  const story = new Story(accountId, begin)
  const steps = [
    ...drawn.bookings.map((one, place) => ({ at: one.at, run: () => story.book(one, place) })),
    ...drawn.changes.map((one) => ({ at: one.at, run: () => story.change(one) })),
  ].sort((one, two) => one.at - two.at)
  for (const { at, run } of steps) {
    await passTimeUntil(world, new Date(begin + at * MINUTE))
    await run()
  }
  await passTimeUntil(world, new Date(begin + DAYS * DAY * MINUTE))
  const settings = { offsets: [2_880, 1_440, 60], roles: {} }
  const expected = expectedTexts(story.events, settings, begin + DAYS * DAY * MINUTE)
  return { told: await story.told(), expected: expected.map(asLine).sort() }
}

function asLine(text: ExpectedText): string {
  return `${text.ref} ${text.party} ${text.context} ${String(text.offset)} ${new Date(text.at).toISOString().slice(0, 16)}`
}

class Story {
  readonly events: StoryEvent[] = []
  private readonly refs = new Map<AppointmentId, string>()
  private readonly people: Client[] = []

  constructor(
    private readonly accountId: AccountId,
    private readonly begin: number,
  ) {}

  private now(): number {
    return world.clock.now().toMillis()
  }

  async book(one: Life['bookings'][number], place: number): Promise<void> {
    const { accountId } = this
    const startsAt = this.now() + one.inMinutes * MINUTE
    const isSeries = one.rule !== null
    const clientZones = isSeries ? one.clientZones.slice(0, 1) : one.clientZones
    const invited = await clients(
      world,
      accountId,
      clientZones.map((zone) => ({ zone })),
    )
    const coach =
      one.coachZone === null ? null : (await clients(world, accountId, [{ zone: one.coachZone }]))[0]!
    this.people.push(...invited)
    const isCohort = invited.length > 1
    const ref = `a${String(place)}`
    const details = {
      startsAt: new Date(startsAt),
      durationMinutes: 50,
      zone: one.zone,
      offsets: one.offsets,
    }
    const parties = {
      clients: invited.map(({ contactId }) => ({ contactId })),
      ...(coach === null ? {} : { coach: { contactId: coach.contactId } }),
    }
    if (one.rule !== null) {
      const series = await bookSeries(world.deps, aCoach(accountId), {
        ...details,
        ...parties,
        rule: one.rule,
      })
      // An hour that a clock change leaves out is no beginning of a series.
      if (!series.ok) return
      const all = await occurrencesOf(world, series.seriesId)
      for (const [index, { id }] of all.entries()) this.refs.set(id, `${ref}#${String(index + 1)}`)
    } else
      this.refs.set(
        await booked(world, accountId, { ...details, ...parties, kind: isCohort ? 'cohort' : 'individual' }),
        ref,
      )
    this.events.push({
      ...{ at: this.now(), kind: 'book', ref, isCohort, startsAt, offsets: one.offsets },
      parties: [
        ...invited.map(({ phone }, index) => ({
          id: phone,
          role: 'client' as const,
          zone: clientZones[index]!,
          hasContact: true,
        })),
        ...(coach === null
          ? []
          : [{ id: coach.phone, role: 'coach' as const, zone: one.coachZone!, hasContact: true }]),
      ],
      ...(one.rule === null ? {} : { series: { rule: one.rule, zone: one.zone } }),
    })
  }

  async change(one: Life['changes'][number]): Promise<void> {
    const { accountId } = this
    const caller = aCoach(accountId)
    const at = this.now()
    const chosen = [...this.refs][one.which % Math.max(1, this.refs.size)]
    if (one.kind === 'settings') {
      const roles = { [one.silenced]: ['coach'] }
      await changeSettings(world.deps, caller, {
        offsets: one.offsets,
        roles: [{ context: one.silenced, roles: ['coach'] }],
      })
      this.silenced = { ...this.silenced, ...roles }
      this.events.push({ at, kind: 'settings', settings: { offsets: one.offsets, roles: this.silenced } })
      return
    }
    if (chosen === undefined) return
    const [appointmentId, ref] = chosen
    if (one.kind === 'cancel') {
      await cancelAppointment(world.deps, caller, { appointmentId })
      this.events.push({ at, kind: 'cancel', ref })
    } else if (one.kind === 'move') {
      const startsAt = at + one.inMinutes * MINUTE
      await rescheduleAppointment(world.deps, caller, { appointmentId, startsAt: new Date(startsAt) })
      this.events.push({ at, kind: 'move', ref, startsAt })
    } else {
      const { phone } = this.people[one.which % this.people.length]!
      await inTransaction(world.db, { name: 'test.stop', accountId }, (tx) =>
        voidForPhones(tx, accountId, [phone], new Date(at)),
      )
      this.events.push({ at, kind: 'stop', party: phone })
    }
  }

  private silenced: Record<string, string[]> = {}

  async told(): Promise<string[]> {
    const rows = await readQuery<{
      id: AppointmentId
      phone: string
      context: string
      offset: number
      due: Date
    }>(
      world.db,
      `/* test */ select n.appointment_id as id, c.phone, n.context, n.offset_minutes as offset, n.due_at as due
       from notification n join appointment_party p on p.id = n.party_id join contact c on c.id = p.contact_id
       where n.account_id = $1 and n.message_id is not null and n.due_at < $2`,
      [this.accountId, new Date(this.begin + DAYS * DAY * MINUTE)],
    )
    return rows
      .map(({ id, phone, context, offset, due }) =>
        [this.refs.get(id), phone, context, String(offset), due.toISOString().slice(0, 16)].join(' '),
      )
      .sort()
  }
}
