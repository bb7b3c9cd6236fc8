import { assert } from '../../kernel/assert.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Tx } from '../../platform/db/transaction.js'
import { findLot, findTaken, goneForGood, postClawback } from './store/lots.js'

export interface RollBackInput {
  accountId: string
  lotNo: number
  /** How much of the lot; all that has not been taken back yet when absent. */
  credits?: number
  key: string
  actor: string
  reason: string
}

export type RollBackResult =
  | { ok: true; credits: number; repeated: boolean }
  | {
      ok: false
      reason: 'lot-not-found' | 'reason-missing' | 'nothing-left' | 'credits-out-of-range' | 'key-reused'
    }

/**
 * Takes a grant back by new entries, never by changing old ones. What was spent of it becomes debt, which blocks
 * sending and is paid first by the next grant or release; what had expired or was deducted is not asked for again.
 * The same key for the same lot is answered as `repeated` and moves nothing.
 */
export async function rollBackGrant(tx: Tx, input: RollBackInput): Promise<RollBackResult> {
  const { accountId, lotNo, actor, reason } = input
  assert(tx.lockedAccountId === accountId, 'credits move under the lock of their account')
  if (reason.trim() === '') return { ok: false, reason: 'reason-missing' }
  const opKey = `rollback:${input.key}`
  const before = await findTaken(tx, accountId, opKey)
  if (before !== null) return repeatOf(before, input)
  const lot = await findLot(tx, accountId, lotNo)
  if (lot === null) return { ok: false, reason: 'lot-not-found' }
  const left = lot.amountCredits - (await goneForGood(tx, accountId, lotNo))
  if (left <= 0) return { ok: false, reason: 'nothing-left' }
  const credits = input.credits ?? left
  if (!Number.isSafeInteger(credits) || credits < 1 || credits > left)
    return { ok: false, reason: 'credits-out-of-range' }
  await postClawback(tx, accountId, lotNo, credits, opKey, actor, reason)
  await appendEvent(tx, { accountId, topic: 'credits', payload: { kind: 'rollback', credits, lotNo } })
  return { ok: true, credits, repeated: false }
}

function repeatOf(before: { credits: number; firstLotNo: number }, input: RollBackInput): RollBackResult {
  const same = before.firstLotNo === input.lotNo && (input.credits ?? before.credits) === before.credits
  return same ? { ok: true, credits: before.credits, repeated: true } : { ok: false, reason: 'key-reused' }
}
