import { inTransaction } from '../../platform/db/transaction.js'
import { KEPT_MS } from './domain/limits.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { deleteOld } from './store/delivery-rows.js'

const ROWS_MAX = 5_000

/**
 * Deletes deliveries thirty days after they ended, and secrets that long after they last signed, until there are no more or
 * the process is to end. Returns how many.
 */
export async function purgeDeliveries(
  { db, clock }: Pick<EndpointDeps, 'db' | 'clock'>,
  signal?: AbortSignal,
): Promise<number> {
  const before = new Date(clock.now().toMillis() - KEPT_MS)
  let deleted = 0
  for (;;) {
    const rows = await inTransaction(db, { name: 'endpoints.purge' }, (tx) => deleteOld(tx, before, ROWS_MAX))
    deleted += rows
    if (rows < ROWS_MAX || signal?.aborted === true) return deleted
  }
}
