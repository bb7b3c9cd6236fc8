import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { ensureCustomer } from './ensure-customer.js'

/** The address of Stripe's own page for this customer: cards, invoices, cancellation. It is good for a short time. */
export async function openPortal(deps: BillingDeps, accountId: AccountId): Promise<{ url: string }> {
  const customerId = await ensureCustomer(deps, accountId)
  return { url: await deps.provider.openPortal(customerId, `${deps.publicBaseUrl}/`) }
}
