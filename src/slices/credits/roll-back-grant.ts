import { assert } from '../../kernel/assert.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Tx } from '../../platform/db/transaction.js'
import { clawedBack, findLot, postClawback } from './store/lots.js'

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
  | { ok: true; credits: number }
  | { ok: false; reason: 'lot-not-found' | 'reason-missing' | 'nothing-left' | 'credits-out-of-range' }

/**
 * Takes a grant back by new entries, never by changing old ones. What was spent of it becomes debt, which blocks
 * sending and is paid first by the next grant or release.
 */
export async function rollBackGrant(tx: Tx, input: RollBackInput): Promise<RollBackResult> {
  assert(tx.lockedAccountId === input.accountId, 'credits move under the lock of their account')
  if (input.reason.trim() === '') return { ok: false, reason: 'reason-missing' }
  const lot = await findLot(tx, input.accountId, input.lotNo)
  if (lot === null) return { ok: false, reason: 'lot-not-found' }
  const left = lot.amountCredits - (await clawedBack(tx, input.accountId, input.lotNo))
  if (left === 0) return { ok: false, reason: 'nothing-left' }
  const credits = input.credits ?? left
  if (!Number.isSafeInteger(credits) || credits < 1 || credits > left) return { ok: false, reason: 'credits-out-of-range' }
  await postClawback(tx, input.accountId, input.lotNo, credits, `rollback:${input.key}`, input.actor, input.reason)
  await appendEvent(tx, {
    accountId: input.accountId,
    topic: 'credits',
    payload: { kind: 'rollback', credits, lotNo: input.lotNo },
  })
  return { ok: true, credits }
}
