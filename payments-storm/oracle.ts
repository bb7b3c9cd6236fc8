import { DateTime } from 'luxon'
import type { Invoice, InvoiceLine } from '../src/local/payments/objects.js'
import type { PaymentState } from '../src/local/payments/payment-state.js'
import { readQuery } from '../src/platform/db/transaction.js'
import type { Stage } from './stage.js'

/**
 * What the ledger must hold, worked out again from the provider's objects and from the rules in words. Shares no line with
 * the program: its own price list, its own arithmetic.
 */
const packs: Readonly<Record<string, { credits: number; cents: number }>> = {
  credits_1000: { credits: 1_000, cents: 1_500 },
  credits_2500: { credits: 2_500, cents: 3_500 },
  credits_10000: { credits: 10_000, cents: 12_000 },
}
const plans: Readonly<Record<string, { credits: number; trial: number }>> = {
  tollgate_plan_starter: { credits: 1_000, trial: 100 },
  tollgate_plan_growth: { credits: 5_000, trial: 100 },
  tollgate_plan_scale: { credits: 25_000, trial: 0 },
}

interface Expected {
  /** Credits by origin. */
  lots: Map<string, number>
  /** Of all of them, how many are not the customer's any more. */
  takenBack: number
}

/** By purchase: `pi:…` or `in:…`. */
export function expectedPurchases(stage: Stage): Map<string, Expected> {
  const { state } = stage.payments
  const expected = new Map<string, Expected>()
  for (const intent of state.intents.values()) {
    if (intent.status !== 'succeeded') continue
    const credits = creditsOf(stage, intent.metadata, intent.amount)
    if (credits === null) continue
    const origin = `pi:${intent.id}`
    expected.set(origin, {
      lots: new Map([[origin, credits]]),
      takenBack: share(credits, goneOf(state, [intent.id]), intent.amount_received),
    })
  }
  for (const invoice of state.invoices.values()) {
    if (invoice.status !== 'paid') continue
    const lots = invoiceLots(state, invoice)
    if (lots.size === 0) continue
    const credits = [...lots.values()].reduce((sum, each) => sum + each, 0)
    const paidBy = [...state.invoicePayments.values()]
      .filter((payment) => payment.invoice === invoice.id && payment.status === 'paid')
      .map((payment) => payment.payment.payment_intent)
    expected.set(`in:${invoice.id}`, {
      lots,
      takenBack: share(credits, goneOf(state, paidBy), invoice.amount_paid),
    })
  }
  return expected
}

function creditsOf(stage: Stage, metadata: Record<string, string>, cents: number): number | null {
  const { order_id: orderId, top_up_id: topUpId } = metadata
  if (orderId !== undefined) {
    const pack = packs[stage.ordered.get(orderId) ?? '']
    if (pack !== undefined) return pack.credits
    return Object.values(packs).find((each) => each.cents === cents)?.credits ?? null
  }
  // A thousand credits for fifteen dollars, rounded up to whole cents.
  return topUpId === undefined ? null : Math.floor((cents * 1_000) / 1_500)
}

function goneOf(state: PaymentState, intentIds: readonly string[]): number {
  let cents = 0
  for (const refund of state.refunds.values())
    if (intentIds.includes(refund.payment_intent) && !['failed', 'canceled'].includes(refund.status))
      cents += refund.amount
  for (const dispute of state.disputes.values())
    if (intentIds.includes(dispute.payment_intent))
      cents -= dispute.balance_transactions.reduce((sum, moved) => sum + moved.amount, 0)
  return cents
}

function share(credits: number, cents: number, ofCents: number): number {
  if (ofCents === 0 || cents <= 0) return 0
  return Math.ceil((credits * Math.min(cents, ofCents)) / ofCents)
}

function invoiceLots(state: PaymentState, invoice: Invoice): Map<string, number> {
  const lots = new Map<string, number>()
  if (invoice.billing_reason === 'subscription_update') return updateLots(state, invoice)
  for (const line of invoice.lines.data) {
    const plan = planOf(state, line)
    const credits = plan === undefined ? 0 : line.amount === 0 ? plan.trial : plan.credits
    if (credits > 0) lots.set(`in:${invoice.id}:${line.id}`, credits)
  }
  return lots
}

