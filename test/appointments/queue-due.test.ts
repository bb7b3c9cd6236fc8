import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { queueDue } from '../../src/slices/appointments/index.js'
import { anAppointmentWorld, aPractice, booked, clients, type AppointmentWorld } from './appointment-world.js'

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
afterAll(() => world.drop())

/** Groups of the same people, each member with so many reminders due now. Written in one statement: it is not bookings that are tested. */
async function groupsWithDue(
  accountId: AccountId,
  { groups, members, reminders }: { groups: number; members: number; reminders: number },
): Promise<void> {
  const template = await booked(world, accountId)
  await queueDue(world.deps)
  const people = await clients(
    world,
    accountId,
    Array.from({ length: members }, () => ({})),
  )
  await readQuery(
    world.db,
    `/* test.groups */
     with one as (
       insert into appointment (id, account_id, kind, starts_at, duration_minutes, zone, created_at, updated_at)
       select gen_random_uuid(), account_id, 'cohort', starts_at, duration_minutes, zone, created_at, updated_at
       from appointment, generate_series(1, $2) where id = $1 returning id, account_id
     ), party as (
       insert into appointment_party (id, appointment_id, account_id, role, contact_id, zone)
       select gen_random_uuid(), id, account_id, 'client', contact_id, 'America/New_York' from one, unnest($3::uuid[]) as contact_id
       returning id, appointment_id, account_id
     )
     insert into notification (account_id, appointment_id, revision, context, offset_minutes, party_id, nominal_at, due_at, useful_until)
     select account_id, appointment_id, 1, 'reminder_custom', n, id, $5, $5, $5::timestamptz + interval '1 day'
     from party, generate_series(1, $4) as n`,
    [
      template,
      groups,
      people.map(({ contactId }) => contactId),
      reminders,
      world.clock.now().minus({ minutes: 1 }).toJSDate(),
    ],
  )
}

/** Notifications by the transaction that queued them. */
async function batchesOf(accountId: AccountId): Promise<{ rows: number; appointments: number }[]> {
  return readQuery(
    world.db,
    `/* test */ select count(*)::int as rows, count(distinct appointment_id)::int as appointments from notification
     where account_id = $1 and state = 'queued' and context = 'reminder_custom' group by xmin::text`,
    [accountId],
  )
}

test('however many groups are due at once, each is told together and no transaction grows without bound', async () => {
  const accountId = await aPractice(world)
  await groupsWithDue(accountId, { groups: 200, members: 26, reminders: 1 })

  expect(await queueDue(world.deps)).toEqual({ queued: 200 * 26, skipped: 0 })
  const batches = await batchesOf(accountId)
  expect(Math.max(...batches.map(({ rows }) => rows))).toBeLessThanOrEqual(1_000)
  // No group is in two transactions.
  expect(batches.reduce((sum, { appointments }) => sum + appointments, 0)).toBe(200)
}, 120_000)

test('a group with more texts than one statement takes is told in one transaction all the same', async () => {
  const accountId = await aPractice(world)
  await groupsWithDue(accountId, { groups: 1, members: 500, reminders: 11 })

  expect(await queueDue(world.deps)).toEqual({ queued: 5_500, skipped: 0 })
  expect(await batchesOf(accountId)).toEqual([{ rows: 5_500, appointments: 1 }])
}, 120_000)
