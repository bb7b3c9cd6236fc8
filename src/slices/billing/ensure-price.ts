import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { insertPrice, type PriceListItem } from './store/price-list.js'

/**
 * Stripe's price of a plan of ours, made when it is first sold. Asked for each time, since keys may be changed and prices
 * archived; every price that was ever sold stays known, because invoices name it for years.
 */
export async function ensurePrice(deps: BillingDeps, item: PriceListItem): Promise<string> {
  const priceId = await deps.provider.ensurePlanPrice(item)
  await inTransaction(deps.db, { name: 'billing.ensurePrice' }, (tx) => insertPrice(tx, priceId, item.code))
  return priceId
}
