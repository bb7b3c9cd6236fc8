import { parseId, type AccountId } from '../../kernel/ids.js'
import { mayMove } from '../../kernel/transitions.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { FRAUD_WARNING, countsAsRefunded, isDisputeOpen, withdrawnMinor } from './domain/clawback.js'
import { orderMoves } from './domain/order-state.js'
import { followControl } from './follow-control.js'
import { grantPurchase } from './grant-purchase.js'
import { judgeTopUp } from './judge-top-up.js'
import type { FetchedPayment } from './provider-types.js'
import { settlePurchase } from './settle-purchase.js'
import { accountOfCustomer, customerOf, keepFirstCard } from './store/customers.js'
import { markDirty, neverFetched, nextOrd } from './store/objects.js'
import { findOrder, lockOrder, setOrderState, type OrderId } from './store/orders.js'
import { isUnclearedWarning, upsertPayment } from './store/payments.js'
import { findTopUp, lockTopUp, type TopUpId } from './store/top-ups.js'
import { applyFetch, applyNothing, type Applied, type SyncOutcome } from './sync-outcome.js'

/** Whose payment it is, and what of: exactly one of order, top-up and invoice. */
interface Owner {
  accountId: AccountId
  orderId: OrderId | null
  topUpId: TopUpId | null
  invoiceId: string | null
}

/**
 * Fetches one payment with its refunds and disputes and brings ours in line: credits for a payment that succeeded, taken
 * back for what went back, a freeze while it is disputed. Credits are those of our own order or top-up, never what an
 * amount or a metadata field says. A payment that names nothing of ours changes nothing.
 */
export async function syncPayment(deps: BillingDeps, id: string): Promise<SyncOutcome> {
  const ref = { kind: 'payment', id } as const
  const ord = await nextOrd(deps.db)
  const fetched = await deps.provider.fetchPayment(id)
  if (fetched === null) return applyNothing(deps, { ref, ord }, 'gone')
  const owner = await ownerOf(deps, fetched)
  if (owner === null || !(await isOfCustomer(deps, owner, fetched))) {
    const claimsToBeOurs = fetched.orderId !== null || fetched.topUpId !== null
    const what = owner === null ? 'unknown-order' : 'other-customer'
    const difference = claimsToBeOurs && fetched.receivedMinor > 0 ? { difference: what } : {}
    return applyNothing(deps, { ref, ord, ...difference }, 'not-ours')
  }
  return applyFetch(deps, { ref, ord, accountId: owner.accountId }, (tx) => apply(tx, deps, fetched, owner))
}

/** Ours are made for the account's own customer: any other names a foreign order in its metadata. */
async function isOfCustomer(
  { db }: BillingDeps,
  { accountId }: Owner,
  { customerId }: FetchedPayment,
): Promise<boolean> {
  return customerId !== null && (await customerOf(db, accountId))?.customerId === customerId
}

async function ownerOf({ db }: BillingDeps, fetched: FetchedPayment): Promise<Owner | null> {
  const nobody = { orderId: null, topUpId: null, invoiceId: null }
  const orderId = fetched.orderId === null ? null : parseId<OrderId>(fetched.orderId)
  const order = orderId === null ? null : await findOrder(db, orderId)
  if (order !== null) return { ...nobody, accountId: order.accountId, orderId: order.id }
  const topUpId = fetched.topUpId === null ? null : parseId<TopUpId>(fetched.topUpId)
  const topUp = topUpId === null ? null : await findTopUp(db, topUpId)
  if (topUp !== null) return { ...nobody, accountId: topUp.accountId, topUpId: topUp.id }
  if (fetched.invoiceId === null || fetched.customerId === null) return null
  const accountId = await accountOfCustomer(db, fetched.customerId)
  return accountId === null ? null : { ...nobody, accountId, invoiceId: fetched.invoiceId }
}

