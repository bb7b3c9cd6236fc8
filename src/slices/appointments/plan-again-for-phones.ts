import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { planAgain } from './store/notifications.js'

/**
 * Plans again what opt-outs of these numbers took back and what is still to come, in the transaction that records that people
 * agree to texts again; for those only who agree to texts about appointments. What has become due since, what was sent and what
 * an older revision said stay as they are.
 */
export async function planAgainForPhones(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
  now: Date,
): Promise<void> {
  assert(tx.lockedAccountId === accountId, 'plans change under the lock of their account')
  const notifications = await planAgain(tx, accountId, phones, now)
  if (notifications === 0) return
  await appendEvent(tx, {
    accountId,
    topic: 'appointments',
    payload: { kind: 'opted_in', notifications, at: now.toISOString() },
  })
}