/** A period billed whole counts whole; parts of one count against each other. */
function updateLots(state: PaymentState, invoice: Invoice): Map<string, number> {
  const lots = new Map<string, number>()
  let gained = 0
  let place: string | null = null
  for (const line of invoice.lines.data) {
    const plan = planOf(state, line)
    if (plan === undefined || line.amount === 0) continue
    if (isPart(line)) {
      const part = Math.min(
        1,
        (line.period.end - line.period.start) / wholeSeconds(state, invoice, line.period.end),
      )
      gained += Math.sign(line.amount) * plan.credits * part
      if (line.amount > 0) place = line.id
    } else if (line.amount > 0) lots.set(`in:${invoice.id}:${line.id}`, plan.credits)
  }
  if (place !== null && gained >= 1) lots.set(`in:${invoice.id}:${place}`, Math.floor(gained))
  return lots
}

function planOf(state: PaymentState, line: InvoiceLine) {
  return plans[state.prices.get(line.pricing.price_details.price)?.lookup_key ?? '']
}

function isPart(line: InvoiceLine): boolean {
  return line.parent.subscription_item_details.proration
}

/** How long the period is that ends then: as its own invoice billed it, else a month. */
function wholeSeconds(state: PaymentState, { parent }: Invoice, endsAt: number): number {
  const { subscription } = parent.subscription_details
  const whole = [...state.invoices.values()]
    .filter((other) => other.parent.subscription_details.subscription === subscription)
    .flatMap((other) => other.lines.data)
    .find((line) => line.period.end === endsAt && !isPart(line))
  if (whole !== undefined) return endsAt - whole.period.start
  const end = DateTime.fromSeconds(endsAt, { zone: 'utc' })
  return endsAt - end.minus({ months: 1 }).toSeconds()
}

export interface Verdict {
  doubleGrants: number
  missedGrants: number
  ledgerMismatches: number
  problems: string[]
}

interface LotFacts {
  origin: string
  kind: 'grant' | 'restore' | 'rollover'
  purchase_id: string
  amount: number
  taken: number
  expired: number
}

/** Compares the ledger with what must be in it. */
export async function judge(stage: Stage): Promise<Verdict> {
  const verdict: Verdict = { doubleGrants: 0, missedGrants: 0, ledgerMismatches: 0, problems: [] }
  const expected = expectedPurchases(stage)
  const lots = await readLots(stage)
  const granted = new Map(lots.filter((lot) => lot.kind === 'grant').map((lot) => [lot.origin, lot]))
  const wanted = new Map([...expected.values()].flatMap((each) => [...each.lots]))
  for (const [origin, credits] of wanted) {
    const lot = granted.get(origin)
    if (lot === undefined) {
      verdict.missedGrants += 1
      verdict.problems.push(`missed ${origin}: ${String(credits)}`)
    } else if (lot.amount !== credits) {
      verdict.ledgerMismatches += 1
      verdict.problems.push(`${origin} is ${String(lot.amount)}, must be ${String(credits)}`)
    }
  }
  for (const origin of granted.keys())
    if (!wanted.has(origin)) {
      verdict.doubleGrants += 1
      verdict.problems.push(`granted for nothing: ${origin}`)
    }
  for (const [purchaseId, { takenBack }] of expected) {
    const own = lots.filter((lot) => lot.purchase_id === purchaseId)
    const sum = (read: (lot: LotFacts) => number): number => own.reduce((total, lot) => total + read(lot), 0)
    const taken = sum((lot) => lot.taken) - sum((lot) => (lot.kind === 'restore' ? lot.amount : 0))
    // What had expired before it was asked back is not asked for.
    const forgiven = sum((lot) => lot.expired)
    if (taken > takenBack || taken < Math.max(0, takenBack - forgiven)) {
      verdict.ledgerMismatches += 1
      verdict.problems.push(
        `${purchaseId}: ${String(taken)} taken back, must be ${String(takenBack)} (${String(forgiven)} expired)`,
      )
    }
  }
  await judgeControl(stage, verdict)
  await judgeTopUps(stage, verdict)
  return verdict
}

