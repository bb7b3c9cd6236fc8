import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { livePlan } from './change-plan.js'
import { syncSubscription } from './sync-subscription.js'

export type CancelPlanResult = { ok: true } | { ok: false; reason: 'no-plan' }

/**
 * Ends the subscription, at the end of the period that is paid or at once. At once means that nothing is sent from the next
 * claim on. Doing it again changes nothing.
 */
export async function cancelPlan(
  deps: BillingDeps,
  input: { accountId: AccountId; atPeriodEnd: boolean },
): Promise<CancelPlanResult> {
  const current = await livePlan(deps, input.accountId)
  if (current === null) return { ok: false, reason: 'no-plan' }
  await deps.provider.cancelSubscription(current.id, input.atPeriodEnd)
  await syncSubscription(deps, current.id)
  return { ok: true }
}

/** Takes a cancellation at the end of the period back, as long as it has not come. */
export async function keepPlan(deps: BillingDeps, accountId: AccountId): Promise<CancelPlanResult> {
  const current = await livePlan(deps, accountId)
  if (current === null) return { ok: false, reason: 'no-plan' }
  await deps.provider.keepSubscription(current.id)
  await syncSubscription(deps, current.id)
  return { ok: true }
}
