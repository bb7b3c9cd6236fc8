import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { inboxHooks } from '../../src/app/inbox-hooks.js'
import { consentDeps } from '../../src/app/slice-deps.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { bookSeries, queueDue, rescheduleAppointment } from '../../src/slices/appointments/index.js'
import { grantConsent } from '../../src/slices/contacts/index.js'
import { applyInboundTexts } from '../../src/slices/inbox/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  booked,
  clients,
  NEW_YORK,
  notificationsOf,
  occurrencesOf,
  passTimeUntil,
  planOf,
  type AppointmentWorld,
  type Client,
} from './appointment-world.js'

// Opt-outs and opt-ins through the program's own wiring.

let world: AppointmentWorld
let accountId: AccountId
let client: Client

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
beforeEach(async () => {
  world.clock.set('2026-03-02T15:00:00Z')
  accountId = await aPractice(world)
  client = (await clients(world, accountId, [{}]))[0]!
})
afterAll(() => world.drop())

async function text(body: string): Promise<void> {
  const sid = `SM${newId().replaceAll('-', '')}`
  await createInbox(world.db).store({
    ...{ provider: 'twilio.inbound', route: '', dedupeKey: sid },
    params: { MessageSid: sid, From: client.phone, To: '+15005550006', Body: body },
  })
  await applyInboundTexts({ db: world.db, clock: world.clock, log: silentLogger, hooks: inboxHooks })
}

test.each(['START', 'YES'])('%s plans again what STOP took back and is still to come, once', async (word) => {
  const appointmentId = await booked(world, accountId, { client })
  await queueDue(world.deps)
  await text('STOP')
  expect(new Set((await planOf(world, appointmentId)).slice(1).map((row) => row.split(' ')[1]))).toEqual(
    new Set(['voided:opted_out']),
  )
  world.clock.set('2026-03-04T18:00:00Z')
  await text(word)
  await text(word)

  expect(await planOf(world, appointmentId)).toEqual([
    'scheduled_appointment queued 2026-03-02T15:00',
    'reminder_48hr voided:opted_out 2026-03-04T17:00',
    'reminder_24hr planned 2026-03-05T17:00',
    'reminder_1hr planned 2026-03-06T16:00',
  ])
  await passTimeUntil(world, '2026-03-06T16:30:00Z')
  const rows = await notificationsOf(world, appointmentId)
  expect(rows.filter(({ body }) => body !== null).map(({ context }) => context)).toEqual([
    'scheduled_appointment',
    'reminder_24hr',
    'reminder_1hr',
  ])
})

test('what the person agrees to elsewhere counts like a text, and marketing alone plans nothing', async () => {
  const appointmentId = await booked(world, accountId, { client })
  await text('STOP')
  world.clock.advance({ minutes: 1 })
  const agree = (purpose: 'marketing' | 'transactional') =>
    grantConsent({ ...world.deps, ...consentDeps(world) }, accountId, {
      ...{ phone: client.phone, purposes: [purpose], level: 'express', method: 'verbal', actor: 'test' },
    })
  const planned = async () =>
    (await notificationsOf(world, appointmentId))
      .filter(({ state }) => state === 'planned')
      .map(({ context }) => context)

  expect((await agree('marketing')).ok).toBe(true)
  expect(await planned()).toEqual([])
  expect((await agree('transactional')).ok).toBe(true)
  expect(await planned()).toEqual(['reminder_48hr', 'reminder_24hr', 'reminder_1hr'])
})

test('nothing about a time that is no longer true is planned again', async () => {
  const appointmentId = await booked(world, accountId, { client })
  await text('STOP')
  await rescheduleAppointment(world.deps, aCoach(accountId), {
    appointmentId,
    startsAt: new Date('2026-03-07T17:00:00Z'),
  })
  await text('START')

  const rows = await notificationsOf(world, appointmentId)
  expect(rows.filter(({ revision }) => revision === 1).map(({ reason }) => reason)).toEqual(
    Array.from({ length: 4 }, () => 'opted_out'),
  )
  expect(rows.filter(({ revision, state }) => revision === 2 && state === 'planned')).toHaveLength(4)
})

test('of a series only the occurrence that comes next is reminded of, the others when their turn comes', async () => {
  const series = await bookSeries(world.deps, aCoach(accountId), {
    ...{ rule: 'FREQ=WEEKLY;COUNT=2', startsAt: new Date('2026-03-06T17:00:00Z'), durationMinutes: 50 },
    ...{ zone: NEW_YORK, clients: [{ contactId: client.contactId }] },
  })
  if (!series.ok) throw new Error(series.reason)
  await queueDue(world.deps)
  const [first, second] = (await occurrencesOf(world, series.seriesId)).map(({ id }) => id)
  await text('STOP')
  await rescheduleAppointment(world.deps, aCoach(accountId), {
    appointmentId: second!,
    startsAt: new Date('2026-03-05T17:00:00Z'),
  })
  await text('START')
  const states = async () => new Set((await notificationsOf(world, first!)).map(({ state }) => state))
  expect(await states()).not.toContain('planned')

  await passTimeUntil(world, '2026-03-06T17:00:00Z')
  expect(
    (await notificationsOf(world, first!)).filter(({ body }) => body !== null).map(({ context }) => context),
  ).toEqual(['scheduled_appointment', 'reminder_24hr', 'reminder_1hr'])
})

test('the database plans nothing again that was taken back for another reason', async () => {
  const appointmentId = await booked(world, accountId, { client })
  await rescheduleAppointment(world.deps, aCoach(accountId), {
    appointmentId,
    startsAt: new Date('2026-03-07T17:00:00Z'),
  })

  await expect(
    readQuery(
      world.db,
      `/* test */ update notification set state = 'planned', reason = null where appointment_id = $1 and state = 'voided'`,
      [appointmentId],
    ),
  ).rejects.toThrow(/only what an opt-out took back/)
})
