import { readQuery } from '../src/platform/db/transaction.js'
import {
  buyCredits,
  cancelPlan,
  changePlan,
  confirmTopUp,
  keepPlan,
  setTopUp,
  startPlan,
  type TopUpId,
} from '../src/slices/billing/index.js'
import { parseId } from '../src/kernel/ids.js'
import type { Stage } from './stage.js'

/** What we know of a plan or a top-up may be old. */
const old = { mayBeRefused: true }

const packs = ['credits_1000', 'credits_2500', 'credits_10000']
const plans = ['plan_starter', 'plan_growth', 'plan_scale']
/** Most pay; some cards are declined, ask the bank, or take their time. */
const cards = [
  ...Array.from({ length: 6 }, () => '4242424242424242'),
  '4000000000000002',
  '4000002760003184',
  '4000000000000077',
]

export function pick<T>(stage: Stage, items: readonly T[]): T {
  const item = items[Math.floor(stage.random.next() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Begins a purchase, sometimes twice at once under one key, and pays, declines or leaves. */
export async function buyPack(stage: Stage): Promise<void> {
  const code = pick(stage, packs)
  const idempotencyKey = `storm-${String(stage.keys.length)}`
  stage.keys.push(idempotencyKey)
  const ask = () =>
    tolerant(() => buyCredits(stage.deps, { accountId: stage.accountId, code, idempotencyKey }))
  const answers = stage.random.next() < 0.3 ? await Promise.all([ask(), ask()]) : [await ask()]
  for (const answer of answers) if (answer?.ok === true) stage.ordered.set(answer.order.id, code)
  payOpenSession(stage)
}

export async function takePlan(stage: Stage): Promise<void> {
  const code = pick(stage, plans)
  const idempotencyKey = `plan-${String(stage.keys.length)}`
  stage.keys.push(idempotencyKey)
  await tolerant(() => startPlan(stage.deps, { accountId: stage.accountId, code, idempotencyKey }))
  payOpenSession(stage)
}

export function payOpenSession(stage: Stage): void {
  const { control, state } = stage.payments
  const open = [...state.sessions.values()].filter((session) => session.status === 'open')
  if (open.length === 0 || stage.random.next() < 0.15) return
  const session = pick(stage, open)
  const result = control.pay(session.id, pick(stage, cards))
  if (result === 'declined' && stage.random.next() < 0.7) control.pay(session.id)
}

/** Answers a bank's question, or lets a slow payment come to its end. */
export function settleWaiting(stage: Stage): void {
  const { control, state } = stage.payments
  for (const intent of [...state.intents.values()]) {
    if (intent.status === 'requires_action') control.answerBank(intent.id, stage.random.next() < 0.7)
    else if (intent.status === 'processing') control.finishSlow(intent.id, stage.random.next() < 0.7)
  }
}

export async function movePlan(stage: Stage): Promise<void> {
  const { accountId, deps } = stage
  const drawn = stage.random.next()
  const idempotencyKey = `move-${String(stage.keys.length)}`
  stage.keys.push(idempotencyKey)
  if (drawn < 0.5)
    await tolerant(() => changePlan(deps, { accountId, code: pick(stage, plans), idempotencyKey }), old)
  else if (drawn < 0.75)
    await tolerant(() => cancelPlan(deps, { accountId, atPeriodEnd: stage.random.next() < 0.7 }), old)
  else await tolerant(() => keepPlan(deps, accountId), old)
}

/** What the provider's own hands and rules do to a subscription: pauses of all causes, words of tomorrow. */
export function shakePlan(stage: Stage): void {
  const { control, state } = stage.payments
  const living = [...state.subscriptions.values()].filter((each) => each.status !== 'canceled')
  if (living.length === 0) return
  const { id, status } = pick(stage, living)
  const drawn = stage.random.next()
  if (drawn < 0.25) control.setSubscription(id, { kind: 'collection', paused: stage.random.next() < 0.5 })
  else if (drawn < 0.45)
    control.setSubscription(id, {
      kind: 'status',
      status: status === 'paused' ? 'active' : 'paused',
      cause: pick(stage, ['final_payment_failure', 'pause_requested', 'system']),
    })
  else if (drawn < 0.6)
    control.setSubscription(id, {
      kind: 'status',
      status: status === 'hibernating' ? 'active' : 'hibernating',
    })
  else if (drawn < 0.7) control.setSubscription(id, { kind: 'end' })
}

export async function chooseTopUp(stage: Stage): Promise<void> {
  const mode = stage.random.next() < 0.5 ? 'fixed' : 'target'
  // Near what there is, so that the next texts cross it; above it, so that it is crossed already.
  const thresholdCredits = Math.max(50, Math.floor((await availableOf(stage)) * pick(stage, [0.6, 0.9, 1.2])))
  const more = pick(stage, [100, 999, 3_000])
  await setTopUp(stage.deps, stage.accountId, {
    mode,
    thresholdCredits,
    enabled: stage.random.next() < 0.85,
    credits: mode === 'fixed' ? more : thresholdCredits + more,
    monthlyCapMinor: pick(stage, [5_000, 20_000, 100_000]),
  })
}

async function availableOf({ db, accountId }: Stage): Promise<number> {
  const [row] = await readQuery<{ available: number }>(
    db,
    '/* storm.available */ select available::int from credit_balance where account_id = $1',
    [accountId],
  )
  return row?.available ?? 0
}

/** Changes what the customer's cards do from now on. */
export function changeCards(stage: Stage): void {
  const { control, state } = stage.payments
  const behaviour = pick(stage, [
    { kind: 'ok' },
    { kind: 'ok' },
    { kind: 'decline', declineCode: 'insufficient_funds' },
    { kind: 'decline', declineCode: 'lost_card' },
    { kind: 'decline', declineCode: 'generic_decline', adviceCode: 'do_not_try_again' },
    { kind: 'authenticate' },
    { kind: 'slow' },
  ] as const)
  for (const id of state.methods.keys()) control.setCard(id, behaviour)
}

/** The customer follows the link of a top-up that waits for their bank. */
export async function followLink(stage: Stage): Promise<void> {
  const [row] = await readQuery<{ id: string }>(
    stage.db,
    `/* storm.waiting */ select id from top_up where account_id = $1 and state = 'requires_action'`,
    [stage.accountId],
  )
  const topUpId = row === undefined ? null : parseId<TopUpId>(row.id)
  if (topUpId === null) return
  await tolerant(() => confirmTopUp(stage.deps, { accountId: stage.accountId, topUpId }), old)
}

/**
 * What a caller does when the provider cannot be used: nothing, and perhaps again later. A refusal is a mistake of the
 * program, unless it asked about something that has changed meanwhile.
 */
export async function tolerant<T>(
  call: () => Promise<T>,
  options: { mayBeRefused?: boolean } = {},
): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'billing.stripe-unavailable') return null
    if (code === 'billing.stripe-refused' && options.mayBeRefused === true) return null
    throw error
  }
}
