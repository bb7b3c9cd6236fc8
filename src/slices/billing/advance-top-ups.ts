import { DateTime } from 'luxon'
import type { BillingDeps } from './billing-deps.js'
import { chargeTopUp } from './charge-top-up.js'
import { topUpsToLookAt, type TopUp } from './store/top-ups.js'
import { syncPayment } from './sync-payment.js'

/** A bank's question stands open for this long; then the payment ends and its amount is free again. */
const CONFIRM_HOURS_MAX = 23

/**
 * Looks at open top-ups whose time has come: asks again for a payment whose event never came, posts a charge again whose
 * answer was lost, ends a payment that nobody confirmed. Each moves by what Stripe says, not by what time it is.
 */
export async function advanceTopUps(
  deps: BillingDeps,
  options: { limit: number } = { limit: 50 },
): Promise<{ looked: number }> {
  const open = await topUpsToLookAt(deps.db, deps.clock.now().toJSDate(), options.limit)
  for (const topUp of open) {
    try {
      await advance(deps, topUp)
    } catch (error) {
      deps.log.warn({ topUpId: topUp.id, err: error }, 'billing.top-up.failed')
    }
  }
  return { looked: open.length }
}

async function advance(deps: BillingDeps, topUp: TopUp): Promise<void> {
  if (topUp.paymentId === null) return chargeTopUp(deps, topUp.id)
  const hours = deps.clock.now().diff(DateTime.fromJSDate(topUp.requestedAt)).as('hours')
  if (topUp.state === 'requires_action' && hours >= CONFIRM_HOURS_MAX)
    await deps.provider.cancelPayment(topUp.paymentId)
  await syncPayment(deps, topUp.paymentId)
}
