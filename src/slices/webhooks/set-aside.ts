import type { Tx } from '../../platform/db/transaction.js'
import { writeFailure } from './store/failed-rows.js'

/**
 * Sets an event aside at once, without further tries, until an administrator replays it: for an event that no try of
 * ours can make readable. It stays visible among the quarantined ones with its problem.
 */
export async function setAside(tx: Tx, id: string, problem: string, now: Date): Promise<void> {
  await writeFailure(tx, { id, problem, now, retryAt: now, triesMax: 1 })
}
