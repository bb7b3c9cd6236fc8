import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  cancelPlan,
  changePlan,
  keepPlan,
  setTopUp,
  startPlan,
  startTopUps,
} from '../../src/slices/billing/index.js'
import { complete } from '../../src/local/payments/checkout.js'
import { expireDueLots } from '../../src/slices/credits/index.js'
import type { CardBehaviour } from '../../src/local/payments/objects.js'
import type { Stage } from '../../payments-storm/stage.js'
import { passHours } from '../../payments-storm/program-steps.js'
import { aLane, claim, someMessages, somePhones, theyAgree } from '../support/builders/messages.js'
import { spend } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { aBillingStage, aPlan, controlOf, creditsOf, lotsOf, settle } from './billing-stage.js'

let database: TestDatabase
let stage: Stage

beforeAll(async () => {
  database = await createTestDatabase()
})

beforeEach(async () => {
  stage = await aBillingStage(database.db)
})

afterEach(() => stage.close())

afterAll(() => database.drop())

/** To a day after the next renewal, whose invoice is charged an hour after it is made. */
async function renew(): Promise<void> {
  await passHours(stage, 32 * 24)
  await settle(stage)
}

test('a plan brings its credits as a lot that ends with the period, and the next ones with each renewal', async () => {
  await aPlan(stage)
  expect(await lotsOf(stage)).toEqual(['plan 25000'])
  expect(await controlOf(stage)).toEqual({ state: 'active', freeze: null })
  await spend(stage.db, stage.accountId, 24_000)

  await renew()
  await expireDueLots(stage.deps)

  // 1,000 were left, and the plan lets up to 5,000 be used in the next period.
  expect(await lotsOf(stage)).toEqual(['plan 25000', 'plan 25000', 'plan 1000'])
  expect(await creditsOf(stage)).toMatchObject({ available: 26_000, expired: 1_000 })
})

test('what rolls over is no more than the plan allows', async () => {
  await aPlan(stage)

  await renew()

  expect(await creditsOf(stage)).toMatchObject({ available: 30_000, expired: 25_000 })
  await renew()
  expect(await creditsOf(stage)).toMatchObject({ available: 30_000 })
})

test('a period’s credits last until its renewal is paid: nothing runs dry between, and no card is charged for it', async () => {
  await aPlan(stage)
  const { accountId, clock, deps, payments } = stage
  await setTopUp(deps, accountId, {
    enabled: true,
    mode: 'fixed',
    thresholdCredits: 500,
    credits: 1_000,
    monthlyCapMinor: 4_000,
  })
  await spend(stage.db, accountId, 18_000)
  const pass = async (minutes: number): Promise<void> => {
    clock.advanceMs(minutes * 60_000)
    payments.control.runDue()
    await settle(stage)
    await expireDueLots(deps)
    await startTopUps(deps)
  }

  await pass(31 * 24 * 60 + 5)
  expect(await creditsOf(stage)).toMatchObject({ available: 7_000, expired: 0 })
  await pass(2 * 60)

  expect(await lotsOf(stage)).toEqual(['plan 25000', 'plan 25000', 'plan 5000'])
  expect(await creditsOf(stage)).toMatchObject({ available: 30_000, expired: 7_000 })
  const topUps = [...payments.state.intents.values()].filter((intent) => 'top_up_id' in intent.metadata)
  expect(topUps).toEqual([])
})

test('a period that is never paid leaves its account the credits of the one before for three days, no longer', async () => {
  const id = await aPlan(stage)
  stage.payments.control.setSubscription(id, { kind: 'collection', paused: true })

  await passHours(stage, (31 + 3) * 24 - 1)
  await expireDueLots(stage.deps)
  expect(await creditsOf(stage)).toMatchObject({ available: 25_000 })
  await passHours(stage, 1)
  await expireDueLots(stage.deps)

  expect(await creditsOf(stage)).toMatchObject({ available: 0, expired: 25_000 })
})

test('a refund of an old period reaches what it left to the next one', async () => {
  await aPlan(stage)
  await renew()
  const { state, control } = stage.payments
  const [first] = [...state.intents.keys()]

  control.refund(first!)
  await settle(stage)

  expect(await creditsOf(stage)).toMatchObject({ available: 25_000, debt: 0 })
})

