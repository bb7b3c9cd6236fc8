import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Purpose } from './domain/new-message.js'
import { findWaitingRows, suppressRows } from './store/waiting-rows.js'

/**
 * Ends every text that waits for these numbers, of campaigns and single ones: called in the transaction that records a
 * revocation, so that the person's word and the end of what was planned are one. Answers to the person's own texts stay
 * (the confirmation of the revocation is one). The gate would refuse them all the same; this says so at once. With `purposes`
 * only those. For one number or a chunk of an import: a number without waiting texts costs an index probe for each
 * campaign that has any. Returns the ids.
 */
export async function suppressWaiting(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
  reason: string,
  purposes: readonly Purpose[] | null = null,
): Promise<string[]> {
  assert(tx.lockedAccountId === accountId, 'messages are suppressed under the lock of their account')
  if (phones.length === 0) return []
  const waiting = await findWaitingRows(tx, phones, { accountId, purposes })
  const ended: string[] = []
  for (let from = 0; from < waiting.length; from += ENDED_AT_ONCE) {
    const suppressed = await suppressRows(tx, waiting.slice(from, from + ENDED_AT_ONCE), reason)
    if (suppressed.length === 0) continue
    ended.push(...suppressed)
    await appendEvent(tx, {
      accountId,
      topic: 'messages',
      messageIds: suppressed,
      payload: { kind: 'refused', reasons: { [reason]: suppressed.length } },
    })
  }
  return ended
}

const ENDED_AT_ONCE = 250
