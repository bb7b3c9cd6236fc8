import type { DateTime } from 'luxon'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { tallyEvents, type TallyRow } from './store/event-tally.js'

export interface MessageTallyOf {
  /** The newest event that is counted: who follows the events after it adds to these counts without gap or repeat. */
  seq: number
  counts: TallyRow[]
}

/** What has happened to the messages of an account since an instant, from one snapshot of its event log. Never refuses. */
export async function tallyMessageEvents(
  deps: { db: Db },
  accountId: AccountId,
  since: DateTime,
): Promise<MessageTallyOf> {
  const { seq, rows } = await tallyEvents(deps.db, accountId, since.toJSDate())
  return { seq, counts: rows }
}
