import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { signBody } from '../../src/local/payments/deliver-events.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { applyStripeEvents, stripeWebhook, type StripeWebhookDeps } from '../../src/slices/billing/index.js'
import { createInbox, listQuarantined, replayWebhook } from '../../src/slices/webhooks/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock } from '../support/fixed-clock.js'

const secret = 'whsec_test'
const clock = fixedClock()
const nowSeconds = Math.floor(clock.now().toSeconds())
let database: TestDatabase
let refusals: string[]
let nextEvent = 0

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(() => database.drop())

beforeEach(() => {
  refusals = []
})

function door(changes: Partial<StripeWebhookDeps> = {}) {
  return stripeWebhook({
    inbox: createInbox(database.db),
    clock,
    log: {
      info: () => undefined,
      warn: (fields) => refusals.push(String(fields['reason'])),
    },
    webhookSecrets: [secret],
    livemode: false,
    ...changes,
  })
}

function anEvent(fields: Record<string, unknown> = {}): { id: string; body: string } {
  nextEvent += 1
  const id = `evt_${String(nextEvent)}`
  const event = {
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    livemode: false,
    type: 'payment_intent.succeeded',
    data: { object: { id: `pi_${String(nextEvent)}`, object: 'payment_intent' } },
    ...fields,
  }
  return { id, body: JSON.stringify(event) }
}

async function post(
  body: string,
  signature = signBody(body, secret, nowSeconds),
  at = door(),
): Promise<number> {
  return (await at.answer({ headers: { 'stripe-signature': signature }, rawBody: Buffer.from(body) })).status
}

async function stored(id: string): Promise<{ body: string; outcome: string | null }[]> {
  return readQuery(
    database.db,
    `/* test */ select params ->> 'body' as body, outcome from webhook_inbox where provider = 'stripe' and dedupe_key = $1`,
    [id],
  )
}

test('an event is stored as its exact bytes under its own id before it is acknowledged, and kept once', async () => {
  const { id, body } = anEvent()

  const answers = await Promise.all([post(body), post(body), post(body)])

  expect(answers).toEqual([200, 200, 200])
  expect(await stored(id)).toEqual([{ body, outcome: null }])
})

test('a signature that is 400 seconds old is refused, and the refusal is logged', async () => {
  const { id, body } = anEvent()

  expect(await post(body, signBody(body, secret, nowSeconds - 400))).toBe(400)
  expect(await post(body, signBody(body, secret, nowSeconds - 299))).toBe(200)

  expect(await stored(id)).toHaveLength(1)
  expect(refusals).toEqual(['signature-wrong'])
})

test('a wrong secret, a missing signature and a body that was written anew are refused', async () => {
  const { id, body } = anEvent()

  expect(await post(body, signBody(body, 'whsec_other', nowSeconds))).toBe(400)
  expect(await post(body, '')).toBe(400)
  expect(await post(JSON.stringify(JSON.parse(body), null, 1), signBody(body, secret, nowSeconds))).toBe(400)

  expect(await stored(id)).toEqual([])
  expect(refusals).toEqual(['signature-wrong', 'signature-missing', 'signature-wrong'])
})

test('both secrets are good while they are being replaced', async () => {
  const { body } = anEvent()
  const at = door({ webhookSecrets: ['whsec_new', secret] })

  expect(await post(body, signBody(body, secret, nowSeconds), at)).toBe(200)
  expect(await post(body, signBody(body, 'whsec_new', nowSeconds), at)).toBe(200)
})

test('an event of the other mode is refused', async () => {
  const { id, body } = anEvent({ livemode: true })

  expect(await post(body)).toBe(400)

  expect(await stored(id)).toEqual([])
  expect(refusals).toEqual(['other-mode'])
})

test('an event of another API version is set aside and visible, and its object is fetched all the same', async () => {
  const { id, body } = anEvent({ api_version: '2020-08-27', data: { object: { id: 'pi_of_old' } } })
  const deps = { db: database.db, clock, log: { warn: () => undefined } }
  await post(body)

  await applyStripeEvents(deps)

  const [webhook] = (await listQuarantined(deps, { afterId: null, limit: 10 })).filter(
    (each) => each.problem === 'billing.api-version',
  )
  expect(webhook).toMatchObject({ provider: 'stripe', route: 'payment_intent.succeeded' })
  expect(await stored(id)).toEqual([{ body, outcome: null }])
  const marked = await readQuery(
    database.db,
    `/* test */ select id from stripe_object where id = 'pi_of_old'`,
  )
  expect(marked).toHaveLength(1)
  expect(await replayWebhook(deps, { id: webhook!.id, actor: 'admin:test' })).toMatchObject({ ok: true })
})

test('an event that says nothing about our objects is applied and marks nothing', async () => {
  const { id, body } = anEvent({ type: 'balance.available', data: { object: { id: 'whatever' } } })
  await post(body)

  await applyStripeEvents({ db: database.db, clock, log: { warn: () => undefined } })

  expect(await stored(id)).toEqual([{ body, outcome: 'of-no-object' }])
})
