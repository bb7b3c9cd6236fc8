import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { SubscriptionState } from './domain/subscription-state.js'
import { setBillingControl } from './store/controls.js'

/**
 * What payments decide about sending: the subscription's state, and a freeze while a payment is disputed. In the caller's
 * transaction, under the account's lock: claims share-lock the row that this updates, so nothing is authorised after
 * the commit that should not be. A state of null leaves what administrators set.
 */
export async function applyBillingControl(
  tx: Tx,
  accountId: AccountId,
  control: { subscriptionState: SubscriptionState | null; freeze: string | null },
): Promise<{ changed: boolean }> {
  const { subscriptionChanged, freezeChanged } = await setBillingControl(tx, accountId, control)
  const { subscriptionState, freeze } = control
  const tell = (payload: Record<string, unknown>): Promise<unknown> =>
    appendEvent(tx, { accountId, topic: 'account', payload })
  if (subscriptionChanged) await tell({ subscriptionState })
  if (freezeChanged)
    await tell({ sendingStopped: freeze !== null, ...(freeze === null ? {} : { reason: freeze }) })
  return { changed: subscriptionChanged || freezeChanged }
}
