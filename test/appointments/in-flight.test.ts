import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { AccountId, AppointmentId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  cancelAppointment,
  queueDue,
  rescheduleAppointment,
  updateAppointment,
} from '../../src/slices/appointments/index.js'
import { settleAttempts, type AttemptReport } from '../../src/slices/messages/index.js'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { aLane, claim, refusedForNow, sidOf } from '../support/builders/messages.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  booked,
  notificationsOf,
  type AppointmentWorld,
} from './appointment-world.js'

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
beforeEach(() => {
  world.clock.set('2026-03-02T15:00:00Z')
})
afterAll(() => world.drop())

interface Underway {
  accountId: AccountId
  id: AppointmentId
  attemptId: string
}

/** An appointment whose confirmation is a call to the carrier of which nobody has heard yet. */
async function confirmationInFlight(): Promise<Underway> {
  const accountId = await aPractice(world)
  const id = await booked(world, accountId)
  await queueDue(world.deps)
  return { accountId, id, attemptId: (await claimNext(accountId))! }
}

async function claimNext(accountId: AccountId): Promise<string | undefined> {
  const { claimed } = await claim(world.db, { clock: world.clock, lane: aLane(accountId, null) })
  return claimed[0]?.attemptId
}

function tell({ accountId, attemptId }: Underway, outcome: AttemptReport['outcome']): Promise<unknown> {
  const deps = { db: world.db, clock: world.clock, random: seededRandom(1) }
  return settleAttempts(deps, accountId, [{ attemptId, outcome }], 'worker')
}

const accepted = (attemptId: string): AttemptReport['outcome'] => ({
  kind: 'accepted',
  sid: sidOf(attemptId),
})

/** Everything that is told at once: what it is, what became of it, and its text's state. */
async function toldAtOnce(id: AppointmentId): Promise<string[]> {
  return (await notificationsOf(world, id))
    .filter(({ offset }) => offset === 0)
    .map(
      ({ context, state, reason, messageState }) =>
        `${context} ${[state, reason, messageState].filter((part) => part !== null).join(' ')}`,
    )
}

async function breaches(): Promise<string[]> {
  const { findings } = await runAudit(world.db)
  return findings.filter(({ id, breaches: count }) => id.startsWith('N') && count > 0).map(({ id }) => id)
}

const move = ({ accountId, id }: Underway): Promise<unknown> =>
  rescheduleAppointment(world.deps, aCoach(accountId), {
    appointmentId: id,
    startsAt: new Date('2026-03-06T19:00:00Z'),
  })

describe('an appointment that changes while a call about it is under way', () => {
  test.each<[string, (text: Underway) => Promise<unknown>, string]>([
    ['moved', move, 'rescheduled_appointment'],
    [
      'called off',
      ({ accountId, id }) => cancelAppointment(world.deps, aCoach(accountId), { appointmentId: id }),
      'cancellation',
    ],
  ])('and is %s: a call that failed is not tried again with what was so before', async (_, change, news) => {
    const text = await confirmationInFlight()
    await change(text)
    await tell(text, refusedForNow)
    world.clock.advance({ minutes: 10 })
    await queueDue(world.deps)

    expect(await toldAtOnce(text.id)).toEqual([
      'scheduled_appointment queued cancelled',
      `${news} queued pending`,
    ])
    await claimNext(text.accountId)
    expect(await claimNext(text.accountId)).toBeUndefined()
    expect(await breaches()).toEqual([])
  })

  test('and is moved: a call that was taken stays as it is, and the new time is told', async () => {
    const text = await confirmationInFlight()
    await move(text)
    await tell(text, accepted(text.attemptId))
    await queueDue(world.deps)

    expect(await toldAtOnce(text.id)).toEqual([
      'scheduled_appointment queued accepted',
      'rescheduled_appointment queued pending',
    ])
  })

  const retitle = ({ accountId, id }: Underway, title: string): Promise<unknown> =>
    updateAppointment(world.deps, aCoach(accountId), { appointmentId: id, title })

  test('in its words only: they are told anew once it is known that the old ones never left', async () => {
    const text = await confirmationInFlight()
    await retitle(text, 'Intake')
    await queueDue(world.deps)
    expect(await toldAtOnce(text.id)).toEqual([
      'scheduled_appointment queued dispatching',
      'scheduled_appointment planned',
    ])

    await tell(text, refusedForNow)
    await queueDue(world.deps)
    expect(await toldAtOnce(text.id)).toEqual([
      'scheduled_appointment queued cancelled',
      'scheduled_appointment queued pending',
    ])
    expect((await notificationsOf(world, text.id)).at(-1)?.revision).toBe(2)
    expect(await breaches()).toEqual([])
  })

  test('in its words only: nothing is told twice when the old ones did leave', async () => {
    const text = await confirmationInFlight()
    await retitle(text, 'Intake')
    await tell(text, accepted(text.attemptId))
    await queueDue(world.deps)

    expect(await toldAtOnce(text.id)).toEqual([
      'scheduled_appointment queued accepted',
      'scheduled_appointment skipped tried_before',
    ])
  })

  test('again and again: only the last words wait for what becomes of the first', async () => {
    const text = await confirmationInFlight()
    await retitle(text, 'Intake')
    await retitle(text, 'First talk')
    await tell(text, { kind: 'unknown', reason: 'timeout' })
    await retitle(text, 'First conversation')
    expect(await toldAtOnce(text.id)).toEqual([
      'scheduled_appointment queued unknown',
      'scheduled_appointment voided changed',
      'scheduled_appointment voided changed',
      'scheduled_appointment planned',
    ])
    await tell(text, accepted(text.attemptId))
    await retitle(text, 'Talk')

    await queueDue(world.deps)
    expect((await toldAtOnce(text.id)).filter((line) => line.endsWith('pending'))).toEqual([])
  })

  test('in its words only: a reminder that never left is sent with the new ones although its time has passed', async () => {
    const accountId = await aPractice(world)
    const id = await booked(world, accountId, { offsets: [60] })
    await readQuery(
      world.db,
      `/* test */ update notification set state = 'skipped', reason = 'switched_off' where appointment_id = $1 and offset_minutes = 0`,
      [id],
    )
    world.clock.set('2026-03-06T16:01:00Z')
    await queueDue(world.deps)
    const text = { accountId, id, attemptId: (await claimNext(accountId))! }
    await retitle(text, 'Intake')
    await tell(text, refusedForNow)
    await queueDue(world.deps)

    const reminders = (await notificationsOf(world, id)).filter(({ offset }) => offset === 60)
    expect(reminders.map(({ state, messageState }) => `${state} ${String(messageState)}`)).toEqual([
      'queued cancelled',
      'queued pending',
    ])
    expect(reminders[1]?.body).toContain('Intake')
  })
})