async function readLots({ db, accountId }: Stage): Promise<LotFacts[]> {
  return readQuery<LotFacts>(
    db,
    `/* storm.lots */
     select l.origin, b.kind, b.purchase_id, l.amount::float8 as amount,
       coalesce((select sum(amount) from credit_transfer t where t.account_id = l.account_id and t.lot_no = l.lot_no
         and t.kind in ('clawback', 'debt_charge')), 0)::float8 as taken,
       coalesce((select sum(amount) from credit_transfer t where t.account_id = l.account_id and t.lot_no = l.lot_no
         and t.kind = 'expiry'), 0)::float8 as expired
     from credit_lot l join billing_lot b using (account_id, lot_no) where l.account_id = $1`,
    [accountId],
  )
}

/** The gate lives by the best subscription, and by no open dispute or fraud warning. */
async function judgeControl({ db, accountId, payments, cleared }: Stage, verdict: Verdict): Promise<void> {
  const { state } = payments
  const [row] = await readQuery<{ subscription_state: string; frozen: boolean }>(
    db,
    `/* storm.control */
     select subscription_state, billing_freeze is not null as frozen from account_control where account_id = $1`,
    [accountId],
  )
  const subscriptions = [...state.subscriptions.values()]
  const sends = subscriptions.some(
    (each) => ['active', 'trialing'].includes(each.status) && each.pause_collection === null,
  )
  const maySend = ['active', 'trialing'].includes(row?.subscription_state ?? '')
  if (subscriptions.length > 0 && sends !== maySend) {
    verdict.ledgerMismatches += 1
    verdict.problems.push(`the gate says ${String(row?.subscription_state)}`)
  }
  const disputed = [...state.disputes.values()].some(
    (dispute) => !['won', 'lost', 'warning_closed', 'prevented'].includes(dispute.status),
  )
  const warned = [...state.fraudWarnings.values()].some(
    (warning) => warning.actionable && !cleared.has(warning.payment_intent),
  )
  if ((disputed || warned) !== row?.frozen) {
    verdict.ledgerMismatches += 1
    verdict.problems.push(
      `frozen: ${String(row?.frozen)}, disputed: ${String(disputed)}, warned: ${String(warned)}`,
    )
  }
}

/** One payment for one top-up; no month above its cap, counted from the payments themselves. */
async function judgeTopUps({ db, accountId, payments }: Stage, verdict: Verdict): Promise<void> {
  const paid = new Map<string, number>()
  for (const intent of payments.state.intents.values()) {
    const id = intent.metadata['top_up_id']
    if (id === undefined || intent.status !== 'succeeded') continue
    if (paid.has(id)) {
      verdict.doubleGrants += 1
      verdict.problems.push(`top-up ${id} was charged twice`)
    }
    paid.set(id, intent.amount)
  }
  const rows = await readQuery<{
    id: string
    month: string
    state: string
    cap: number
    committed: number
    amount: number
  }>(
    db,
    `/* storm.topUps */
     select t.id, t.month::text as month, t.state, m.cap_minor::float8 as cap, m.committed_minor::float8 as committed,
       t.amount_minor::float8 as amount
     from top_up t join top_up_month m using (account_id, month) where t.account_id = $1`,
    [accountId],
  )
  const spent = new Map<string, number>()
  for (const row of rows) {
    const counts = paid.has(row.id) || !['failed', 'canceled', 'succeeded'].includes(row.state)
    spent.set(row.month, (spent.get(row.month) ?? 0) + (counts ? row.amount : 0))
    if (paid.has(row.id) !== (row.state === 'succeeded')) {
      verdict.ledgerMismatches += 1
      verdict.problems.push(`top-up ${row.id} is ${row.state}, paid: ${String(paid.has(row.id))}`)
    }
  }
  for (const row of rows)
    if (spent.get(row.month) !== row.committed || row.committed > row.cap) {
      verdict.ledgerMismatches += 1
      verdict.problems.push(`month ${row.month}: ${String(row.committed)} committed of ${String(row.cap)}`)
      return
    }
}
