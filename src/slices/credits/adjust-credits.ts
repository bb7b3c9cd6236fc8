import { assert } from '../../kernel/assert.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Tx } from '../../platform/db/transaction.js'
import { LOT_CREDITS_MAX } from './domain/credit-lot.js'
import { expireLots } from './expire-lots.js'
import { grantCredits } from './grant-credits.js'
import { readBalanceLocked } from './store/balance.js'
import { findLotByOrigin, findTaken, postDeduction } from './store/lots.js'

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
  | { ok: true; repeated: boolean }
  | { ok: false; reason: 'credits-out-of-range' | 'reason-missing' | 'insufficient-credits' | 'key-reused' }

/**
 * An administrator's correction, with a reason that stays in the ledger. Takes nothing that is held or spent. The same
 * key with the same credits is answered as `repeated` and moves nothing; with other credits it is refused.
 */
export async function adjustCredits(tx: Tx, input: AdjustInput): Promise<AdjustResult> {
  assert(tx.lockedAccountId === input.accountId, 'credits move under the lock of their account')
  const { credits, reason } = input
  if (reason.trim() === '') return { ok: false, reason: 'reason-missing' }
  const usable = Number.isSafeInteger(credits) && credits !== 0 && Math.abs(credits) <= LOT_CREDITS_MAX
  if (!usable) return { ok: false, reason: 'credits-out-of-range' }
  const before = await findAdjustment(tx, input)
  if (before !== null)
    return before === credits ? { ok: true, repeated: true } : { ok: false, reason: 'key-reused' }
  return credits > 0 ? addLot(tx, input) : takeFromAvailable(tx, input)
}

/** The credits of the adjustment that this key made, or null. */
async function findAdjustment(tx: Tx, { accountId, key }: AdjustInput): Promise<number | null> {
  const added = await findLotByOrigin(tx, accountId, `adjustment:${key}`)
  if (added !== null) return added.amountCredits
  const taken = await findTaken(tx, accountId, `adjustment:${key}`)
  return taken === null ? null : -taken.credits
}

async function addLot(tx: Tx, input: AdjustInput): Promise<AdjustResult> {
  const { accountId, credits, key, actor, reason } = input
  const granted = await grantCredits(tx, {
    accountId,
    credits,
    source: 'adjustment',
    origin: `adjustment:${key}`,
    actor,
    reason,
  })
  assert(granted.ok, 'credits and key of an adjustment are checked before its grant')
  return { ok: true, repeated: false }
}

async function takeFromAvailable(tx: Tx, input: AdjustInput): Promise<AdjustResult> {
  const { accountId, credits, key, actor, reason } = input
  await expireLots(tx, accountId, input.now)
  const balance = await readBalanceLocked(tx, accountId)
  if (balance.available < -credits) return { ok: false, reason: 'insufficient-credits' }
  await postDeduction(tx, accountId, -credits, `adjustment:${key}`, actor, reason)
  await appendEvent(tx, { accountId, topic: 'credits', payload: { kind: 'adjustment', credits } })
  return { ok: true, repeated: false }
}
