import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { postCaptures } from './store/settle-holds.js'

/**
 * This is where credits are spent: the holds of these attempts become captures, held → spent, each in full.
 * A hold resolves at most once; a second capture or release of the same hold fails with 23505 and changes nothing.
 */
export async function captureHolds(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
): Promise<{ credits: number }> {
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  if (attemptIds.length === 0) return { credits: 0 }
  return { credits: await postCaptures(tx, accountId, attemptIds, actor) }
}
