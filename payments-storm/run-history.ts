import type { Db } from '../src/platform/db/data-source.js'
import { readQuery } from '../src/platform/db/transaction.js'
import {
  buyPack,
  changeCards,
  chooseTopUp,
  followLink,
  movePlan,
  payOpenSession,
  settleWaiting,
  shakePlan,
  takePlan,
} from './customer-steps.js'
import { disputeSome, moveSomeDispute, moveSomeRefund, refundSome, warnSome } from './money-steps.js'
import { judge, type Verdict } from './oracle.js'
import { comeToRest, lookUpEvents, passHours, work } from './program-steps.js'
import { sendSome, settleSome } from './sending-steps.js'
import { openStage, type Stage } from './stage.js'

export interface HistoryResult extends Verdict {
  seed: number
  events: number
  deliveries: number
  lost: number
  missedEvents: number
  topUps: number
  payments: number
  invoices: number
  refunds: number
  disputes: number
  claimed: number
  claimedWhileForbidden: number
  forgedTaken: number
  steps: string[]
}

type Step = (stage: Stage) => Promise<void> | void

/** Names with their weights. */
const steps: readonly (readonly [string, number, Step])[] = [
  ['buy', 5, buyPack],
  ['plan', 3, takePlan],
  ['pay', 3, payOpenSession],
  ['answer', 3, settleWaiting],
  ['move-plan', 2, movePlan],
  ['shake-plan', 1, shakePlan],
  ['top-up', 5, chooseTopUp],
  ['cards', 2, changeCards],
  ['link', 2, followLink],
  ['refund', 3, refundSome],
  ['move-refund', 2, moveSomeRefund],
  ['dispute', 1, disputeSome],
  ['move-dispute', 3, moveSomeDispute],
  ['warn', 1, warnSome],
  ['send', 12, sendSome],
  ['settle', 6, (stage) => settleSome(stage)],
  ['hour', 5, (stage) => passHours(stage, 1)],
  ['days', 4, (stage) => passHours(stage, 24 * Math.ceil(stage.random.next() * 12))],
  ['work', 10, work],
  ['look-up', 1, lookUpEvents],
]

const STEPS_MIN = 25
const STEPS_SPREAD = 30

/** One account's life with money, under its seed: the same seed gives the same one. */
export async function runHistory(db: Db, seed: number, number: number): Promise<HistoryResult> {
  const stage = await openStage(db, seed, number)
  const trail: string[] = []
  const broken: string[] = []
  try {
    const length = STEPS_MIN + Math.floor(stage.random.next() * STEPS_SPREAD)
    await begin(stage)
    for (let count = 0; count < length; count += 1) {
      const [name, , step] = draw(stage)
      trail.push(name)
      await step(stage)
      broken.push(...(await breachesNow(stage)).map((what) => `after ${name}: ${what}`))
    }
    await settleSome(stage, true)
    await comeToRest(stage)
    const verdict = await judge(stage)
    const { post, counts } = stage
    const { intents, invoices, refunds, disputes } = stage.payments.state
    return {
      ...verdict,
      ...counts,
      seed,
      steps: trail,
      ledgerMismatches: verdict.ledgerMismatches + broken.length,
      problems: [...verdict.problems, ...broken],
      payments: [...intents.values()].filter((intent) => intent.status === 'succeeded').length,
      invoices: [...invoices.values()].filter((invoice) => invoice.status === 'paid').length,
      refunds: refunds.size,
      disputes: disputes.size,
      events: post.counts.events,
      deliveries: post.counts.deliveries,
      lost: post.counts.lost,
      forgedTaken: post.counts.forgedTaken,
    }
  } catch (error) {
    throw new Error(`history ${String(seed)} after ${trail.join(' ')}`, { cause: error })
  } finally {
    await stage.close()
  }
}

/** Most accounts are customers already when their history begins: without money nothing else is at stake. */
async function begin(stage: Stage): Promise<void> {
  if (stage.random.next() < 0.2) return
  await buyPack(stage)
  if (stage.random.next() < 0.5) await takePlan(stage)
  await passHours(stage, 1)
  await work(stage)
  if (stage.random.next() < 0.6) await chooseTopUp(stage)
}

function draw(stage: Stage): (typeof steps)[number] {
  const total = steps.reduce((sum, [, weight]) => sum + weight, 0)
  let left = stage.random.next() * total
  for (const step of steps) {
    left -= step[1]
    if (left < 0) return step
  }
  throw new Error('a step is drawn')
}

/** What must hold after each step, for this account: the whole audit runs over all of them at the end. */
async function breachesNow({ db, accountId }: Stage): Promise<string[]> {
  const rows = await readQuery<{ what: string }>(
    db,
    `/* storm.breaches */
     with moved as (
       select sum(amount) filter (where ledger_account = 'available') as available, sum(amount) filter (where ledger_account = 'held') as held,
         sum(amount) filter (where ledger_account = 'spent') as spent, sum(amount) filter (where ledger_account = 'expired') as expired,
         -sum(amount) filter (where ledger_account = 'debt') as debt
       from ledger_entry where account_id = $1)
     select 'balance is not its ledger' as what from credit_balance b, moved m where b.account_id = $1
       and (b.available, b.held, b.spent, b.expired, b.debt) is distinct from (coalesce(m.available, 0), coalesce(m.held, 0),
         coalesce(m.spent, 0), coalesce(m.expired, 0), coalesce(m.debt, 0))
     union all
     select 'available beside a debt' from credit_balance where account_id = $1 and available > 0 and debt > 0
     union all
     select 'purchase ' || p.id || ' is not its lots' from billing_purchase p left join lateral (
       select sum(l.amount) filter (where b.kind = 'grant') as granted,
         coalesce(sum(t.taken), 0) - coalesce(sum(l.amount) filter (where b.kind = 'restore'), 0) as clawed
       from billing_lot b join credit_lot l using (account_id, lot_no) left join lateral (
         select sum(amount) as taken from credit_transfer t where t.account_id = b.account_id and t.lot_no = b.lot_no
           and t.kind in ('clawback', 'debt_charge')) t on true
       where b.purchase_id = p.id) x on true
     where p.account_id = $1 and (p.credits, p.clawed_credits) is distinct from (coalesce(x.granted, 0), coalesce(x.clawed, 0))
     union all
     select 'two top-ups at once' from top_up where account_id = $1 and ended_at is null having count(*) > 1
     union all
     select 'a month above its cap' from top_up_month where account_id = $1 and committed_minor > cap_minor`,
    [accountId],
  )
  return rows.map((row) => row.what)
}