test('a trial brings the credits of a trial, and no second one is given', async () => {
  await aPlan(stage, 'plan_starter')
  expect(await lotsOf(stage)).toEqual(['plan 100'])
  expect(await controlOf(stage)).toMatchObject({ state: 'trialing' })
  await cancelPlan(stage.deps, { accountId: stage.accountId, atPeriodEnd: false })
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ state: 'canceled' })

  await aPlan(stage, 'plan_starter')

  expect(await lotsOf(stage)).toEqual(['plan 100', 'plan 1000'])
})

test('a larger plan is charged for the time that is left and brings what it has more; a smaller one takes nothing back', async () => {
  await aPlan(stage, 'plan_scale')
  const { accountId, deps } = stage
  expect(await changePlan(deps, { accountId, code: 'plan_growth', idempotencyKey: 'down' })).toEqual({
    ok: true,
  })
  await settle(stage)
  expect(await lotsOf(stage)).toEqual(['plan 25000'])

  expect(await changePlan(deps, { accountId, code: 'plan_scale', idempotencyKey: 'up' })).toEqual({
    ok: true,
  })
  await settle(stage)

  expect(await lotsOf(stage)).toEqual(['plan 25000', 'plan 20000'])
  expect(await changePlan(deps, { accountId, code: 'plan_scale', idempotencyKey: 'same' })).toEqual({
    ok: false,
    reason: 'same-plan',
  })
})

test('a larger plan whose charge is declined changes nothing', async () => {
  await aPlan(stage, 'plan_scale')
  const { accountId, deps, payments } = stage
  await changePlan(deps, { accountId, code: 'plan_growth', idempotencyKey: 'down' })
  for (const id of payments.state.methods.keys())
    payments.control.setCard(id, { kind: 'decline', declineCode: 'generic_decline' })

  const changed = await changePlan(deps, { accountId, code: 'plan_scale', idempotencyKey: 'up' })
  await settle(stage)

  expect(changed).toEqual({ ok: false, reason: 'payment-declined' })
  expect(await lotsOf(stage)).toEqual(['plan 25000'])
})

test('a cancellation at the end of the period lets the period run and can be taken back', async () => {
  await aPlan(stage)
  const { accountId, deps } = stage
  await cancelPlan(deps, { accountId, atPeriodEnd: true })
  expect(await controlOf(stage)).toMatchObject({ state: 'active' })
  await keepPlan(deps, accountId)
  await cancelPlan(deps, { accountId, atPeriodEnd: true })

  await renew()

  expect(await controlOf(stage)).toMatchObject({ state: 'canceled' })
  expect(await lotsOf(stage)).toEqual(['plan 25000'])
})

test('a second subscription is not begun while the first has not ended', async () => {
  await aPlan(stage)

  expect(
    await startPlan(stage.deps, { accountId: stage.accountId, code: 'plan_growth', idempotencyKey: 'two' }),
  ).toEqual({ ok: false, reason: 'has-a-plan' })
})

test('a renewal that is declined stops sending until it is paid, and ends the plan when it never is', async () => {
  await aPlan(stage)
  const cards = (ok: boolean): void => {
    for (const id of stage.payments.state.methods.keys())
      stage.payments.control.setCard(
        id,
        ok ? { kind: 'ok' } : { kind: 'decline', declineCode: 'insufficient_funds' },
      )
  }
  cards(false)
  await renew()
  expect(await controlOf(stage)).toMatchObject({ state: 'past_due' })

  cards(true)
  await passHours(stage, 72)
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ state: 'active' })
  expect(await lotsOf(stage)).toContain('plan 25000')
})

test('a period that is paid after its own end brings credits that last as long as it would have', async () => {
  await aPlan(stage)
  const { control, state } = stage.payments
  const cards = (behaviour: CardBehaviour): void => {
    for (const id of state.methods.keys()) control.setCard(id, behaviour)
  }
  control.change({ retryHours: [40 * 24] })
  cards({ kind: 'decline', declineCode: 'insufficient_funds' })
  await renew()
  await passHours(stage, 32 * 24)
  await expireDueLots(stage.deps)
  expect(await creditsOf(stage)).toMatchObject({ available: 0 })
  cards({ kind: 'ok' })

  await passHours(stage, 8 * 24)
  await settle(stage)
  await expireDueLots(stage.deps)

  // With what the plan lets be kept of the first period.
  expect(await creditsOf(stage)).toMatchObject({ available: 30_000 })
})

