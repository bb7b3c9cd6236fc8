import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { followControl } from './follow-control.js'
import type { FetchedSubscription } from './provider-types.js'
import { accountOfCustomer } from './store/customers.js'
import { markDirty, neverFetched, nextOrd } from './store/objects.js'
import { plansOfPrices } from './store/price-list.js'
import { upsertSubscription } from './store/subscriptions.js'
import { applyFetch, applyNothing, type Applied, type SyncOutcome } from './sync-outcome.js'

/**
 * Fetches one subscription and writes the state of its account in the same transaction: a lapse stops sending with the
 * next claim, a renewal lets it go on. The state comes from what Stripe says now, never from the order of events.
 */
export async function syncSubscription(deps: BillingDeps, id: string): Promise<SyncOutcome> {
  const ref = { kind: 'subscription', id } as const
  const ord = await nextOrd(deps.db)
  const fetched = await deps.provider.fetchSubscription(id)
  if (fetched === null) return applyNothing(deps, { ref, ord }, 'gone')
  const accountId = await accountOfCustomer(deps.db, fetched.customerId)
  if (accountId === null) return applyNothing(deps, { ref, ord }, 'not-ours')
  const { priceId } = fetched
  const plans = await plansOfPrices(deps.db, priceId === null ? [] : [priceId])
  const code = priceId === null ? null : (plans.get(priceId)?.code ?? null)
  return applyFetch(deps, { ref, ord, accountId }, (tx) => apply(tx, deps, fetched, { accountId, code }))
}

async function apply(
  tx: Tx,
  deps: BillingDeps,
  fetched: FetchedSubscription,
  owner: { accountId: AccountId; code: string | null },
): Promise<Applied> {
  const { accountId, code } = owner
  const { latestInvoiceId } = fetched
  const changed = await upsertSubscription(tx, { ...fetched, accountId, code })
  await followControl(tx, accountId, deps.clock.now().toJSDate())
  if (latestInvoiceId !== null)
    await markDirty(tx, await neverFetched(tx, [{ kind: 'invoice', id: latestInvoiceId }]))
  if (changed)
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'subscription', subscriptionId: fetched.id, status: fetched.status },
    })
  return { changed, differences: code === null ? ['unknown-price'] : [] }
}
