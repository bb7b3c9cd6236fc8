import { DateTime } from 'luxon'
import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { endTopUp, judgeTopUp } from './judge-top-up.js'
import { customerOf } from './store/customers.js'
import { lockTopUp, type TopUp } from './store/top-ups.js'
import { syncPayment } from './sync-payment.js'

/** Clocks differ a little; the list is asked from a bit earlier on. */
const BEFORE_MINUTES = 10

/**
 * The charge was posted several times and nobody answered clearly: Stripe stores an error of its own with the key and
 * answers it again. The customer's list says whether there is a payment. There is none: nothing was charged, the
 * top-up ends and its amount is free again. It is looked for only minutes after the last post, when none is under way.
 */
export async function findCharge(deps: BillingDeps, topUp: TopUp): Promise<void> {
  const { accountId, id } = topUp
  const customer = await customerOf(deps.db, accountId)
  if (customer === null) return
  const since = DateTime.fromJSDate(topUp.requestedAt).minus({ minutes: BEFORE_MINUTES }).toJSDate()
  const paymentId = await deps.provider.findCharge(customer.customerId, id, since)
  const now = deps.clock.now().toJSDate()
  await inTransaction(deps.db, { name: 'billing.foundCharge', accountId }, async (tx) => {
    const current = await lockTopUp(tx, accountId, id)
    if (current === null) return
    if (paymentId === null)
      await endTopUp(tx, current, { state: 'failed', failure: 'no-answer', paymentId: null, now })
    else await judgeTopUp(tx, current, { id: paymentId, status: 'processing', failure: null }, now)
  })
  if (paymentId !== null) await syncPayment(deps, paymentId)
}
