import type { DateTime } from 'luxon'
import type { Tx } from '../../../platform/db/transaction.js'

export interface PurgeLimits {
  sessionsBefore: DateTime
  throttlesBefore: DateTime
  idempotencyKeysBefore: DateTime
  rowsMax: number
}

/** Deletes at most `rowsMax` rows of each kind. Says how many went, and whether there may be more of one. */
export async function deleteExpired(tx: Tx, limits: PurgeLimits): Promise<{ rows: number; more: boolean }> {
  const sessions = await tx.query(
    `/* accounts.purgeSessions */ delete from session where id in
       (select id from session where least(expires_at, ended_at) < $1 order by id limit $2) returning id`,
    [limits.sessionsBefore.toJSDate(), limits.rowsMax],
  )
  const throttles = await tx.query(
    `/* accounts.purgeThrottles */ delete from sign_in_throttle where bucket in
       (select bucket from sign_in_throttle where window_started_at < $1 limit $2) returning bucket`,
    [limits.throttlesBefore.toJSDate(), limits.rowsMax],
  )
  const keys = await tx.query(
    `/* accounts.purgeIdempotencyKeys */ delete from idempotency_key where (account_id, key) in
       (select account_id, key from idempotency_key where created_at < $1 order by created_at limit $2) returning key`,
    [limits.idempotencyKeysBefore.toJSDate(), limits.rowsMax],
  )
  const counts = [sessions.length, throttles.length, keys.length]
  return {
    rows: counts.reduce((sum, count) => sum + count, 0),
    more: counts.some((count) => count >= limits.rowsMax),
  }
}
