import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { grantCredits } from '../credits/index.js'
import { BILLING_ACTOR } from './billing-deps.js'
import { creditsExpireAt } from './domain/plan-credits.js'
import {
  changePurchase,
  insertLot,
  insertPurchase,
  lockPurchase,
  purchaseOf,
  type PurchaseSource,
} from './store/purchases.js'

export interface PurchaseGrant {
  /** `pi:<payment>` or `in:<invoice>:<line>`; the same never grants twice. */
  origin: string
  credits: number
  /** Of a plan: the credits outlast it by the grace. */
  periodEnd: Date | null
  subscriptionId: string | null
  code: string | null
  /** For the statement: which payment or invoice, and where its receipt is. */
  receipt: string
}

export interface GrantPurchaseInput {
  accountId: AccountId
  purchaseId: string
  source: PurchaseSource
  grants: readonly PurchaseGrant[]
  now: Date
}

export type GrantPurchaseResult = { ok: true; credits: number } | { ok: false; reason: 'paid-twice' }

/**
 * Turns money that was received into credits, once: the purchase is one row per order, top-up or invoice, and each of its
 * lots is one per origin, whoever runs this how often. A second payment of the same order is refused as
 * `paid-twice` and left to people. What is owed is paid first.
 */
export async function grantPurchase(tx: Tx, input: GrantPurchaseInput): Promise<GrantPurchaseResult> {
  const { accountId, purchaseId, source, now } = input
  const known = await purchaseOf(tx, source)
  if (known !== null && known !== purchaseId) return { ok: false, reason: 'paid-twice' }
  if (known === null) await insertPurchase(tx, { ...source, id: purchaseId, accountId, now })
  let credits = 0
  for (const grant of input.grants) credits += await addLot(tx, input, grant)
  if (credits > 0) {
    const purchase = await lockPurchase(tx, accountId, purchaseId)
    await changePurchase(tx, purchaseId, {
      addedCredits: credits,
      clawedCredits: purchase?.clawedCredits ?? 0,
      moved: false,
    })
    await appendEvent(tx, { accountId, topic: 'billing', payload: { kind: 'purchase', purchaseId, credits } })
  }
  return { ok: true, credits }
}

async function addLot(tx: Tx, input: GrantPurchaseInput, grant: PurchaseGrant): Promise<number> {
  const { accountId, purchaseId } = input
  const granted = await grantCredits(tx, {
    accountId,
    credits: grant.credits,
    source: input.source.invoiceId === undefined ? 'purchase' : 'plan',
    origin: grant.origin,
    expiresAt: creditsExpireAt(grant.periodEnd),
    actor: BILLING_ACTOR,
    reason: grant.receipt,
  })
  // The same origin with other credits: the line was read differently once. What was granted stays.
  if (!granted.ok || granted.repeated) return 0
  await insertLot(tx, {
    accountId,
    purchaseId,
    lotNo: granted.lotNo,
    kind: 'grant',
    subscriptionId: grant.subscriptionId,
    code: grant.code,
    periodEnd: grant.periodEnd,
    sourceLotNo: null,
  })
  return grant.credits
}
