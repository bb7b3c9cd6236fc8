import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { deleteExpired } from './store/expired-rows.js'

const ROWS_MAX = 5_000

/**
 * Deletes what nobody can use any more: sessions a month after their end, throttle windows after a day, idempotency
 * keys after ninety days (what they guarded keeps its own unique keys for ever). At most 5,000 rows of each kind a run;
 * returns how many, so that a caller can run it again.
 */
export async function purgeExpired(deps: AccountsDeps): Promise<number> {
  const now = deps.clock.now()
  return inTransaction(deps.db, { name: 'accounts.purgeExpired' }, (tx) =>
    deleteExpired(tx, {
      sessionsBefore: now.minus({ days: 30 }),
      throttlesBefore: now.minus({ days: 1 }),
      idempotencyKeysBefore: now.minus({ days: 90 }),
      rowsMax: ROWS_MAX,
    }),
  )
}
