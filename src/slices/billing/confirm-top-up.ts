import type { AccountId } from '../../kernel/ids.js'
import type { BillingDeps } from './billing-deps.js'
import { findTopUp, type TopUpId } from './store/top-ups.js'
import { syncPayment } from './sync-payment.js'

export type ConfirmTopUpResult =
  { ok: true; url: string } | { ok: false; reason: 'not-found' | 'nothing-to-confirm' }

/**
 * The address at which the customer confirms a top-up that the bank asked about: the same payment, so that nothing is
 * charged twice. Refused when it waits for nobody.
 */
export async function confirmTopUp(
  deps: BillingDeps,
  input: { accountId: AccountId; topUpId: TopUpId },
): Promise<ConfirmTopUpResult> {
  const topUp = await findTopUp(deps.db, input.topUpId)
  if (topUp?.accountId !== input.accountId) return { ok: false, reason: 'not-found' }
  if (topUp.state !== 'requires_action' || topUp.paymentId === null)
    return { ok: false, reason: 'nothing-to-confirm' }
  const url = await deps.provider.confirmationUrl(topUp.paymentId, `${deps.publicBaseUrl}/billing/paid`)
  if (url !== null) return { ok: true, url }
  await syncPayment(deps, topUp.paymentId)
  return { ok: false, reason: 'nothing-to-confirm' }
}
