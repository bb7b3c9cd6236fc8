import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { expireLots } from './expire-lots.js'
import { postHolds, type HoldLimits, type HoldRequest } from './store/post-holds.js'

export type { HoldLimits, HoldRequest } from './store/post-holds.js'

/**
 * This is where credits are set aside for messages about to be sent: available → held, one hold per attempt.
 *
 * Takes as many requests as fit, in the order given, and stops at the first that does not: nobody further down the
 * order overtakes. Returns how many got their hold; the caller must not send the others. The database refuses any
 * hold that would make `available` negative, whatever this function believes.
 */
export async function holdCredits(
  tx: Tx,
  accountId: string,
  requests: readonly HoldRequest[],
  limits: HoldLimits,
): Promise<{ held: number; availableBefore: number }> {
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  let posted = await postHolds(tx, accountId, requests, limits)
  if (posted.lotsDue) {
    await expireLots(tx, accountId, limits.now)
    posted = await postHolds(tx, accountId, requests, limits)
  }
  assert(!posted.lotsDue, 'due lots are expired before a hold')
  return { held: posted.held, availableBefore: posted.availableBefore }
}
