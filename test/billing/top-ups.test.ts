import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  advanceTopUps,
  cancelPlan,
  confirmTopUp,
  setTopUp,
  startTopUps,
  type TopUpId,
  type TopUpTerms,
} from '../../src/slices/billing/index.js'
import type { CardBehaviour } from '../../src/local/payments/objects.js'
import type { Stage } from '../../payments-storm/stage.js'
import { passHours, work } from '../../payments-storm/program-steps.js'
import { expireDueLots } from '../../src/slices/credits/index.js'
import { spend } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { aBillingStage, aPaidPack, aPlan, controlOf, creditsOf, settle } from './billing-stage.js'

let database: TestDatabase
let stage: Stage
const terms: TopUpTerms = {
  enabled: true,
  mode: 'fixed',
  thresholdCredits: 500,
  credits: 1_000,
  monthlyCapMinor: 4_000,
}

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 30 })
})

beforeEach(async () => {
  stage = await aBillingStage(database.db)
  await aPaidPack(stage)
  await settle(stage)
  expect(await setTopUp(stage.deps, stage.accountId, terms)).toEqual({ ok: true })
  await startTopUps(stage.deps)
})

afterEach(() => stage.close())

afterAll(() => database.drop())

interface TopUpNow {
  id: string
  state: string
  failure: string | null
}

async function topUps(): Promise<TopUpNow[]> {
  return readQuery<TopUpNow>(
    stage.db,
    '/* test */ select id, state, failure from top_up where account_id = $1 order by id',
    [stage.accountId],
  )
}

async function setting(): Promise<{ enabled: boolean; reason: string | null; failures: number }> {
  const [row] = await readQuery<{ enabled: boolean; reason: string | null; failures: number }>(
    stage.db,
    '/* test */ select enabled, disabled_reason as reason, failures from top_up_setting where account_id = $1',
    [stage.accountId],
  )
  return row!
}

async function committed(): Promise<number> {
  const [row] = await readQuery<{ committed: number }>(
    stage.db,
    '/* test */ select sum(committed_minor)::int as committed from top_up_month where account_id = $1',
    [stage.accountId],
  )
  return row?.committed ?? 0
}

/** What people were told of why it was switched off. */
async function switchedOff(): Promise<string[]> {
  const rows = await readQuery<{ reason: string }>(
    stage.db,
    `/* test */ select payload ->> 'reason' as reason from account_event
     where account_id = $1 and payload ->> 'kind' = 'top-up-off' order by seq`,
    [stage.accountId],
  )
  return rows.map((row) => row.reason)
}

function cards(behaviour: CardBehaviour): void {
  for (const id of stage.payments.state.methods.keys()) stage.payments.control.setCard(id, behaviour)
}

const charges = (): number =>
  [...stage.payments.state.intents.values()].filter((intent) => 'top_up_id' in intent.metadata).length

const hours = (count: number): void => {
  stage.clock.advanceMs(count * 3_600_000)
}

test('the hold that crosses the threshold starts one top-up; above it nothing happens', async () => {
  await spend(stage.db, stage.accountId, 500)
  await startTopUps(stage.deps)
  expect(charges()).toBe(0)

  await spend(stage.db, stage.accountId, 1)
  await startTopUps(stage.deps)

  expect(await topUps()).toMatchObject([{ state: 'succeeded' }])
  expect(await creditsOf(stage)).toMatchObject({ available: 1499 })
})

test('20 workers that see the threshold crossed in the same moment charge once', async () => {
  await spend(stage.db, stage.accountId, 600)

  await Promise.all(Array.from({ length: 20 }, () => startTopUps(stage.deps)))
  await settle(stage)

  expect(charges()).toBe(1)
  expect(await creditsOf(stage)).toMatchObject({ available: 1400 })
})

