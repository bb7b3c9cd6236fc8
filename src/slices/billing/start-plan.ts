import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { hasEnded } from './domain/subscription-status.js'
import { ensurePrice } from './ensure-price.js'
import { placeOrder, type PlaceOrderResult } from './place-order.js'
import { openPlanPages } from './store/orders.js'
import { subscriptionsOf } from './store/subscriptions.js'
import { syncSession } from './sync-session.js'

export type StartPlanResult = PlaceOrderResult | { ok: false; reason: 'has-a-plan' }

/**
 * Begins a subscription: an order, and the page at which it is taken out. A trial is given to an account that never had a
 * plan. Refused while another subscription has not ended: that one is changed instead. A page that was opened before ends,
 * so that nobody takes out two.
 */
export async function startPlan(
  deps: BillingDeps,
  input: { accountId: AccountId; code: string; idempotencyKey: string },
): Promise<StartPlanResult> {
  const subscriptions = await subscriptionsOf(deps.db, input.accountId)
  if (subscriptions.some((subscription) => !hasEnded(subscription)))
    return { ok: false, reason: 'has-a-plan' }
  if (!(await endOtherPages(deps, input))) return { ok: false, reason: 'has-a-plan' }
  return placeOrder(deps, { ...input, kind: 'plan' }, async (request, item) =>
    deps.provider.checkOutPlan({
      ...request,
      priceId: await ensurePrice(deps, item),
      trialDays: subscriptions.length === 0 ? item.trialDays : 0,
    }),
  )
}

/** False when one of them was completed in this moment. */
async function endOtherPages(
  deps: BillingDeps,
  { accountId, idempotencyKey }: { accountId: AccountId; idempotencyKey: string },
): Promise<boolean> {
  const now = deps.clock.now().toJSDate()
  for (const sessionId of await openPlanPages(deps.db, accountId, idempotencyKey, now)) {
    await deps.provider.expireCheckout(sessionId)
    await syncSession(deps, sessionId)
  }
  const left = await openPlanPages(deps.db, accountId, idempotencyKey, now)
  const subscriptions = await subscriptionsOf(deps.db, accountId)
  return left.length === 0 && subscriptions.every(hasEnded)
}
