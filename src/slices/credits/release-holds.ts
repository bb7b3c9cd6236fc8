import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { postReleases } from './store/settle-holds.js'

/**
 * The holds of these attempts go back to the lots they came from, held → available, because nothing was sent.
 * What the account owes is paid from them first. A hold resolves at most once (23505).
 */
export async function releaseHolds(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
): Promise<{ credits: number }> {
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  if (attemptIds.length === 0) return { credits: 0 }
  return { credits: await postReleases(tx, accountId, attemptIds, actor) }
}
