import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import type { LocalPayments } from '../../src/local/payments/start-local-payments.js'
import { buyCredits, startPlan, syncDirty } from '../../src/slices/billing/index.js'
import { work } from '../../payments-storm/program-steps.js'
import { openStage, type Stage } from '../../payments-storm/stage.js'

let opened = 0

/** One account with its provider, nothing failing and nothing lost; events wait until `settle` delivers them. */
export async function aBillingStage(db: Db): Promise<Stage> {
  opened += 1
  return openStage(db, opened, 10_000 + opened, { faultless: true })
}

/** Delivers everything and lets the workers do what there is to do, until nothing is left. */
export async function settle(stage: Stage): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await stage.post.deliver(stage.door, true)
    await work(stage)
    await syncDirty(stage.deps, { limit: 100 })
  }
}

let lastKey = 0

/** A pack, paid with a good card, and its payment's id. */
export async function aPaidPack(stage: Stage, code = 'credits_1000'): Promise<string> {
  const { sessionId } = await anOrder(stage, code)
  const result = stage.payments.control.pay(sessionId)
  if (result !== 'paid') throw new Error(`the session is ${result}`)
  return paymentOf(stage.payments, sessionId)
}

export async function anOrder(
  stage: Stage,
  code = 'credits_1000',
): Promise<{ orderId: string; sessionId: string }> {
  lastKey += 1
  const idempotencyKey = `test-${String(lastKey)}`
  const bought = await buyCredits(stage.deps, { accountId: stage.accountId, code, idempotencyKey })
  if (!bought.ok || bought.order.sessionId === null) throw new Error('there is no order')
  stage.ordered.set(bought.order.id, code)
  return { orderId: bought.order.id, sessionId: bought.order.sessionId }
}

export function paymentOf(payments: LocalPayments, sessionId: string): string {
  const id = payments.state.sessions.get(sessionId)?.payment_intent
  if (id == null) throw new Error('the session has no payment')
  return id
}

/** A subscription, taken out with a good card and without a trial, and its id. */
export async function aPlan(stage: Stage, code = 'plan_scale'): Promise<string> {
  lastKey += 1
  const idempotencyKey = `test-${String(lastKey)}`
  const begun = await startPlan(stage.deps, { accountId: stage.accountId, code, idempotencyKey })
  if (!begun.ok || begun.order.sessionId === null) throw new Error('there is no order')
  stage.payments.control.pay(begun.order.sessionId)
  await settle(stage)
  const id = stage.payments.state.sessions.get(begun.order.sessionId)?.subscription
  if (id == null) throw new Error('the session has no subscription')
  return id
}

export interface CreditsNow {
  available: number
  held: number
  spent: number
  expired: number
  debt: number
}

export async function creditsOf({ db, accountId }: Stage): Promise<CreditsNow> {
  const [row] = await readQuery<CreditsNow>(
    db,
    `/* test.creditsOf */ select available::int, held::int, spent::int, expired::int, debt::int from credit_balance where account_id = $1`,
    [accountId],
  )
  if (row === undefined) throw new Error('the account has no balance')
  return row
}

export async function controlOf({ db, accountId }: Stage): Promise<{ state: string; freeze: string | null }> {
  const [row] = await readQuery<{ state: string; freeze: string | null }>(
    db,
    `/* test.controlOf */ select subscription_state as state, billing_freeze as freeze from account_control where account_id = $1`,
    [accountId],
  )
  if (row === undefined) throw new Error('the account has no control row')
  return row
}

/** Lots as "source amount", oldest first. */
export async function lotsOf({ db, accountId }: Stage): Promise<string[]> {
  const rows = await readQuery<{ lot: string }>(
    db,
    `/* test.lotsOf */ select source || ' ' || amount as lot from credit_lot where account_id = $1 order by lot_no`,
    [accountId],
  )
  return rows.map((row) => row.lot)
}
