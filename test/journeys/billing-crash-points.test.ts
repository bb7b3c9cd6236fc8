import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { startLocalPayments, type LocalPayments } from '../../src/local/payments/start-local-payments.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  advanceTopUps,
  applyStripeEvents,
  buyCredits,
  createProvider,
  setTopUp,
  syncDirty,
  type BillingDeps,
} from '../../src/slices/billing/index.js'
import { bucketsOf, spend } from '../support/builders/credits.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { compileProgram, runCommand } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import { anInstallation, type Installation, type ProgramProcess } from '../support/installation.js'

// A process ends itself at a named place between money and credits, and another one goes on.

let world: Installation
let payments: LocalPayments
let deps: BillingDeps
let api: ProgramProcess
let env: Record<string, string>

beforeAll(async () => {
  compileProgram()
  payments = await startLocalPayments()
  env = {
    STRIPE_SECRET_KEY: payments.secretKey,
    STRIPE_WEBHOOK_SECRET: payments.webhookSecret,
    STRIPE_API_BASE_URL: payments.url,
  }
  world = await anInstallation({ env })
  const provider = {
    secretKey: payments.secretKey,
    webhookSecrets: [payments.webhookSecret],
    apiBaseUrl: payments.url,
    timeoutMs: 10_000,
    retriesMax: 1,
    publicBaseUrl: 'http://tollgate.test',
  }
  const quiet = { info: () => undefined, warn: () => undefined }
  deps = {
    db: world.db,
    clock: systemClock,
    log: quiet,
    publicBaseUrl: 'http://tollgate.test',
    provider: createProvider(provider),
  }
  api = await world.startApi()
  listenAt(api)
}, 240_000)

afterAll(async () => {
  await payments.stop()
  await world.stop()
}, 60_000)

function listenAt({ url }: ProgramProcess): void {
  payments.control.change({ webhooks: { url: `${url}/webhooks/stripe`, delayMs: 5 } })
}

/** Pays for 1,000 credits; the payment's id. */
async function paidPack(accountId: AccountId): Promise<string> {
  const bought = await buyCredits(deps, { accountId, code: 'credits_1000', idempotencyKey: accountId })
  if (!bought.ok || bought.order.sessionId === null) throw new Error('there is no page')
  expect(payments.control.pay(bought.order.sessionId)).toBe('paid')
  return payments.state.sessions.get(bought.order.sessionId)!.payment_intent!
}

/** What another worker does all the time, until the account has what it must have. */
async function becomes(accountId: AccountId, buckets: Record<string, number>): Promise<void> {
  await eventually(
    async () => {
      await applyStripeEvents(deps)
      await syncDirty(deps, { limit: 100 })
      await readQuery(
        world.db,
        `/* test */ update top_up set look_at = now() - interval '1 second' where ended_at is null`,
      )
      await advanceTopUps(deps)
      const now: Record<string, number> = { ...(await bucketsOf(world.db, accountId)) }
      return Object.entries(buckets).every(([name, credits]) => now[name] === credits)
    },
    { timeoutMs: 120_000, intervalMs: 200, what: `credits of ${JSON.stringify(buckets)}` },
  )
  // I5 asks for the messages of what was spent; here credits are spent without any.
  const broken = (await runAudit(world.db)).findings.filter(({ id, breaches }) => breaches > 0 && id !== 'I5')
  expect(broken).toEqual([])
}

async function doomedWorker(point: string): Promise<ProgramProcess> {
  return world.startWorker({ CRASH_AT: point })
}

test.each([
  ['events are applied and not committed', 'billing.applyEvents:written'],
  ['events are applied and nothing is fetched', 'billing.applyEvents:committed'],
  ['a purchase is granted and not committed', 'billing.sync.payment:written'],
  ['a purchase is granted and nobody has been told', 'billing.sync.payment:committed'],
])(
  'a worker dies when %s: the pack is granted once',
  async (_when, point) => {
    const accountId = await aSendingAccount(world.db, 0)
    const doomed = await doomedWorker(point)
    await paidPack(accountId)
    expect(await doomed.ended).toBe('SIGKILL')
    await becomes(accountId, { available: 1_000, debt: 0 })
  },
  240_000,
)

