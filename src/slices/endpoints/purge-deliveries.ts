import { inTransaction } from '../../platform/db/transaction.js'
import { KEPT_MS } from './domain/limits.js'
import type { EndpointDeps } from './endpoint-deps.js'
import { deleteOld } from './store/delivery-rows.js'

const ROWS_MAX = 5_000
const ROUNDS_MAX = 20

/** Deletes deliveries thirty days after they ended, and secrets that long after they last signed. Returns how many. */
export async function purgeDeliveries({ db, clock }: Pick<EndpointDeps, 'db' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().toMillis() - KEPT_MS)
  let deleted = 0
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const rows = await inTransaction(db, { name: 'endpoints.purge' }, (tx) => deleteOld(tx, before, ROWS_MAX))
    deleted += rows
    if (rows < ROWS_MAX) break
  }
  return deleted
}
