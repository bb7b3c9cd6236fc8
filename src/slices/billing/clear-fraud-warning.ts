import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { FRAUD_WARNING } from './domain/clawback.js'
import { followControl } from './follow-control.js'
import { resolveDifference } from './store/differences.js'
import { accountOfPayment, clearWarning } from './store/payments.js'

export type ClearFraudWarningResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'reason-missing' | 'nothing-to-clear' }

const REASON_MAX = 500

/**
 * An administrator has looked into a payment that its bank reported as fraud, and lets the account send again. The warning
 * stays on record with who cleared it and why; a dispute that comes of it freezes the account all the same. Automatic
 * top-up stays off until its owner switches it on. Refused without a reason, and when nothing waits to be cleared.
 */
export async function clearFraudWarning(
  deps: Pick<BillingDeps, 'db' | 'clock'>,
  input: { paymentId: string; actor: string; reason: string },
): Promise<ClearFraudWarningResult> {
  const reason = input.reason.trim()
  if (reason === '' || reason.length > REASON_MAX) return { ok: false, reason: 'reason-missing' }
  const { paymentId, actor } = input
  const accountId = await accountOfPayment(deps.db, paymentId)
  if (accountId === null) return { ok: false, reason: 'not-found' }
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'billing.clearWarning', accountId }, async (tx) => {
    if (!(await clearWarning(tx, accountId, paymentId, { actor, reason, now })))
      return { ok: false, reason: 'nothing-to-clear' }
    await resolveDifference(tx, { objectId: paymentId, what: FRAUD_WARNING, now })
    await followControl(tx, accountId, now)
    return { ok: true }
  })
}