test('a plan whose slow payment never ends keeps its account from taking one for an hour, not for ever', async () => {
  const { accountId, clock, deps, payments } = stage
  const begin = (idempotencyKey: string) => startPlan(deps, { accountId, code: 'plan_scale', idempotencyKey })
  const begun = await begin('slow')
  const session = payments.state.sessions.get((begun.ok && begun.order.sessionId) || '')!
  complete(payments.state, session, 'unpaid')
  await settle(stage)
  expect(await begin('soon')).toEqual({ ok: false, reason: 'has-a-plan' })

  clock.advanceMs(2 * 3_600_000)

  expect(await begin('later')).toMatchObject({ ok: true })
})

test.each([
  ['paused', 'pause_requested', 'paused'],
  ['paused', 'trial_end_without_payment_method', 'paused'],
  ['unpaid', undefined, 'unpaid'],
  ['incomplete_expired', undefined, 'canceled'],
  ['a word of tomorrow', undefined, 'incomplete'],
])('the status %s (%s) lets nothing out: %s', async (status, cause, state) => {
  const id = await aPlan(stage)

  stage.payments.control.setSubscription(id, {
    kind: 'status',
    status,
    ...(cause === undefined ? {} : { cause }),
  })
  await settle(stage)

  expect(await controlOf(stage)).toMatchObject({ state })
})

test('a paused collection counts as paused although the status stays active', async () => {
  const id = await aPlan(stage)
  stage.payments.control.setSubscription(id, { kind: 'collection', paused: true })
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ state: 'paused' })

  stage.payments.control.setSubscription(id, { kind: 'collection', paused: false })
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ state: 'active' })
})

test('a subscription that ends stops the very next claim, and one that begins again lets it go on', async () => {
  const id = await aPlan(stage)
  const phones = somePhones(6)
  await theyAgree(stage.db, stage.accountId, phones)
  await someMessages(stage.db, stage.accountId, phones, { campaignId: null })
  const lane = aLane(stage.accountId, null)
  const first = await claim(stage.db, { clock: stage.clock, lane, limit: 2 })
  expect(first.claimed).toHaveLength(2)

  stage.payments.control.setSubscription(id, { kind: 'end' })
  await settle(stage)
  expect(await claim(stage.db, { clock: stage.clock, lane, limit: 2 })).toMatchObject({
    claimed: [],
    block: 'subscription-inactive',
  })

  await aPlan(stage)
  const rest = await claim(stage.db, { clock: stage.clock, lane, limit: 10 })
  expect(rest.claimed).toHaveLength(4)
  const again = first.claimed.map((message) => message.messageId)
  expect(rest.claimed.some((message) => again.includes(message.messageId))).toBe(false)
})

test.each([
  ['subscription_update', ['plan 25000', 'plan 25000', 'plan 5000'], []],
  ['manual', ['plan 25000'], ['paid-for-nothing']],
])('a whole period that is billed and paid as %s is granted or listed', async (reason, lots, listed) => {
  await aPlan(stage)
  const { control, state } = stage.payments
  stage.clock.advanceMs(31 * 24 * 3_600_000)
  control.runDue()
  const renewal = [...state.invoices.values()].at(-1)!
  renewal.billing_reason = reason
  await passHours(stage, 2)
  await settle(stage)

  expect(await lotsOf(stage)).toEqual(lots)
  const found = await readQuery<{ what: string }>(
    database.db,
    `/* test */ select what from billing_difference where object_id = $1 and resolved_at is null`,
    [renewal.id],
  )
  expect(found.map(({ what }) => what)).toEqual(listed)
})

test('a line that is no price of ours grants nothing and is listed', async () => {
  const id = await aPlan(stage)
  await readQuery(database.db, '/* test */ delete from stripe_price')
  await renew()

  expect(await lotsOf(stage)).toEqual(['plan 25000'])
  const [found] = await readQuery<{ what: string }>(
    database.db,
    `/* test */ select what from billing_difference where object_id = $1 and resolved_at is null`,
    [id],
  )
  expect(found).toEqual({ what: 'unknown-price' })
})
