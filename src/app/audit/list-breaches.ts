import type { Db } from '../../platform/db/data-source.js'
import {
  breachesOfAccounts,
  listBreachRows,
  readLooks,
  type Breach,
  type BreachQuery,
  type LookRow,
} from './store/breach-rows.js'

/** Breaches of all accounts and of the platform, newest first; for administrators. */
export async function listBreaches(deps: { db: Db }, query: BreachQuery): Promise<Breach[]> {
  return listBreachRows(deps.db, query)
}

const SHOWN_MAX = 20

/** What stands in accounts now, for their own members: those that no full look has found gone, newest first. */
export async function standingBreaches(
  deps: { db: Db },
  accountIds: readonly string[],
): Promise<Map<string, Breach[]>> {
  const breaches = await breachesOfAccounts(deps.db, accountIds, SHOWN_MAX)
  return new Map(accountIds.map((id) => [id, breaches.filter(({ accountId }) => accountId === id)]))
}

/** When the live audit has looked last, and when it last found nothing wrong. */
export async function listLooks(deps: { db: Db }): Promise<LookRow[]> {
  return readLooks(deps.db)
}