test('a worker dies when a refund is taken back and not committed: it is taken back once, and what was spent is owed', async () => {
  const accountId = await aSendingAccount(world.db, 0)
  const paymentId = await paidPack(accountId)
  await becomes(accountId, { available: 1_000 })
  await spend(world.db, accountId, 600)

  const doomed = await doomedWorker('billing.sync.payment:written')
  payments.control.refund(paymentId)
  expect(await doomed.ended).toBe('SIGKILL')
  await becomes(accountId, { available: 0, debt: 600 })
}, 240_000)

test.each([
  ['the top-up is written and nothing is charged', 'billing.startTopUp:committed'],
  ['the charge is about to be posted', 'billing.countPost:committed'],
  ['the card is charged and nobody has written it down', 'billing.takeAnswer:written'],
  ['the answer is written and nothing is granted', 'billing.takeAnswer:committed'],
])(
  'a worker dies when %s: the card is charged once, and the credits come once',
  async (_when, point) => {
    const accountId = await aSendingAccount(world.db, 0)
    await paidPack(accountId)
    await becomes(accountId, { available: 1_000 })
    const terms = { enabled: true, mode: 'fixed', thresholdCredits: 500, credits: 1_000 } as const
    await setTopUp(deps, accountId, { ...terms, monthlyCapMinor: 5_000 })

    // Before the worker starts: its first look would otherwise find nothing to buy, and die of that.
    await spend(world.db, accountId, 600)

    const doomed = await doomedWorker(point)
    expect(await doomed.ended).toBe('SIGKILL')
    await becomes(accountId, { available: 1_400 })
    const charged = [...payments.state.intents.values()].filter(
      (intent) => intent.metadata['account_id'] === accountId && 'top_up_id' in intent.metadata,
    )
    expect(charged.map((intent) => intent.status)).toEqual(['succeeded'])
  },
  240_000,
)

test.each([
  ['an event is about to be stored', 'webhooks.store:begins'],
  ['an event is stored and not acknowledged', 'webhooks.store:committed'],
])(
  'the API dies when %s: the provider comes again, and the pack is granted once',
  async (_when, point) => {
    const accountId = await aSendingAccount(world.db, 0)
    const doomed = await world.startApi({ CRASH_AT: point })
    listenAt(doomed)
    await paidPack(accountId)
    expect(await doomed.ended).toBe('SIGKILL')

    // At the same address, as after a restart.
    const again = await world.startApi({ PORT: new URL(doomed.url).port })
    await becomes(accountId, { available: 1_000, debt: 0 })
    again.kill('SIGTERM')
    expect(await again.ended).toBe(0)
    listenAt(api)
  },
  240_000,
)

test('doctor and the metrics tell how payments stand', async () => {
  const doctor = runCommand('doctor', { ...world.env, ...env })
  expect(await doctor.ended).toBe(0)
  expect(doctor.output()).toMatch(
    /Stripe takes the key \(test mode\) and answers in version 2026-10-28.endive/,
  )
  expect(doctor.output()).toMatch(/last event 20\d\d-.*; \d+ waiting, 0 set aside/)
  expect(doctor.output()).not.toContain(payments.secretKey)

  const wrong = runCommand('doctor', { ...world.env, ...env, STRIPE_SECRET_KEY: 'sk_test_rolled' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain('Stripe does not take the key (test mode): billing.stripe-refused')

  await fetch(`${api.url}/webhooks/stripe`, { method: 'POST', body: '{}' })
  const metrics = await (await fetch(`${api.url}/metrics`)).text()
  expect(metrics).toMatch(/tollgate_billing_waiting\{what="events"\} \d+/)
  expect(metrics).toMatch(/tollgate_billing_last_event_seconds [\d.]+/)
  expect(metrics).toContain('tollgate_billing_webhooks_refused_total{reason="signature-missing"} 1')
}, 240_000)
