import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { applyBillingControl } from '../accounts/index.js'
import { accountStateOf } from './domain/subscription-status.js'
import { doubtsOf } from './store/payments.js'
import { subscriptionsLocked } from './store/subscriptions.js'
import { switchTopUpOff } from './switch-top-up-off.js'

const DISPUTED = 'A payment of this account is disputed.'
const FRAUD_WARNED = 'A payment of this account was reported as fraud.'

/**
 * What all payments and subscriptions of the account together say about sending. An open dispute, an inquiry too, stops it
 * and switches automatic top-up off, and so does a payment that a bank reported as fraud, until the money went back or an
 * administrator has cleared it. When the last one is closed sending is free again, top-up stays off.
 */
export async function followControl(tx: Tx, accountId: AccountId, now: Date): Promise<void> {
  const { disputed, fraudWarned } = await doubtsOf(tx, accountId)
  const freeze = disputed ? DISPUTED : fraudWarned ? FRAUD_WARNED : null
  const subscriptions = await subscriptionsLocked(tx, accountId)
  const { changed } = await applyBillingControl(tx, accountId, {
    subscriptionState: accountStateOf(subscriptions),
    freeze,
  })
  const reason = disputed ? 'dispute' : 'fraud-warning'
  if (freeze !== null) await switchTopUpOff(tx, accountId, reason, now)
  if (changed)
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'control', disputed, fraudWarned },
    })
}
