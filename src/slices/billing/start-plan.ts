import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { hasEnded } from './domain/subscription-status.js'
import { ensurePrice } from './ensure-price.js'
import { placeOrder, type PlaceOrderResult } from './place-order.js'
import { subscriptionsOf } from './store/subscriptions.js'

export type StartPlanResult = PlaceOrderResult | { ok: false; reason: 'has-a-plan' }

/**
 * Begins a subscription: an order, and the page at which it is taken out. A trial is given to an account that never had a
 * plan. Refused while another subscription has not ended: that one is changed instead.
 */
export async function startPlan(
  deps: BillingDeps,
  input: { accountId: AccountId; code: string; idempotencyKey: string },
): Promise<StartPlanResult> {
  const subscriptions = await subscriptionsOf(deps.db, input.accountId)
  if (subscriptions.some((subscription) => !hasEnded(subscription)))
    return { ok: false, reason: 'has-a-plan' }
  return placeOrder(deps, { ...input, kind: 'plan' }, async (request, item) =>
    deps.provider.checkOutPlan({
      ...request,
      priceId: await ensurePrice(deps, item),
      trialDays: subscriptions.length === 0 ? item.trialDays : 0,
    }),
  )
}
