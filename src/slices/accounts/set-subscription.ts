import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { AccountsDeps } from './accounts-deps.js'
import type { SubscriptionState } from './domain/subscription-state.js'
import { setSubscriptionState } from './store/controls.js'

export type SetSubscriptionResult = { ok: true } | { ok: false; reason: 'not-found' }

/**
 * Records the state of an account's subscription. Only `active` and `trialing` let messages go out, and claims
 * share-lock the row that this updates, so a lapse is enforced from the very next claim on.
 */
export async function setSubscription(
  deps: AccountsDeps,
  input: { accountId: AccountId; state: SubscriptionState; actor?: string | undefined },
): Promise<SetSubscriptionResult> {
  const { accountId, state } = input
  return inTransaction(deps.db, { name: 'accounts.setSubscription', accountId }, async (tx) => {
    if (!(await setSubscriptionState(tx, accountId, { state, actor: input.actor ?? null })))
      return { ok: false, reason: 'not-found' }
    await appendEvent(tx, { accountId, topic: 'account', payload: { subscriptionState: state } })
    return { ok: true }
  })
}
