import { assert } from '../../kernel/assert.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Tx } from '../../platform/db/transaction.js'
import { LOT_CREDITS_MAX } from './domain/credit-lot.js'
import { expireLots } from './expire-lots.js'
import { grantCredits } from './grant-credits.js'
import { readBalanceLocked } from './store/balance.js'
import { postDeduction } from './store/lots.js'

export interface AdjustInput {
  accountId: string
  /** Positive adds a lot, negative takes from available; never zero. */
  credits: number
  /** Unique per adjustment; the same key never adjusts twice. */
  key: string
  actor: string
  reason: string
  now: Date
}

export type AdjustResult =
  | { ok: true }
  | { ok: false; reason: 'credits-out-of-range' | 'reason-missing' | 'insufficient-credits' | 'origin-reused' }

/** An administrator's correction, with a reason that stays in the ledger. Takes nothing that is held or spent. */
export async function adjustCredits(tx: Tx, input: AdjustInput): Promise<AdjustResult> {
  assert(tx.lockedAccountId === input.accountId, 'credits move under the lock of their account')
  const { accountId, credits, key, actor, reason } = input
  if (reason.trim() === '') return { ok: false, reason: 'reason-missing' }
  const usable = Number.isSafeInteger(credits) && credits !== 0 && Math.abs(credits) <= LOT_CREDITS_MAX
  if (!usable) return { ok: false, reason: 'credits-out-of-range' }
  if (credits > 0) {
    const granted = await grantCredits(tx, { accountId, credits, source: 'adjustment', origin: `adjustment:${key}`, actor, reason })
    return granted.ok ? { ok: true } : granted
  }
  await expireLots(tx, accountId, input.now)
  const balance = await readBalanceLocked(tx, accountId)
  if (balance.available < -credits) return { ok: false, reason: 'insufficient-credits' }
  await postDeduction(tx, accountId, -credits, `adjustment:${key}`, actor, reason)
  await appendEvent(tx, { accountId, topic: 'credits', payload: { kind: 'adjustment', credits } })
  return { ok: true }
}
