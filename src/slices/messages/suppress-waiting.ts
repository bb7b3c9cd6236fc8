import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Purpose } from './domain/new-message.js'
import { suppressWaitingRows } from './store/waiting-rows.js'

/**
 * Ends every text that waits for a number, of campaigns and single ones: called in the transaction that records a
 * revocation, so that the person's word and the end of what was planned are one. Answers to the person's own texts stay
 * (the confirmation of the revocation is one). The gate would refuse them all the same; this says so at once. With `purposes`
 * only those. Returns the ids.
 */
export async function suppressWaiting(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  reason: string,
  purposes: readonly Purpose[] | null = null,
): Promise<string[]> {
  assert(tx.lockedAccountId === accountId, 'messages are suppressed under the lock of their account')
  const suppressed = await suppressWaitingRows(tx, phone, { accountId, reason, purposes })
  if (suppressed.length > 0)
    await appendEvent(tx, {
      accountId,
      topic: 'messages',
      messageIds: suppressed,
      payload: { kind: 'refused', reasons: { [reason]: suppressed.length } },
    })
  return suppressed
}
