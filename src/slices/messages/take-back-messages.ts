import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { BATCH_MAX } from './domain/limits.js'
import { takeBackRows } from './store/waiting-rows.js'

export interface TakenBack {
  /** Nobody had begun to send them: they are over. */
  cancelled: string[]
  /** A call is under way or of unknown outcome: they may be out, and are over when it turns out that they are not. */
  inFlight: string[]
}

/**
 * Takes messages back, for a reason that stays with them: from this commit on no attempt of them is authorised. What waits is
 * cancelled. What is in flight keeps its hold until its call is settled; if that was not taken by the carrier, the message ends as cancelled
 * and is not tried again. Ids of messages that have ended are left out.
 */
export async function takeBackMessages(
  tx: Tx,
  accountId: AccountId,
  { ids }: { ids: readonly string[] },
  reason: string,
): Promise<TakenBack> {
  assert(tx.lockedAccountId === accountId, 'messages are taken back under the lock of their account')
  assert(ids.length <= BATCH_MAX, 'messages are taken back in batches')
  if (ids.length === 0) return { cancelled: [], inFlight: [] }
  const taken = await takeBackRows(tx, ids, { accountId, reason })
  if (taken.cancelled.length > 0)
    await appendEvent(tx, {
      accountId,
      topic: 'messages',
      messageIds: taken.cancelled,
      payload: { kind: 'refused', reasons: { [reason]: taken.cancelled.length } },
    })
  return taken
}
