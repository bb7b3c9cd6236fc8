import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { grantCredits, takeBackCredits } from '../credits/index.js'
import { BILLING_ACTOR } from './billing-deps.js'
import { clawbackTarget } from './domain/clawback.js'
import { creditsExpireAt } from './domain/plan-credits.js'
import {
  changePurchase,
  insertLot,
  lockPurchase,
  lotsOf,
  moneyOf,
  type BillingLot,
  type Purchase,
} from './store/purchases.js'

/**
 * Brings the credits of one purchase in line with its money: the share that went back is taken back from the purchase's
 * own lots, as debt where it was spent; money that came again restores them. It compares states and adds no steps up,
 * so it may run after every fetch, in any order, and changes nothing the second time.
 */
export async function settlePurchase(tx: Tx, accountId: AccountId, purchaseId: string): Promise<void> {
  const purchase = await lockPurchase(tx, accountId, purchaseId)
  if (purchase === null || purchase.credits === 0) return
  const target = await targetOf(tx, purchase)
  if (target > purchase.clawedCredits) await takeBack(tx, purchase, target - purchase.clawedCredits)
  if (target < purchase.clawedCredits) await restore(tx, purchase, purchase.clawedCredits - target)
}

async function targetOf(tx: Tx, purchase: Purchase): Promise<number> {
  const money = await moneyOf(tx, purchase)
  // A period that is not paid any more: voided, or written off.
  if (purchase.invoiceId !== null && money.invoiceStatus !== 'paid') return purchase.credits
  return clawbackTarget(purchase.credits, money)
}

async function takeBack(tx: Tx, purchase: Purchase, wanted: number): Promise<void> {
  const { accountId, id } = purchase
  const lots = await lotsOf(tx, id)
  const { credits } = await takeBackCredits(tx, {
    accountId,
    lotNos: lots.map((lot) => lot.lotNo),
    credits: wanted,
    key: `${id}:${String(purchase.moves + 1)}`,
    actor: BILLING_ACTOR,
    reason: 'The payment was refunded, disputed or taken back',
  })
  if (credits === 0) return
  await changePurchase(tx, id, {
    addedCredits: 0,
    clawedCredits: purchase.clawedCredits + credits,
    moved: true,
  })
  await tell(tx, accountId, { kind: 'clawback', purchaseId: id, credits })
}

/** In a lot with the terms of the old ones: what would have expired meanwhile does so now. */
async function restore(tx: Tx, purchase: Purchase, credits: number): Promise<void> {
  const { accountId, id } = purchase
  const lots = await lotsOf(tx, id)
  const like = lots.at(-1)
  assert(like !== undefined, 'a purchase with credits has a lot')
  const granted = await grantCredits(tx, {
    accountId,
    credits,
    source: purchase.invoiceId === null ? 'purchase' : 'plan',
    origin: `restore:${id}:${String(purchase.moves + 1)}`,
    expiresAt: creditsExpireAt(latestEnd(lots)),
    actor: BILLING_ACTOR,
    reason: 'A refund failed or a dispute was won',
  })
  assert(granted.ok && !granted.repeated, 'a restoration has a new origin')
  await insertLot(tx, {
    ...like,
    lotNo: granted.lotNo,
    kind: 'restore',
    sourceLotNo: null,
    periodEnd: latestEnd(lots),
  })
  await changePurchase(tx, id, {
    addedCredits: 0,
    clawedCredits: purchase.clawedCredits - credits,
    moved: true,
  })
  await tell(tx, accountId, { kind: 'restored', purchaseId: id, credits })
}

function latestEnd(lots: readonly BillingLot[]): Date | null {
  const ends = lots.map((lot) => lot.periodEnd)
  if (ends.includes(null)) return null
  return new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)))
}

async function tell(tx: Tx, accountId: AccountId, payload: Record<string, unknown>): Promise<void> {
  await appendEvent(tx, { accountId, topic: 'billing', payload })
}
