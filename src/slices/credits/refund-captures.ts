import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { postRefunds } from './store/settle-holds.js'

/**
 * Gives back what these attempts had cost, spent → available, to the lots the credits came from; a late charge as well.
 * What was refunded before is left alone, so a late or doubled callback changes nothing. Returns the credits given back.
 */
export async function refundCaptures(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
  reason: string,
): Promise<{ credits: number }> {
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  if (attemptIds.length === 0) return { credits: 0 }
  return { credits: await postRefunds(tx, accountId, attemptIds, actor, reason) }
}
