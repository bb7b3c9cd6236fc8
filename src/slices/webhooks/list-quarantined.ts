import type { Db } from '../../platform/db/data-source.js'
import { readQuarantined, type StoredWebhook } from './store/failed-rows.js'

/** Events that were set aside after too many failures, oldest first. */
export async function listQuarantined(
  deps: { db: Db },
  page: { afterId: string | null; limit: number },
): Promise<StoredWebhook[]> {
  return readQuarantined(deps.db, page)
}
