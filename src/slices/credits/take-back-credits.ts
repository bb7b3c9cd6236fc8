import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { rollBackGrant } from './roll-back-grant.js'
import { findLot, goneForGood } from './store/lots.js'

export interface TakeBackInput {
  accountId: string
  /** The lots that the credits came from, in the order in which they are emptied. */
  lotNos: readonly number[]
  credits: number
  /** Unique per clawback of these lots. */
  key: string
  actor: string
  reason: string
}

/**
 * Takes credits of a purchase back from its own lots, as far as they reach: what was spent of them becomes debt, what had
 * expired or was taken already is not asked for again. Returns how many it took; the same key must not be used twice.
 */
export async function takeBackCredits(tx: Tx, input: TakeBackInput): Promise<{ credits: number }> {
  const { accountId, lotNos, key, actor, reason } = input
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  let missing = input.credits
  for (const lotNo of lotNos) {
    if (missing === 0) break
    const lot = await findLot(tx, accountId, lotNo)
    assert(lot !== null, 'a purchase names lots that exist')
    const credits = Math.min(missing, lot.amountCredits - (await goneForGood(tx, accountId, lotNo)))
    if (credits <= 0) continue
    const taken = await rollBackGrant(tx, {
      accountId,
      lotNo,
      credits,
      actor,
      reason,
      key: `${key}:${String(lotNo)}`,
    })
    assert(taken.ok && !taken.repeated, 'a clawback within reach happens once')
    missing -= credits
  }
  return { credits: input.credits - missing }
}