test('the month’s cap counts what is pending, and the next month begins anew', async () => {
  cards({ kind: 'slow' })
  await spend(stage.db, stage.accountId, 600)
  await startTopUps(stage.deps)
  expect(await topUps()).toMatchObject([{ state: 'processing' }])
  expect(await committed()).toBe(1500)

  const [intent] = [...stage.payments.state.intents.values()].filter((each) => each.status === 'processing')
  stage.payments.control.finishSlow(intent!.id, true)
  cards({ kind: 'ok' })
  for (let round = 0; round < 5; round += 1) {
    await settle(stage)
    hours(1)
    const { available } = await creditsOf(stage)
    if (available > 400) await spend(stage.db, stage.accountId, available - 400)
  }
  await settle(stage)
  expect(charges()).toBe(2)
  expect(await committed()).toBe(3000)

  hours(31 * 24)
  await settle(stage)
  expect(charges()).toBe(3)
})

test('a top-up larger than the cap cannot be chosen', async () => {
  expect(await setTopUp(stage.deps, stage.accountId, { ...terms, credits: 10_000 })).toEqual({
    ok: false,
    reason: 'cap-too-small',
  })
})

test('a decline that may pass is tried again after 1, 6 and 24 hours with a new payment, then it is switched off', async () => {
  cards({ kind: 'decline', declineCode: 'insufficient_funds' })
  await spend(stage.db, stage.accountId, 600)
  for (const rest of [0, 1, 6, 24, 100]) {
    hours(rest)
    await startTopUps(stage.deps)
  }
  await settle(stage)

  expect(await topUps()).toMatchObject(
    Array.from({ length: 4 }, () => ({ state: 'failed', failure: 'insufficient_funds' })),
  )
  expect(await setting()).toEqual({ enabled: false, reason: 'insufficient_funds', failures: 4 })
  expect(await committed()).toBe(0)
})

test('a lost card switches it off at once, and a customer who switches it on again begins anew', async () => {
  cards({ kind: 'decline', declineCode: 'lost_card' })
  await spend(stage.db, stage.accountId, 600)
  await startTopUps(stage.deps)
  expect(await setting()).toMatchObject({ enabled: false, reason: 'lost_card' })

  cards({ kind: 'ok' })
  await setTopUp(stage.deps, stage.accountId, terms)
  await startTopUps(stage.deps)

  expect(await topUps()).toMatchObject([{ state: 'failed' }, { state: 'succeeded' }])
  expect(await setting()).toEqual({ enabled: true, reason: null, failures: 0 })
})

test('a bank that asks keeps the payment open: the customer confirms the same one, and nothing else is charged', async () => {
  cards({ kind: 'authenticate' })
  await spend(stage.db, stage.accountId, 600)
  await startTopUps(stage.deps)
  const [waiting] = await topUps()
  expect(waiting).toMatchObject({ state: 'requires_action' })
  await startTopUps(stage.deps)

  const link = await confirmTopUp(stage.deps, { accountId: stage.accountId, topUpId: waiting!.id as TopUpId })
  expect(link).toMatchObject({ ok: true, url: expect.stringContaining('/confirm/') })
  const [asked] = [...stage.payments.state.intents.values()].filter(
    (intent) => intent.status === 'requires_action',
  )
  stage.payments.control.answerBank(asked!.id, true)
  await settle(stage)

  expect(charges()).toBe(1)
  expect(await topUps()).toMatchObject([{ state: 'succeeded' }])
  expect(await creditsOf(stage)).toMatchObject({ available: 1400 })
})

test('a payment that nobody confirms for a day ends, and its amount is free again', async () => {
  cards({ kind: 'authenticate' })
  await spend(stage.db, stage.accountId, 600)
  await startTopUps(stage.deps)

  hours(24)
  await advanceTopUps(stage.deps)

  expect(await topUps()).toMatchObject([{ state: 'canceled' }])
  expect(await committed()).toBe(0)
})

test('a card that always wants to be confirmed counts as declined: after four payments it is switched off', async () => {
  cards({ kind: 'authenticate' })
  await spend(stage.db, stage.accountId, 600)
  await startTopUps(stage.deps)
  for (let round = 0; round < 10; round += 1) {
    hours(24)
    await advanceTopUps(stage.deps)
    hours(1)
    await startTopUps(stage.deps)
  }
  await settle(stage)

  expect(await topUps()).toMatchObject(
    Array.from({ length: 4 }, () => ({ state: 'canceled', failure: 'not-confirmed' })),
  )
  expect(await setting()).toEqual({ enabled: false, reason: 'not-confirmed', failures: 4 })
  expect(await committed()).toBe(0)
  expect(await switchedOff()).toEqual(['not-confirmed'])
})

