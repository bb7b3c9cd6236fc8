import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { placeOrder, type PlaceOrderResult } from './place-order.js'

/**
 * Begins the purchase of a credit pack: an order, and the page at which it is paid. The credits come when Stripe says that
 * the payment succeeded, as many as the order says, once. Refused for anything that is not a pack on the price list.
 */
export async function buyCredits(
  deps: BillingDeps,
  input: { accountId: AccountId; code: string; idempotencyKey: string },
): Promise<PlaceOrderResult> {
  return placeOrder(deps, { ...input, kind: 'pack' }, (request, item) =>
    deps.provider.checkOutPack({
      ...request,
      name: item.name,
      amountMinor: item.amountMinor,
      currency: item.currency,
    }),
  )
}
