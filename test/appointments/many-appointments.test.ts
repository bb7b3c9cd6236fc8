import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { trustId, type AccountId, type AppointmentId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { queueDue, rescheduleAppointment } from '../../src/slices/appointments/index.js'
import { singleMessageLanes, type Lane } from '../../src/slices/messages/index.js'
import { startCarrierRig } from '../support/carrier-rig.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  booked,
  clients,
  type AppointmentWorld,
  type Client,
} from './appointment-world.js'

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
afterAll(() => world.drop())

async function lanesOf(accountId: AccountId): Promise<Lane[]> {
  return (await singleMessageLanes(world.db, world.clock)).filter((lane) => lane.accountId === accountId)
}

const APPOINTMENTS = 1_000

/** Written as the booking writes them, in three statements: a thousand bookings are not what is tested. */
async function aFullCalendar(accountId: AccountId): Promise<AppointmentId[]> {
  const [template] = await Promise.all([booked(world, accountId)])
  const people: Client[] = await clients(
    world,
    accountId,
    Array.from({ length: APPOINTMENTS }, () => ({})),
  )
  const rows = await readQuery<{ id: string }>(
    world.db,
    `/* test.calendar */
     with one as (
       insert into appointment (id, account_id, kind, starts_at, duration_minutes, zone, created_at, updated_at)
       select gen_random_uuid(), account_id, kind, starts_at, duration_minutes, zone, created_at, updated_at
       from appointment, generate_series(1, $2) where id = $1 returning id, account_id, starts_at
     ), numbered as (select *, row_number() over () as n from one), party as (
       insert into appointment_party (id, appointment_id, account_id, role, contact_id, zone)
       select gen_random_uuid(), id, account_id, 'client', ($3::uuid[])[n], 'America/New_York' from numbered returning id, appointment_id, account_id
     )
     insert into notification (account_id, appointment_id, revision, context, offset_minutes, party_id, nominal_at, due_at, useful_until)
     select p.account_id, p.appointment_id, 1, 'reminder_24hr', 1440, p.id, a.starts_at - interval '1 day', a.starts_at - interval '1 day',
       a.starts_at - interval '12 hours'
     from party p join one a on a.id = p.appointment_id returning appointment_id as id`,
    [template, APPOINTMENTS, people.map(({ contactId }) => contactId)],
  )
  return rows.map(({ id }) => trustId<AppointmentId>(id))
}

test('a thousand appointments are moved while their reminders are due and two workers run: nobody reads an old time', async () => {
  const accountId = await aPractice(world, 5_000)
  const ids = await aFullCalendar(accountId)
  // What the guard would ask about a thousand texts in a minute is answered beforehand.
  await readQuery(
    world.db,
    `/* test */ update account_control set singles_approved_until = '2030-01-01' where account_id = $1`,
    [accountId],
  )
  world.clock.set('2026-03-05T17:00:00Z')
  const rig = await startCarrierRig(world.db, {
    clock: world.clock,
    behaviour: { callbacks: { enabled: false } },
  })
  try {
    let lanes: Lane[] = []
    const senders = ['one', 'two'].map((name) => rig.worker(name, () => lanes, 20))
    const state = { isMoving: true }
    const work = async (): Promise<void> => {
      while (state.isMoving) {
        await queueDue(world.deps)
        lanes = await lanesOf(accountId)
        await Promise.all(senders.map((sender) => sender.runOnce()))
      }
    }
    const move = async (): Promise<void> => {
      for (const appointmentId of ids) {
        const moved = await rescheduleAppointment(world.deps, aCoach(accountId), {
          appointmentId,
          startsAt: new Date('2026-03-06T20:00:00Z'),
        })
        expect(moved.ok).toBe(true)
      }
      state.isMoving = false
    }
    await Promise.all([work(), work(), move()])
    await queueDue(world.deps)
    lanes = await lanesOf(accountId)
    await senders[0]!.runOnce()

    const old = await readQuery(
      world.db,
      `/* test */ select n.id from notification n join attempt a on a.message_id = n.message_id join claim c on c.id = a.claim_id
       join appointment_event e on e.appointment_id = n.appointment_id and e.kind = 'moved' and e.from_revision = n.revision
       where n.account_id = $1 and c.ord > e.ord`,
      [accountId],
    )
    expect(old).toEqual([])
    const numbers = rig.local.control.record().map(({ to }) => to)
    const told = await readQuery<{ state: string; n: number }>(
      world.db,
      `/* test */ select m.state::text, count(*)::int as n from notification n join message m on m.id = n.message_id
       where n.account_id = $1 and n.revision = 2 and n.context = 'rescheduled_appointment' group by 1`,
      [accountId],
    )
    expect(told).toEqual([{ state: 'accepted', n: APPOINTMENTS }])
    expect(numbers.length).toBeGreaterThanOrEqual(APPOINTMENTS)
    expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
  } finally {
    await rig.stop()
  }
}, 560_000)

test('a mistake that books one client hundreds of times is held, and asks', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{}])
  world.clock.set('2026-03-02T15:00:00Z')
  for (let hour = 0; hour < 15; hour += 1)
    await booked(world, accountId, { client: client!, startsAt: new Date(Date.UTC(2026, 2, 6, 14, hour)) })
  // The guard goes by ids, which the database dates by its own clock.
  world.clock.set(systemClock.now().toISO())
  await readQuery(
    world.db,
    `/* test */ update account_control set quiet_hours_waiver = 'test' where account_id = $1`,
    [accountId],
  )
  await readQuery(
    world.db,
    `/* test */ set session_replication_role = replica; update notification set due_at = now() - interval '1 minute', useful_until = now() + interval '1 hour'
      where account_id = '${accountId}' and context = 'scheduled_appointment'; set session_replication_role = default`,
  )
  await queueDue(world.deps)
  const rig = await startCarrierRig(world.db, {
    clock: world.clock,
    behaviour: { callbacks: { enabled: false } },
  })
  try {
    const lanes = await lanesOf(accountId)
    await rig.worker('one', () => lanes).runOnce()

    expect(rig.local.control.record()).toEqual([])
    const [held] = await readQuery<{ rule: string }>(
      world.db,
      '/* test */ select rule from guard_event where account_id = $1',
      [accountId],
    )
    expect(held?.rule).toBe('same_number')
  } finally {
    await rig.stop()
  }
}, 60_000)
