import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startLocalPayments, type LocalPayments } from '../../src/local/payments/start-local-payments.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { createBillingLoop } from '../../src/slices/billing/index.js'
import type { ConsumerLoop } from '../../src/slices/webhooks/index.js'
import { spend } from '../support/builders/credits.js'
import { eventually } from '../support/eventually.js'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeAdmin, makeMember, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

// Real HTTP all the way: the API, the SDK, the payment page, the signed webhook, and the loop of a worker.

let payments: LocalPayments
let server: TestApp
let loop: ConsumerLoop
let account: TestAccount
let owner: GraphqlClient

beforeAll(async () => {
  payments = await startLocalPayments()
  server = await startTestApp({
    config: {
      billing: {
        secretKey: payments.secretKey,
        webhookSecrets: [payments.webhookSecret],
        apiBaseUrl: payments.url,
      },
    },
  })
  payments.control.change({ webhooks: { url: `${server.url}/webhooks/stripe`, delayMs: 5, duplicated: 0.5 } })
  loop = createBillingLoop({ ...server.app.billing!, log: silentLogger }, { pollMs: 50, limit: 100 })
  loop.start()
  account = await makeAccount(server.app)
  owner = server.as(account.owner.token)
})

afterAll(async () => {
  await payments.stop()
  await loop.drain()
  await server.stop()
})

const BUY = `mutation ($code: ShortText!, $key: IdempotencyKey!) { buyCredits(code: $code, idempotencyKey: $key) {
  ... on BillingOrder { id state credits sessionUrl } ... on Refused { reason } } }`
const SET = `mutation ($credits: Credits!) { setTopUp(enabled: true, thresholdCredits: 500, mode: FIXED, credits: $credits, monthlyCapMinor: 4000) {
  ... on Billing { hasCard topUp { enabled credits disabledReason } } ... on Refused { reason } } }`

async function available(): Promise<number> {
  const { creditBalance } = await owner.data<{ creditBalance: { available: number } }>(
    '{ creditBalance { available } }',
  )
  return creditBalance.available
}

async function payAt(url: string, card = '4242424242424242'): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams({ card }), redirect: 'manual' })
}

test('credits are bought at the page of an order, come by webhook, and are told to who listens', async () => {
  const socket = await server.socket(account.owner.token)
  const events = socket.run('subscription { billingEvents { kind state credits subjectId } }')
  const { buyCredits: order } = await owner.data<{ buyCredits: Record<string, string> }>(BUY, {
    code: 'credits_1000',
    key: 'first-order',
  })
  expect(order).toMatchObject({ state: 'OPEN', credits: 1000 })

  expect((await payAt(order['sessionUrl']!, '4000000000000002')).status).toBe(402)
  const paid = await payAt(order['sessionUrl']!)
  expect(paid.status).toBe(303)
  expect(paid.headers.get('location')).toContain('/billing/paid')
  await eventually(async () => (await available()) === 1000)

  const { billingOrders, billingPayments } = await owner.data<Record<string, { edges: { node: object }[] }>>(
    '{ billingOrders { edges { node { state code } } } billingPayments { edges { node { status receivedMinor receiptUrl } } } }',
  )
  expect(billingOrders!.edges).toEqual([{ node: { state: 'PAID', code: 'credits_1000' } }])
  expect(billingPayments!.edges).toMatchObject([{ node: { status: 'succeeded', receivedMinor: 1500 } }])
  await eventually(() => events.received.some((each) => JSON.stringify(each).includes('"kind":"purchase"')))
  socket.close()
})

test('what may not be bought is refused in words, and only by owners', async () => {
  expect(await owner.data(BUY, { code: 'plan_scale', key: 'not-a-pack' })).toEqual({
    buyCredits: { reason: 'not-for-sale' },
  })
  expect(await owner.data(BUY, { code: 'credits_2500', key: 'first-order' })).toEqual({
    buyCredits: { reason: 'idempotency-key-reused' },
  })
  const operator = await makeMember(server.app, account.accountId, 'operator')
  expect(await server.as(operator.token).errorCode(BUY, { code: 'credits_1000', key: 'mine-now' })).toBe(
    'FORBIDDEN',
  )
})

test('automatic top-up charges the saved card when a hold crosses the threshold', async () => {
  expect(await owner.data(SET, { credits: 90_000 })).toEqual({ setTopUp: { reason: 'cap-too-small' } })
  expect(await owner.data(SET, { credits: 1000 })).toMatchObject({
    setTopUp: { hasCard: true, topUp: { enabled: true, credits: 1000 } },
  })

  await spend(server.app.db, account.accountId, 600)

  await eventually(async () => (await available()) === 1400)
})

test('a plan is taken out, changed and cancelled; the portal opens', async () => {
  const START = `mutation { startPlan(code: "plan_growth", idempotencyKey: "the-plan") { ... on BillingOrder { sessionUrl } ... on Refused { reason } } }`
  const { startPlan } = await owner.data<{ startPlan: { sessionUrl: string } }>(START)
  await payAt(startPlan.sessionUrl)
  const status = async (): Promise<string> => {
    const answer = await owner.data<{ billing: { subscription: { status: string; code: string } | null } }>(
      '{ billing { subscription { status code } } }',
    )
    return `${answer.billing.subscription?.code ?? ''} ${answer.billing.subscription?.status ?? ''}`
  }
  await eventually(async () => (await status()) === 'plan_growth trialing')

  const change = `mutation { changePlan(code: "plan_scale", idempotencyKey: "the-change") { ... on Billing { subscription { code } } ... on Refused { reason } } }`
  expect(await owner.data(change)).toEqual({ changePlan: { subscription: { code: 'plan_scale' } } })
  const cancel = `mutation { cancelPlan(atPeriodEnd: false) { ... on Billing { subscription { status } } ... on Refused { reason } } }`
  expect(await owner.data(cancel)).toEqual({ cancelPlan: { subscription: { status: 'canceled' } } })
  expect(await owner.data(cancel)).toEqual({ cancelPlan: { reason: 'no-plan' } })
  expect(
    await owner.data(
      'mutation { openBillingPortal { ... on BillingLink { url } ... on Refused { reason } } }',
    ),
  ).toMatchObject({ openBillingPortal: { url: expect.stringContaining('/portal/') } })
})

test('administrators see what makes no sense and correct it; others do not', async () => {
  const admin = server.as((await makeAdmin(server.app)).token)
  expect(await admin.data('{ billingDifferences { id what } }')).toEqual({ billingDifferences: [] })
  expect(
    await admin.data('mutation { correctBillingDifference(id: "7") { ... on Refused { reason } } }'),
  ).toEqual({ correctBillingDifference: { reason: 'not-found' } })
  expect(await owner.errorCode('{ billingDifferences { id } }')).toBe('FORBIDDEN')
})

test('without a payment provider nothing is sold, and the webhook is not there', async () => {
  const plain = await startTestApp()
  try {
    const made = await makeAccount(plain.app)
    expect(await plain.as(made.owner.token).data(BUY, { code: 'credits_1000', key: 'any-key-1' })).toEqual({
      buyCredits: { reason: 'billing-off' },
    })
    expect((await fetch(`${plain.url}/webhooks/stripe`, { method: 'POST', body: '{}' })).status).toBe(404)
  } finally {
    await plain.stop()
  }
})
