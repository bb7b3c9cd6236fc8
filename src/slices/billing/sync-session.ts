import { parseId } from '../../kernel/ids.js'
import { mayMove } from '../../kernel/transitions.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { orderMoves, orderStateOf } from './domain/order-state.js'
import type { ObjectRef } from './domain/stripe-objects.js'
import type { FetchedSession } from './provider-types.js'
import { customerOf } from './store/customers.js'
import { markDirty, neverFetched, nextOrd } from './store/objects.js'
import { findOrder, lockOrder, setOrderState, setSession, type Order, type OrderId } from './store/orders.js'
import { applyFetch, applyNothing, type Applied, type SyncOutcome } from './sync-outcome.js'

/**
 * Fetches one Checkout session and moves its order. It grants nothing: that is for the payment or the invoice, which it
 * has fetched next.
 */
export async function syncSession(deps: BillingDeps, id: string): Promise<SyncOutcome> {
  const ref = { kind: 'session', id } as const
  const ord = await nextOrd(deps.db)
  const fetched = await deps.provider.fetchSession(id)
  if (fetched === null) return applyNothing(deps, { ref, ord }, 'gone')
  const orderId = fetched.orderId === null ? null : parseId<OrderId>(fetched.orderId)
  const order = orderId === null ? null : await findOrder(deps.db, orderId)
  if (order === null) return applyNothing(deps, { ref, ord }, 'not-ours')
  // A link of the provider's own lets anybody name an order: a session of ours is made for the account's customer.
  const customer = await customerOf(deps.db, order.accountId)
  if (customer === null || fetched.customerId !== customer.customerId)
    return applyNothing(deps, { ref, ord, difference: 'other-customer' }, 'not-ours')
  return applyFetch(deps, { ref, ord, accountId: order.accountId }, (tx) => apply(tx, deps, fetched, order))
}

async function apply(tx: Tx, deps: BillingDeps, fetched: FetchedSession, found: Order): Promise<Applied> {
  const { accountId } = found
  const now = deps.clock.now().toJSDate()
  const order = await lockOrder(tx, accountId, found.id)
  if (order === null) return { changed: false, differences: ['unknown-order'] }
  // The order's answer was lost on the way; there is one session for one order.
  if (order.sessionId === null) await setSession(tx, order, { sessionId: fetched.id, url: null, now })
  else if (order.sessionId !== fetched.id) return { changed: false, differences: ['second-session'] }
  const said = orderStateOf(fetched)
  // A pack is paid when its payment is; a plan when its session is complete.
  const state = said === 'paid' && order.kind === 'pack' ? order.state : said
  const changed = state !== order.state && mayMove(orderMoves, order.state, state)
  if (changed) {
    await setOrderState(tx, order, state, now)
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'order', orderId: order.id, state },
    })
  }
  await markDirty(tx, await neverFetched(tx, followers(fetched)))
  return { changed, differences: [] }
}

function followers({ paymentId, subscriptionId }: FetchedSession): ObjectRef[] {
  return [
    ...(paymentId === null ? [] : [{ kind: 'payment' as const, id: paymentId }]),
    ...(subscriptionId === null ? [] : [{ kind: 'subscription' as const, id: subscriptionId }]),
  ]
}
