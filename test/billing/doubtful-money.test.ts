import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createIntent, succeed } from '../../src/local/payments/intents.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  advanceTopUps,
  clearFraudWarning,
  createProvider,
  reconcileObjects,
  setTopUp,
  startPlan,
  startTopUps,
  syncDirty,
  type BillingDeps,
} from '../../src/slices/billing/index.js'
import { readAccount } from '../../src/slices/accounts/read-account.js'
import { listDifferences } from '../../src/slices/billing/correct-difference.js'
import type { Stage } from '../../payments-storm/stage.js'
import { spend } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  aBillingStage,
  anOrder,
  aPaidPack,
  controlOf,
  creditsOf,
  lotsOf,
  paymentOf,
  settle,
} from './billing-stage.js'

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

async function topUpNow(): Promise<{ enabled: boolean; reason: string | null }> {
  const [row] = await readQuery<{ enabled: boolean; reason: string | null }>(
    stage.db,
    '/* test */ select enabled, disabled_reason as reason from top_up_setting where account_id = $1',
    [stage.accountId],
  )
  return row!
}

async function lowOnCredits(): Promise<void> {
  await aPaidPack(stage)
  await settle(stage)
  await setTopUp(stage.deps, stage.accountId, {
    enabled: true,
    mode: 'fixed',
    thresholdCredits: 500,
    credits: 1_000,
    monthlyCapMinor: 10_000,
  })
  await spend(stage.db, stage.accountId, 600)
}

async function stopsOf(): Promise<readonly object[]> {
  return (await readAccount(stage.deps, stage.accountId))?.stops ?? []
}

/** What live clients were told about stops. */
async function switchesOf(): Promise<unknown[]> {
  const rows = await readQuery<{ payload: unknown }>(
    stage.db,
    `/* test */ select payload from account_event where account_id = $1 and payload ? 'sendingStopped' order by seq`,
    [stage.accountId],
  )
  return rows.map((row) => row.payload)
}

function differences(): Promise<string[]> {
  return listDifferences(stage.deps).then((found) => found.map((each) => `${each.objectId} ${each.what}`))
}

test('a payment that its bank reports as fraud freezes sending and top-up until an administrator clears it with a reason', async () => {
  await lowOnCredits()
  const paymentId = await aPaidPack(stage)
  await settle(stage)

  stage.payments.control.warnOfFraud(paymentId)
  await settle(stage)
  expect((await controlOf(stage)).freeze).toBe('A payment of this account was reported as fraud.')
  expect(await topUpNow()).toEqual({ enabled: false, reason: 'fraud-warning' })
  expect(await stopsOf()).toMatchObject([{ cause: 'payment', reason: expect.stringContaining('fraud') }])
  expect(await switchesOf()).toEqual([{ sendingStopped: true, reason: expect.stringContaining('fraud') }])
  expect(await differences()).toContain(`${paymentId} fraud-warning`)

  const clear = (reason: string) => clearFraudWarning(stage.deps, { paymentId, actor: 'admin:ada', reason })
  expect(await clear(' ')).toEqual({ ok: false, reason: 'reason-missing' })
  expect(await clear('The owner confirmed it by telephone.')).toEqual({ ok: true })
  expect(await clear('again')).toEqual({ ok: false, reason: 'nothing-to-clear' })
  expect((await controlOf(stage)).freeze).toBeNull()
  expect(await stopsOf()).toEqual([])
  expect((await switchesOf()).at(-1)).toEqual({ sendingStopped: false })
  expect(await differences()).not.toContain(`${paymentId} fraud-warning`)
})

test('a reported payment that is refunded in full lets the account go on by itself', async () => {
  const paymentId = await aPaidPack(stage)
  await settle(stage)
  stage.payments.control.warnOfFraud(paymentId)
  await settle(stage)
  expect((await controlOf(stage)).freeze).not.toBeNull()

  stage.payments.control.refund(paymentId)
  await settle(stage)

  expect((await controlOf(stage)).freeze).toBeNull()
  expect(await creditsOf(stage)).toMatchObject({ available: 0, debt: 0 })
})

test('a key of ours that is refused switches nobody’s top-up off, and charges once when it is right again', async () => {
  await lowOnCredits()
  const { payments, clock } = stage
  const wrong: BillingDeps = {
    ...stage.deps,
    provider: createProvider({
      secretKey: 'sk_test_rolled',
      webhookSecrets: [],
      apiBaseUrl: payments.url,
      timeoutMs: 5_000,
      retriesMax: 0,
      publicBaseUrl: 'http://tollgate.test',
    }),
  }
  await startTopUps(wrong)
  expect(await topUpNow()).toEqual({ enabled: true, reason: null })

  clock.advanceMs(600_000)
  await advanceTopUps(stage.deps)
  expect(await creditsOf(stage)).toMatchObject({ available: 1_400 })
})

test('money that is heard of before the session that it was paid in is granted, and the session is told of later', async () => {
  const { sessionId } = await anOrder(stage)
  // The program died before it wrote down where the order is paid.
  await readQuery(
    stage.db,
    `/* test */ update billing_order set state = 'created', session_id = null, session_url = null where session_id = $1`,
    [sessionId],
  )
  stage.payments.control.pay(sessionId)
  await readQuery(
    stage.db,
    `/* test */ insert into stripe_object (id, kind, dirty_ord) values ($1, 'payment', nextval('stripe_ord'))`,
    [paymentOf(stage.payments, sessionId)],
  )

  expect(await syncDirty(stage.deps, { limit: 10 })).toMatchObject({ changed: 1, failed: 0 })
  expect(await lotsOf(stage)).toEqual(['purchase 1000'])
  await settle(stage)
  expect(await lotsOf(stage)).toEqual(['purchase 1000'])
})

test('a payment or a session of another customer that names an order grants nothing and is listed', async () => {
  const { orderId } = await anOrder(stage)
  const { state } = stage.payments
  const stranger = createIntent(state, {
    amount: 1_500,
    currency: 'usd',
    customer: 'cus_of_somebody_else',
    method: null,
    metadata: { order_id: orderId },
  })
  succeed(state, stranger)
  await settle(stage)

  expect(await lotsOf(stage)).toEqual([])
  expect(await differences()).toContain(`${stranger.id} other-customer`)
})

test('what we hold and the provider does not have any more is listed, and nothing is taken for it', async () => {
  const paymentId = await aPaidPack(stage)
  await settle(stage)
  stage.payments.state.intents.delete(paymentId)

  await reconcileObjects(stage.deps)
  await reconcileObjects(stage.deps)

  expect(await differences()).toContain(`${paymentId} missing-at-provider`)
  expect(await creditsOf(stage)).toMatchObject({ available: 1_000 })
})

test('a second page for a plan ends the first: two trials cannot be taken out', async () => {
  const begin = (idempotencyKey: string) =>
    startPlan(stage.deps, { accountId: stage.accountId, code: 'plan_growth', idempotencyKey })
  const first = await begin('first')
  const second = await begin('second')
  const pay = (begun: typeof first) => {
    if (!begun.ok || begun.order.sessionId === null) throw new Error('there is no page')
    return stage.payments.control.pay(begun.order.sessionId)
  }
  expect(pay(first)).not.toBe('paid')
  pay(second)
  expect(await begin('third')).toEqual({ ok: false, reason: 'has-a-plan' })
  await settle(stage)
  expect(await lotsOf(stage)).toEqual(['plan 100'])
})
