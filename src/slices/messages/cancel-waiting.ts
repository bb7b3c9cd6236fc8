import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { BATCH_MAX } from './domain/limits.js'
import { cancelWaitingRows } from './store/waiting-rows.js'

/**
 * Takes back messages that nobody has begun to send, for a reason that stays with them. They hold no credits. What is in
 * flight is not touched: it may be out already. Returns the ids that were waiting; the others are left as they are.
 */
export async function cancelWaiting(
  tx: Tx,
  accountId: AccountId,
  { ids }: { ids: readonly string[] },
  reason: string,
): Promise<string[]> {
  assert(tx.lockedAccountId === accountId, 'messages are cancelled under the lock of their account')
  assert(ids.length <= BATCH_MAX, 'messages are cancelled in batches')
  const cancelled = ids.length === 0 ? [] : await cancelWaitingRows(tx, ids, { accountId, reason })
  if (cancelled.length > 0)
    await appendEvent(tx, {
      accountId,
      topic: 'messages',
      messageIds: cancelled,
      payload: { kind: 'refused', reasons: { [reason]: cancelled.length } },
    })
  return cancelled
}
