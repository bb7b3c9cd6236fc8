import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../db/transaction.js'

export interface OnceRequest {
  readonly accountId: AccountId
  /** Chosen by the caller. Null runs the effect without remembering it. */
  readonly key: string | null
  /** `campaigns.start`: one key names one operation. */
  readonly operation: string
  /** Everything that decides the effect, as plain JSON. */
  readonly input: unknown
}

export interface KeyReused {
  readonly ok: false
  readonly reason: 'idempotency-key-reused'
}

/**
 * Runs the effect at most once per account and key, in the caller's transaction, so that the effect and the memory of
 * it commit together. A repeat with the same input answers the stored result; with other input, or for another
 * operation, it is refused. A refused effect (`ok: false`) changed nothing and is not remembered: the same key may try
 * again after the cause is gone. The transaction must hold the account's lock, so two repeats never race.
 * Results must be plain JSON, because a replay reads them back from the database.
 */
export async function onceOnly<Result extends { ok: boolean }>(
  tx: Tx,
  request: OnceRequest,
  effect: () => Promise<Result>,
): Promise<Result | KeyReused> {
  if (request.key === null) return effect()
  assert(tx.lockedAccountId === request.accountId, 'onceOnly runs under the lock of its account')
  const hash = createHash('sha256').update(canonicalJson(request.input)).digest()
  const [stored] = await tx.query<{ operation: string; input_hash: Buffer; result: Result }>(
    `/* idempotency.find */ select operation, input_hash, result from idempotency_key where account_id = $1 and key = $2`,
    [request.accountId, request.key],
  )
  if (stored) {
    const isRepeat = stored.operation === request.operation && stored.input_hash.equals(hash)
    return isRepeat ? stored.result : { ok: false, reason: 'idempotency-key-reused' }
  }
  const result = await effect()
  if (result.ok) await remember(tx, request, hash, result)
  return result
}

async function remember(tx: Tx, request: OnceRequest, hash: Buffer, result: unknown): Promise<void> {
  const text = JSON.stringify(result)
  assert(
    isDeepStrictEqual(JSON.parse(text), result),
    `the result of ${request.operation} survives JSON unchanged`,
  )
  await tx.query(
    `/* idempotency.remember */ insert into idempotency_key (account_id, key, operation, input_hash, result)
     values ($1, $2, $3, $4, $5)`,
    [request.accountId, request.key, request.operation, hash, text],
  )
}

/** The same text for the same value, whatever the order in which its fields were written. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}
