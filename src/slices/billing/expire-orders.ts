import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { lockOrder, openOrdersBefore, setOrderState, type Order } from './store/orders.js'
import { syncSession } from './sync-session.js'

/** A session ends at Stripe by itself at the order's time; this long after it the event was lost. */
const LATE_MINUTES = 30

/** Ends orders that nobody paid in time: by asking for their session, or at once when they never had one. */
export async function expireOrders(
  deps: BillingDeps,
  options: { limit: number } = { limit: 50 },
): Promise<{ looked: number }> {
  const now = deps.clock.now()
  const late = await openOrdersBefore(deps.db, now.minus({ minutes: LATE_MINUTES }).toJSDate(), options.limit)
  for (const order of late) {
    try {
      await expire(deps, order, now.toJSDate())
    } catch (error) {
      // One order's trouble keeps nobody else's open; the next pass takes this one up again.
      deps.log.warn({ orderId: order.id, err: error }, 'billing.order.failed')
    }
  }
  return { looked: late.length }
}

async function expire(
  deps: BillingDeps,
  order: Pick<Order, 'id' | 'accountId' | 'sessionId'>,
  now: Date,
): Promise<void> {
  if (order.sessionId !== null) {
    await syncSession(deps, order.sessionId)
    return
  }
  await inTransaction(deps.db, { name: 'billing.expireOrder', accountId: order.accountId }, async (tx) => {
    const current = await lockOrder(tx, order.accountId, order.id)
    if (current?.state === 'created') await setOrderState(tx, current, 'expired', now)
  })
}
