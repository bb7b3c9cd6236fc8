import { assert } from '../../kernel/assert.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { Tx } from '../../platform/db/transaction.js'
import { DEFAULT_LOT_PRIORITY, LOT_CREDITS_MAX, type LotSource } from './domain/credit-lot.js'
import { findLotByOrigin, postGrant } from './store/lots.js'

export interface GrantInput {
  accountId: string
  credits: number
  source: LotSource
  /** What the lot came from, for example `pi:<payment intent>`: the same origin never grants twice. */
  origin: string
  priority?: number
  expiresAt?: Date | null
  actor: string
  reason?: string
}

export type GrantResult =
  | { ok: true; lotNo: number; repeated: boolean }
  | { ok: false; reason: 'credits-out-of-range' | 'priority-out-of-range' | 'origin-reused' }

/**
 * A new lot of credits: funding → available, debt paid first. The same origin with the same amount is answered with
 * the lot that exists (`repeated`); with another amount it is refused as `origin-reused`.
 */
export async function grantCredits(tx: Tx, input: GrantInput): Promise<GrantResult> {
  assert(tx.lockedAccountId === input.accountId, 'credits move under the lock of their account')
  const priority = input.priority ?? DEFAULT_LOT_PRIORITY
  if (!isWhole(input.credits, 1, LOT_CREDITS_MAX)) return { ok: false, reason: 'credits-out-of-range' }
  if (!isWhole(priority, 0, 100)) return { ok: false, reason: 'priority-out-of-range' }
  const existing = await findLotByOrigin(tx, input.accountId, input.origin)
  if (existing !== null) {
    const same = existing.amountCredits === input.credits && existing.source === input.source
    return same ? { ok: true, lotNo: existing.lotNo, repeated: true } : { ok: false, reason: 'origin-reused' }
  }
  const lotNo = await postGrant(tx, {
    accountId: input.accountId,
    source: input.source,
    amountCredits: input.credits,
    priority,
    expiresAt: input.expiresAt ?? null,
    origin: input.origin,
    actor: input.actor,
    reason: input.reason ?? null,
  })
  await appendEvent(tx, {
    accountId: input.accountId,
    topic: 'credits',
    payload: { kind: 'grant', credits: input.credits, lotNo, source: input.source },
  })
  return { ok: true, lotNo, repeated: false }
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max
}
