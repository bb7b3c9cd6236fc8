import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { listHistoryRows, type HistoryFilter, type HistoryRow } from './store/history-rows.js'

export type { HistoryRow } from './store/history-rows.js'

/**
 * Who did what when in an account, newest first: one page over all the histories that cannot be changed. Reads only; what
 * happens to single texts stands in their own stories.
 */
export function readHistory(
  deps: { db: Db },
  accountId: AccountId,
  filter: HistoryFilter,
  page: { before: { at: string; key: string } | null; limit: number },
): Promise<HistoryRow[]> {
  return listHistoryRows(deps.db, accountId, filter, page)
}
