import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  buyCredits,
  expireOrders,
  reconcileEvents,
  reconcileObjects,
  syncDirty,
} from '../../src/slices/billing/index.js'
import { listDifferences } from '../../src/slices/billing/correct-difference.js'
import { createIntent, succeed } from '../../src/local/payments/intents.js'
import type { Stage } from '../../payments-storm/stage.js'
import { work } from '../../payments-storm/program-steps.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { aBillingStage, anOrder, aPaidPack, creditsOf, lotsOf, paymentOf, settle } from './billing-stage.js'

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

async function orderState(orderId: string): Promise<string | undefined> {
  const [row] = await readQuery<{ state: string }>(
    database.db,
    '/* test */ select state from billing_order where id = $1',
    [orderId],
  )
  return row?.state
}

test('a paid pack brings the credits of its order, once, however often and in whatever order it is told', async () => {
  const { orderId, sessionId } = await anOrder(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 0 })

  stage.payments.control.pay(sessionId)
  await stage.post.deliver(stage.door, true)
  await Promise.all([work(stage), work(stage), syncDirty(stage.deps, { limit: 100 })])
  await settle(stage)

  expect(await lotsOf(stage)).toEqual(['purchase 1000'])
  expect(await orderState(orderId)).toBe('paid')
})

test('the card that is kept for top-ups is the one that paid, not one that was declined before', async () => {
  const { sessionId } = await anOrder(stage)
  const cards = (): Promise<{ cardId: string | null }[]> =>
    readQuery(
      database.db,
      '/* test */ select card_id as "cardId" from billing_customer where account_id = $1',
      [stage.accountId],
    )

  expect(stage.payments.control.pay(sessionId, '4000000000000002')).toBe('declined')
  await settle(stage)
  expect(await cards()).toEqual([{ cardId: null }])

  expect(stage.payments.control.pay(sessionId)).toBe('paid')
  await settle(stage)
  const paidWith = stage.payments.state.intents.get(paymentOf(stage.payments, sessionId))?.payment_method
  expect(await cards()).toEqual([{ cardId: paidWith }])
})

test('the same key is the same order and the same checkout, also when it is asked for twice at once', async () => {
  const input = { accountId: stage.accountId, code: 'credits_2500', idempotencyKey: 'one' }

  const answers = await Promise.all([1, 2, 3].map(() => buyCredits(stage.deps, input)))

  expect(new Set(answers.map((answer) => (answer.ok ? answer.order.sessionId : null))).size).toBe(1)
  expect(stage.payments.state.sessions.size).toBe(1)
  expect(await buyCredits(stage.deps, { ...input, code: 'credits_1000' })).toEqual({
    ok: false,
    reason: 'idempotency-key-reused',
  })
})

test('an order whose checkout could not be opened is opened by the next request with its key', async () => {
  const input = { accountId: stage.accountId, code: 'credits_1000', idempotencyKey: 'one' }
  await anOrder(stage)
  stage.payments.control.change({ faults: { dropBefore: 1 } })
  await expect(buyCredits(stage.deps, input)).rejects.toMatchObject({ code: 'billing.stripe-unavailable' })
  stage.payments.control.change({ faults: { dropBefore: 0 } })

  expect(await buyCredits(stage.deps, input)).toMatchObject({ ok: true })

  expect(stage.payments.state.sessions.size).toBe(2)
})

test('what is not a pack of the price list is not sold as one', async () => {
  for (const code of ['plan_scale', 'top_up', 'nothing'])
    expect(await buyCredits(stage.deps, { accountId: stage.accountId, code, idempotencyKey: code })).toEqual({
      ok: false,
      reason: 'not-for-sale',
    })
})

test('a slow payment method brings nothing until its money has come, and ends the order when it does not', async () => {
  const good = await anOrder(stage)
  const bad = await anOrder(stage)
  for (const { sessionId } of [good, bad]) stage.payments.control.pay(sessionId, '4000000000000077')
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 0 })
  expect(await orderState(good.orderId)).toBe('pending')

  stage.payments.control.finishSlow(paymentOf(stage.payments, good.sessionId), true)
  stage.payments.control.finishSlow(paymentOf(stage.payments, bad.sessionId), false)
  await settle(stage)

  expect(await lotsOf(stage)).toEqual(['purchase 1000'])
  expect([await orderState(good.orderId), await orderState(bad.orderId)]).toEqual(['paid', 'failed'])
})

