import type { Db } from '../../platform/db/data-source.js'
import {
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

/** When the live audit has looked last, and when it last found nothing wrong. */
export async function listLooks(deps: { db: Db }): Promise<LookRow[]> {
  return readLooks(deps.db)
}
