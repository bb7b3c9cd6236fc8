import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { hasEnded } from './domain/subscription-status.js'
import { ensurePrice } from './ensure-price.js'
import { findItem } from './store/price-list.js'
import { subscriptionsOf, type SubscriptionRow } from './store/subscriptions.js'
import { syncSubscription } from './sync-subscription.js'

export type ChangePlanResult =
  { ok: true } | { ok: false; reason: 'no-plan' | 'not-for-sale' | 'same-plan' | 'payment-declined' }

/**
 * Moves the account to another plan. A larger one is charged at once for the time that is left and its credits come with
 * the payment; when the card is declined nothing changes. A smaller one is billed from the next period on, and takes
 * nothing back. The same key repeats the same change.
 */
export async function changePlan(
  deps: BillingDeps,
  input: { accountId: AccountId; code: string; idempotencyKey: string },
): Promise<ChangePlanResult> {
  const { accountId, code } = input
  const current = await livePlan(deps, accountId)
  if (current?.itemId == null || current.code === null) return { ok: false, reason: 'no-plan' }
  const item = await findItem(deps.db, code)
  const old = await findItem(deps.db, current.code)
  if (item?.kind !== 'plan' || !item.listed || old === null) return { ok: false, reason: 'not-for-sale' }
  if (current.code === code) return { ok: false, reason: 'same-plan' }
  const changed = await deps.provider.changePlan(current.id, {
    itemId: current.itemId,
    priceId: await ensurePrice(deps, item),
    // A trial costs nothing yet.
    chargeNow: item.amountMinor > old.amountMinor && current.status === 'active',
    key: `plan:${accountId}:${input.idempotencyKey}`,
  })
  if (!changed.ok) return { ok: false, reason: 'payment-declined' }
  await syncSubscription(deps, current.id)
  return { ok: true }
}

export async function livePlan(
  { db }: Pick<BillingDeps, 'db'>,
  accountId: AccountId,
): Promise<SubscriptionRow | null> {
  const subscriptions = await subscriptionsOf(db, accountId)
  return subscriptions.find((subscription) => !hasEnded(subscription)) ?? null
}
