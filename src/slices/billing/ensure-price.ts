import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { findPriceOf, insertPrice, type PriceListItem } from './store/price-list.js'

/** Stripe's price of a plan of ours, made when it is first sold. */
export async function ensurePrice(deps: BillingDeps, item: PriceListItem): Promise<string> {
  const known = await findPriceOf(deps.db, item.code)
  if (known !== null) return known
  const priceId = await deps.provider.ensurePlanPrice(item)
  await inTransaction(deps.db, { name: 'billing.ensurePrice' }, (tx) => insertPrice(tx, priceId, item.code))
  return priceId
}