test('a checkout that nobody pays ends, and a late word about it changes nothing', async () => {
  const { orderId } = await anOrder(stage)

  stage.clock.advanceMs(13 * 3_600_000)
  stage.payments.control.runDue()
  await settle(stage)

  expect(await orderState(orderId)).toBe('expired')
  expect(await lotsOf(stage)).toEqual([])
})

test('metadata that names somebody else’s order, an unknown one or less money than it costs grants nothing', async () => {
  const { orderId, sessionId } = await anOrder(stage, 'credits_10000')
  const { state } = stage.payments
  const { customer } = state.sessions.get(sessionId)!
  const forge = (metadata: Record<string, string>) => {
    const intent = createIntent(state, { amount: 1, currency: 'usd', customer, method: null, metadata })
    succeed(state, intent)
    return intent.id
  }
  const cheap = forge({ order_id: orderId })
  const unknown = forge({ order_id: '01912345-0000-7000-8000-000000000000' })
  forge({ order_id: 'no id at all' })
  await settle(stage)

  expect(await lotsOf(stage)).toEqual([])
  const found = await listDifferences(stage.deps)
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ objectId: cheap, what: 'paid-otherwise-than-ordered' }),
      expect.objectContaining({ objectId: unknown, what: 'unknown-order' }),
    ]),
  )
})

test('a second payment of one order is left to people', async () => {
  const first = await aPaidPack(stage)
  await settle(stage)
  const { state } = stage.payments
  const paid = state.intents.get(first)!
  const again = createIntent(state, {
    amount: paid.amount,
    currency: 'usd',
    customer: paid.customer,
    method: paid.payment_method,
    metadata: paid.metadata,
  })
  succeed(state, again)
  await settle(stage)

  expect(await lotsOf(stage)).toEqual(['purchase 1000'])
  expect(await listDifferences(stage.deps)).toEqual(
    expect.arrayContaining([expect.objectContaining({ objectId: again.id, what: 'paid-twice' })]),
  )
})

test('events that never arrived are found by looking them up, and objects without any event by comparing', async () => {
  await aPaidPack(stage)
  stage.payments.state.onEvent = () => undefined
  const silent = await aPaidPack(stage, 'credits_2500')
  for (const event of [...stage.payments.state.events.values()])
    if (JSON.stringify(event.data.object).includes(silent)) stage.payments.state.events.delete(event.id)

  expect(await reconcileEvents(stage.deps)).toMatchObject({ missed: expect.any(Number) })
  await work(stage)
  expect(await lotsOf(stage)).toEqual(['purchase 1000'])

  const compared = await reconcileObjects(stage.deps)
  expect(compared.changed.payment).toBe(1)
  expect(await lotsOf(stage)).toEqual(['purchase 1000', 'purchase 2500'])
  expect((await reconcileObjects(stage.deps)).changed).toEqual({
    payment: 0,
    invoice: 0,
    subscription: 0,
    session: 0,
    customer: 0,
  })
})

test('an order whose session cannot be asked for keeps no other one from ending', async () => {
  const asked = await anOrder(stage)
  const { control } = stage.payments
  control.change({ faults: { errorBefore: 1 } })
  const { accountId, clock, deps } = stage
  await expect(
    buyCredits(deps, { accountId, code: 'credits_1000', idempotencyKey: 'never-answered' }),
  ).rejects.toThrow()
  control.change({ faults: { errorBefore: 0, readError: 1 } })
  clock.advanceMs(13 * 3_600_000)

  await expireOrders(deps)

  expect(await orderState(asked.orderId)).toBe('open')
  const [other] = await readQuery<{ state: string }>(
    database.db,
    `/* test */ select state from billing_order where account_id = $1 and idem_key = 'never-answered'`,
    [accountId],
  )
  expect(other).toEqual({ state: 'expired' })
})
