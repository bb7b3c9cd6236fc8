import type { AccountId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { monthOf } from './domain/top-up-plan.js'
import { hasEnded } from './domain/subscription-status.js'
import { readOverview } from './store/overview.js'
import { subscriptionsOf, type SubscriptionRow } from './store/subscriptions.js'
import { readSetting, type StoredSetting } from './store/top-up-settings.js'

export { listInvoices, type Invoice } from './store/invoices.js'
export { listOrders, type Order } from './store/orders.js'
export { listPayments, type Payment } from './store/payments.js'
export { readPriceList, type PriceListItem } from './store/price-list.js'
export { listTopUps, type TopUp } from './store/top-ups.js'

export interface BillingOverview {
  /** The one that has not ended, else the last one. */
  subscription: SubscriptionRow | null
  hasCard: boolean
  isFrozen: boolean
  topUp: StoredSetting | null
  /** Charged and pending in this month, in minor units. */
  topUpCommittedMinor: number
}

/** How an account stands with money. */
export async function readBilling(
  deps: { db: Db; clock: Clock },
  accountId: AccountId,
): Promise<BillingOverview> {
  const month = monthOf(deps.clock.now().toJSDate())
  const subscriptions = await subscriptionsOf(deps.db, accountId)
  const overview = await readOverview(deps.db, accountId, month)
  return {
    subscription: subscriptions.find((each) => !hasEnded(each)) ?? subscriptions[0] ?? null,
    hasCard: overview.hasCard,
    isFrozen: overview.isFrozen,
    topUp: await readSetting(deps.db, accountId),
    topUpCommittedMinor: overview.committedMinor,
  }
}
