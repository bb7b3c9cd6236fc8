import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { applyBillingControl } from '../accounts/index.js'
import { accountStateOf } from './domain/subscription-status.js'
import { hasOpenDispute } from './store/payments.js'
import { subscriptionsLocked } from './store/subscriptions.js'
import { disableSetting } from './store/top-up-settings.js'

/**
 * What all payments and subscriptions of the account together say about sending. An open dispute, an inquiry too, stops it
 * and switches automatic top-up off; when the last one is closed sending is free again, top-up stays off.
 */
export async function followControl(tx: Tx, accountId: AccountId, now: Date): Promise<void> {
  const disputed = await hasOpenDispute(tx, accountId)
  const subscriptions = await subscriptionsLocked(tx, accountId)
  const { changed } = await applyBillingControl(tx, accountId, {
    subscriptionState: accountStateOf(subscriptions),
    freeze: disputed ? 'A payment of this account is disputed.' : null,
  })
  if (disputed && (await disableSetting(tx, accountId, 'dispute', now)))
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'top-up-off', reason: 'dispute' },
    })
  if (changed) await appendEvent(tx, { accountId, topic: 'billing', payload: { kind: 'control', disputed } })
}
