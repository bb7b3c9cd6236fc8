import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { grantsOf, isForNothing, type InvoiceLine } from './domain/plan-credits.js'
import { grantPurchase } from './grant-purchase.js'
import type { FetchedInvoice } from './provider-types.js'
import { rollOver } from './roll-over.js'
import { settlePurchase } from './settle-purchase.js'
import { accountOfCustomer } from './store/customers.js'
import { upsertInvoice } from './store/invoices.js'
import { markDirty, neverFetched, nextOrd } from './store/objects.js'
import { plansOfPrices, type PriceListItem } from './store/price-list.js'
import { subscriptionsLocked } from './store/subscriptions.js'
import { applyFetch, applyNothing, type Applied, type SyncOutcome } from './sync-outcome.js'

/**
 * Fetches one invoice and brings ours in line. A paid one grants a lot for each line that is a period of a plan, keyed by
 * the line, until its period's end and a grace after it; one that is not paid any more gives its lots back. Lines that are no price of ours
 * grant nothing and are listed as a difference.
 */
export async function syncInvoice(deps: BillingDeps, id: string): Promise<SyncOutcome> {
  const ref = { kind: 'invoice', id } as const
  const ord = await nextOrd(deps.db)
  const fetched = await deps.provider.fetchInvoice(id)
  if (fetched === null) return applyNothing(deps, { ref, ord }, 'gone')
  const accountId = fetched.customerId === null ? null : await accountOfCustomer(deps.db, fetched.customerId)
  if (accountId === null) return applyNothing(deps, { ref, ord }, 'not-ours')
  const priceIds = fetched.lines.flatMap((line) => line.priceId ?? [])
  const plans = await plansOfPrices(deps.db, priceIds)
  return applyFetch(deps, { ref, ord, accountId }, (tx) => apply(tx, deps, fetched, { accountId, plans }))
}

async function apply(
  tx: Tx,
  deps: BillingDeps,
  fetched: FetchedInvoice,
  owner: { accountId: AccountId; plans: ReadonlyMap<string, PriceListItem> },
): Promise<Applied> {
  const { accountId } = owner
  const now = deps.clock.now().toJSDate()
  const { lines, paymentIds } = fetched
  const changed = await upsertInvoice(tx, { ...fetched, accountId })
  const differences: string[] = []
  if (fetched.status === 'paid') {
    const read = lines.map((line): InvoiceLine => ({ ...line, plan: planOf(line.priceId, owner.plans) }))
    if (read.some((line) => line.isSubscriptionLine && line.plan === null)) differences.push('unknown-price')
    const period = await periodOf(tx, accountId, fetched.subscriptionId)
    const bill = { ...fetched, period }
    if (isForNothing(bill, read)) differences.push('paid-for-nothing')
    const grants = grantsOf(bill, read).map((grant) => ({
      origin: `in:${fetched.id}:${grant.lineId}`,
      credits: grant.credits,
      periodEnd: grant.periodEnd,
      subscriptionId: fetched.subscriptionId,
      code: grant.code,
      receipt: `Invoice ${fetched.number ?? fetched.id}${fetched.hostedUrl === null ? '' : `, at ${fetched.hostedUrl}`}`,
    }))
    if (grants.length > 0) {
      const source = { invoiceId: fetched.id }
      await grantPurchase(tx, { accountId, purchaseId: `in:${fetched.id}`, source, grants, now })
    }
    if (fetched.subscriptionId !== null) await rollOver(tx, accountId, fetched.subscriptionId, now)
  }
  await settlePurchase(tx, accountId, `in:${fetched.id}`)
  await markDirty(
    tx,
    await neverFetched(
      tx,
      paymentIds.map((id) => ({ kind: 'payment', id })),
    ),
  )
  if (changed)
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'invoice', invoiceId: fetched.id, status: fetched.status },
    })
  return { changed, differences }
}

async function periodOf(
  tx: Tx,
  accountId: AccountId,
  subscriptionId: string | null,
): Promise<{ start: Date; end: Date } | null> {
  const found = (await subscriptionsLocked(tx, accountId)).find(({ id }) => id === subscriptionId)
  if (found?.periodStart == null || found.periodEnd === null) return null
  return { start: found.periodStart, end: found.periodEnd }
}

function planOf(priceId: string | null, plans: ReadonlyMap<string, PriceListItem>): PriceListItem | null {
  return priceId === null ? null : (plans.get(priceId) ?? null)
}
