import type { DateTime } from 'luxon'
import type { Tx } from '../../../platform/db/transaction.js'

/** Counts one attempt and returns how many this window has had, this one included. */
export async function countAttempt(
  tx: Tx,
  attempt: { bucket: string; now: DateTime; windowMinutes: number },
): Promise<number> {
  const opened = attempt.now.minus({ minutes: attempt.windowMinutes })
  const [row] = await tx.query<{ attempts: number }>(
    `/* accounts.countAttempt */ insert into sign_in_throttle as t (bucket, window_started_at, attempts) values ($1, $2, 1)
     on conflict (bucket) do update set
       attempts = case when t.window_started_at > $3 then t.attempts + 1 else 1 end,
       window_started_at = case when t.window_started_at > $3 then t.window_started_at else $2 end
     returning attempts`,
    [attempt.bucket, attempt.now.toJSDate(), opened.toJSDate()],
  )
  return row?.attempts ?? 1
}

export async function forgetAttempts(tx: Tx, buckets: readonly string[]): Promise<void> {
  await tx.query(`/* accounts.forgetAttempts */ delete from sign_in_throttle where bucket = any ($1)`, [
    buckets,
  ])
}