async function apply(tx: Tx, deps: BillingDeps, fetched: FetchedPayment, owner: Owner): Promise<Applied> {
  const { accountId, orderId, topUpId, invoiceId } = owner
  const changed = await upsertPayment(tx, {
    ...moneyOf(fetched),
    accountId,
    orderId,
    topUpId,
    invoiceId,
    id: fetched.id,
    status: fetched.status,
    currency: fetched.currency,
    amountMinor: fetched.amountMinor,
    fraudWarned: fetched.fraudWarned,
    failure: fetched.failure?.declineCode ?? fetched.failure?.code ?? null,
    receiptUrl: fetched.receiptUrl,
    createdAt: fetched.createdAt,
  })
  const now = deps.clock.now().toJSDate()
  const differences: string[] = []
  if (orderId !== null) differences.push(...(await applyOrder(tx, accountId, orderId, fetched, now)))
  if (topUpId !== null) differences.push(...(await applyTopUp(tx, accountId, topUpId, fetched, now)))
  if (await isUnclearedWarning(tx, accountId, fetched.id)) differences.push(FRAUD_WARNING)
  if (invoiceId !== null) await markDirty(tx, await neverFetched(tx, [{ kind: 'invoice', id: invoiceId }]))
  await settlePurchase(tx, accountId, invoiceId === null ? `pi:${fetched.id}` : `in:${invoiceId}`)
  await followControl(tx, accountId, now)
  if (changed) {
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'payment', paymentId: fetched.id, status: fetched.status },
    })
  }
  return { changed, differences }
}

function moneyOf(fetched: FetchedPayment) {
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0)
  return {
    receivedMinor: fetched.receivedMinor,
    refundedMinor: sum(
      fetched.refunds.filter((refund) => countsAsRefunded(refund.status)).map((refund) => refund.amountMinor),
    ),
    disputedMinor: sum(fetched.disputes.map(withdrawnMinor)),
    disputeOpen: fetched.disputes.some(isDisputeOpen),
  }
}

async function applyOrder(
  tx: Tx,
  accountId: AccountId,
  orderId: OrderId,
  fetched: FetchedPayment,
  now: Date,
): Promise<string[]> {
  const order = await lockOrder(tx, accountId, orderId)
  if (order?.kind !== 'pack') return ['order-is-no-pack']
  if (fetched.status === 'succeeded') {
    if (fetched.currency !== order.currency || fetched.receivedMinor < order.amountMinor)
      return ['paid-otherwise-than-ordered']
    const granted = await grantPurchase(tx, {
      accountId,
      now,
      purchaseId: `pi:${fetched.id}`,
      source: { orderId },
      grants: [
        {
          origin: `pi:${fetched.id}`,
          credits: order.credits,
          periodEnd: null,
          subscriptionId: null,
          code: null,
          receipt: receiptOf(fetched),
        },
      ],
    })
    if (!granted.ok) return [granted.reason]
    if (fetched.cardId !== null) await keepFirstCard(tx, accountId, fetched.cardId)
    if (mayMove(orderMoves, order.state, 'paid')) await setOrderState(tx, order, 'paid', now)
    return []
  }
  const hasFailed = fetched.status === 'canceled' || fetched.status === 'requires_payment_method'
  // A declined card at Checkout may be followed by another: only a slow method that failed ends the order.
  if (hasFailed && order.state === 'pending') await setOrderState(tx, order, 'failed', now)
  return []
}

async function applyTopUp(
  tx: Tx,
  accountId: AccountId,
  topUpId: TopUpId,
  fetched: FetchedPayment,
  now: Date,
): Promise<string[]> {
  const topUp = await lockTopUp(tx, accountId, topUpId)
  if (topUp === null) return ['unknown-top-up']
  await judgeTopUp(tx, topUp, fetched, now)
  if (fetched.status !== 'succeeded') return []
  if (fetched.currency !== topUp.currency || fetched.receivedMinor < topUp.amountMinor)
    return ['paid-otherwise-than-ordered']
  const origin = `pi:${fetched.id}`
  const granted = await grantPurchase(tx, {
    accountId,
    now,
    purchaseId: origin,
    source: { topUpId },
    grants: [
      {
        origin,
        credits: topUp.credits,
        periodEnd: null,
        subscriptionId: null,
        code: null,
        receipt: receiptOf(fetched),
      },
    ],
  })
  return granted.ok ? [] : [granted.reason]
}

function receiptOf({ id, receiptUrl }: FetchedPayment): string {
  return receiptUrl === null ? `Payment ${id}` : `Payment ${id}, receipt at ${receiptUrl}`
}
