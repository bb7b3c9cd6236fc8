import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { deleteExpired } from './store/expired-rows.js'

const ROWS_MAX = 5_000

/**
 * Deletes what nobody can use any more: sessions a month after their end, throttle windows after a day, idempotency
 * keys after ninety days (what they guarded keeps its own unique keys for ever). 5,000 rows of each kind at a time, until
 * there are no more or the process is to end; what is left then is found by the next run. Returns how many.
 */
export async function purgeExpired(deps: AccountsDeps, signal?: AbortSignal): Promise<number> {
  const now = deps.clock.now()
  const limits = {
    sessionsBefore: now.minus({ days: 30 }),
    throttlesBefore: now.minus({ days: 1 }),
    idempotencyKeysBefore: now.minus({ days: 90 }),
    rowsMax: ROWS_MAX,
  }
  let deleted = 0
  for (;;) {
    const round = await inTransaction(deps.db, { name: 'accounts.purgeExpired' }, (tx) =>
      deleteExpired(tx, limits),
    )
    deleted += round.rows
    if (!round.more || signal?.aborted === true) return deleted
  }
}
