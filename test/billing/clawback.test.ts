import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { syncPayment } from '../../src/slices/billing/sync-payment.js'
import type { Stage } from '../../payments-storm/stage.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { spend } from '../support/builders/credits.js'
import { aBillingStage, aPaidPack, controlOf, creditsOf, settle } from './billing-stage.js'

let database: TestDatabase
let stage: Stage
let paymentId: string

beforeAll(async () => {
  database = await createTestDatabase()
})

beforeEach(async () => {
  stage = await aBillingStage(database.db)
  paymentId = await aPaidPack(stage)
  await settle(stage)
})

afterEach(() => stage.close())

afterAll(() => database.drop())

test('a refund in parts takes the share of the credits, rounded up, and the last part the rest', async () => {
  const { control } = stage.payments
  control.refund(paymentId, 1)
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 999 })

  control.refund(paymentId, 499)
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 666 })

  control.refund(paymentId)
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 0, debt: 0 })
})

test('a refund that fails gives the credits back, and a refund and a dispute together take no more than all', async () => {
  const { control } = stage.payments
  const refund = control.refund(paymentId, 600)
  const dispute = control.dispute(paymentId)
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 0, debt: 0 })

  control.moveDispute(dispute, 'won')
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 600 })

  control.moveRefund(refund, 'failed')
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 1000, debt: 0 })
})

test('what is spent becomes debt that blocks sending, and the next purchase pays it first', async () => {
  await spend(stage.db, stage.accountId, 700)
  stage.payments.control.refund(paymentId)
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 0, debt: 700, spent: 700 })

  await aPaidPack(stage)
  await settle(stage)

  expect(await creditsOf(stage)).toMatchObject({ available: 300, debt: 0 })
})

test('only the lots of the payment itself are taken', async () => {
  await aPaidPack(stage, 'credits_2500')
  await settle(stage)
  await spend(stage.db, stage.accountId, 400)

  stage.payments.control.refund(paymentId)
  await settle(stage)

  // 400 of the first lot were spent: the other lot pays for them, as a debt that is repaid at once.
  expect(await creditsOf(stage)).toMatchObject({ available: 2100, debt: 0, spent: 400 })
})

test('an open dispute freezes sending and switches top-up off; an inquiry moves no credits', async () => {
  const inquiry = stage.payments.control.dispute(paymentId, { inquiry: true })
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ freeze: expect.any(String) })
  expect(await creditsOf(stage)).toMatchObject({ available: 1000 })

  stage.payments.control.moveDispute(inquiry, 'withdraw')
  await settle(stage)
  expect(await creditsOf(stage)).toMatchObject({ available: 0 })

  stage.payments.control.moveDispute(inquiry, 'lost')
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ freeze: null })
  expect(await creditsOf(stage)).toMatchObject({ available: 0, debt: 0 })

  stage.payments.control.moveDispute(inquiry, 'appeal')
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ freeze: expect.any(String) })

  stage.payments.control.moveDispute(inquiry, 'won')
  await settle(stage)
  expect(await controlOf(stage)).toMatchObject({ freeze: null })
  expect(await creditsOf(stage)).toMatchObject({ available: 1000 })
})

test('a slow fetch that began earlier never overwrites what a later one has seen', async () => {
  const { provider } = stage.deps
  let answerSlow = (): void => undefined
  const slowBegan = new Promise<void>((began) => {
    const held = new Promise<void>((resolve) => (answerSlow = resolve))
    const slow = {
      ...stage.deps,
      provider: {
        ...provider,
        fetchPayment: async (id: string) => {
          const fetched = await provider.fetchPayment(id)
          began()
          await held
          return fetched
        },
      },
    }
    void syncPayment(slow, paymentId).then((outcome) => (slowOutcome = outcome))
  })
  let slowOutcome = 'waiting'
  await slowBegan
  stage.payments.control.refund(paymentId)
  await settle(stage)
  answerSlow()
  for (let look = 0; look < 100 && slowOutcome === 'waiting'; look += 1)
    await new Promise((again) => setTimeout(again, 10))

  expect(slowOutcome).toBe('stale')
  expect(await creditsOf(stage)).toMatchObject({ available: 0 })
  const [payment] = await readQuery<{ refunded: number }>(
    stage.db,
    '/* test */ select refunded_minor::int as refunded from billing_payment where id = $1',
    [paymentId],
  )
  expect(payment).toEqual({ refunded: 1500 })
})