test.each(['dropBefore', 'dropAfter'] as const)(
  'a charge without an answer (%s) is posted again under the same key: one charge',
  async (fault) => {
    stage.payments.control.change({ faults: { [fault]: 1 } })
    await spend(stage.db, stage.accountId, 600)
    await startTopUps(stage.deps)
    stage.payments.control.change({ faults: { [fault]: 0 } })

    hours(1)
    await advanceTopUps(stage.deps)

    expect(charges()).toBe(1)
    expect(await creditsOf(stage)).toMatchObject({ available: 1400 })
  },
)

test('a stored error is answered again and again: the payment behind it is found, and where there is none the top-up ends', async () => {
  for (const [fault, state] of [
    ['errorAfter', 'succeeded'],
    ['errorBefore', 'failed'],
  ] as const) {
    stage.payments.control.change({ faults: { [fault]: 1 } })
    const { available } = await creditsOf(stage)
    await spend(stage.db, stage.accountId, available - 300)
    hours(1)
    await startTopUps(stage.deps)
    stage.payments.control.change({ faults: { [fault]: 0 } })
    for (let look = 0; look < 4; look += 1) {
      hours(1)
      await advanceTopUps(stage.deps)
    }
    expect((await topUps()).at(-1)).toMatchObject({ state })
  }
  expect(charges()).toBe(1)
  expect(await committed()).toBe(1500)
})

test('an account whose plan has ended is charged for no top-up: it may not send what it would buy', async () => {
  await aPlan(stage)
  const { accountId, deps } = stage
  await setTopUp(deps, accountId, { ...terms, thresholdCredits: 2_000 })
  await cancelPlan(deps, { accountId, atPeriodEnd: true })

  await passHours(stage, 32 * 24)
  await settle(stage)
  hours(4 * 24)
  await expireDueLots(deps)
  await startTopUps(deps)

  expect(await controlOf(stage)).toMatchObject({ state: 'canceled' })
  expect(await creditsOf(stage)).toMatchObject({ available: 1_000 })
  expect(charges()).toBe(0)
})

test.each([
  ['sending_stopped_reason', 'test', null],
  ['billing_freeze', 'test', null],
  ['subscription_state', 'past_due', 'active'],
])(
  'a top-up that fell due while the account was stopped (%s) is charged when the stop is lifted',
  async (column, stopped, lifted) => {
    const stop = (value: string | null) =>
      readQuery(stage.db, `/* test */ update account_control set ${column} = $2 where account_id = $1`, [
        stage.accountId,
        value,
      ])
    await stop(stopped)
    await spend(stage.db, stage.accountId, 600)
    await startTopUps(stage.deps)
    await startTopUps(stage.deps)
    expect(charges()).toBe(0)

    await stop(lifted)
    hours(1)
    await startTopUps(stage.deps)

    expect(charges()).toBe(1)
    expect(await creditsOf(stage)).toMatchObject({ available: 1400 })
  },
)

test('a card that is taken away switches it off', async () => {
  for (const method of stage.payments.state.methods.values()) {
    const { customer } = method
    method.customer = null
    // As Stripe says it: whose it was stands with what it was before.
    stage.payments.state.emit('payment_method.detached', method, { customer })
  }
  await stage.post.deliver(stage.door, true)
  await work(stage)

  expect(await setting()).toMatchObject({ enabled: false, reason: 'card-removed' })
})

test('a charge that is refused for what it names switches it off, and its owner is told', async () => {
  stage.payments.state.methods.clear()
  await spend(stage.db, stage.accountId, 600)
  await startTopUps(stage.deps)

  expect(await setting()).toMatchObject({ enabled: false, reason: 'resource_missing' })
  expect(await switchedOff()).toEqual(['resource_missing'])
})
