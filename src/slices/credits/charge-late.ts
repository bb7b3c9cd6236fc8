import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { readBalanceLocked } from './store/balance.js'
import { findGivenBack, postLateCharge } from './store/late-charges.js'

export interface LateCharged {
  attemptId: string
  credits: number
  /** Of these: what the account did not have and owes now. */
  owed: number
}

/**
 * Charges what was given back before the carrier was proved to have the text: available → spent, by new entries. What is
 * missing becomes debt, which blocks sending and is paid first, as after a rollback. Attempts that are charged already, or
 * were charged late before, are left alone: any number of proofs in any order charges once. Returns what was charged now.
 */
export async function chargeLate(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
  reason: string,
): Promise<LateCharged[]> {
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  if (attemptIds.length === 0) return []
  const charged: LateCharged[] = []
  // One by one: such proofs are rare, and each takes from what the one before it has left.
  for (const { attemptId, cost } of await findGivenBack(tx, accountId, attemptIds)) {
    const { available } = await readBalanceLocked(tx, accountId)
    const owed = Math.max(0, cost - available)
    await postLateCharge(tx, { accountId, attemptId, cost, shortfall: owed, actor, reason })
    charged.push({ attemptId, credits: cost, owed })
  }
  return charged
}
