import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

export interface TallyRow {
  kind: string
  report: string | null
  messages: number
}

/**
 * What has happened to messages since an instant, added up from the event log, and the newest event that is in it. Events
 * of one account are in the order of time, so the walk begins at the last one before the instant.
 */
export async function tallyEvents(
  db: Db,
  accountId: string,
  since: Date,
): Promise<{ seq: number; rows: TallyRow[] }> {
  const rows = await readQuery<{ seq: string; kind: string | null; report: string | null; messages: string }>(
    db,
    `/* messages.tallyEvents */
     with feed as (select coalesce(max(last_seq), 0) as seq from account_feed where account_id = $1),
     before as (
       select coalesce((select seq from account_event where account_id = $1 and at < $2 order by seq desc limit 1), 0) as seq
     ), added as (
       select e.payload ->> 'kind' as kind, e.payload ->> 'report' as report, sum(cardinality(e.message_ids)) as messages
       from account_event e, before, feed
       where e.account_id = $1 and e.seq > before.seq and e.seq <= feed.seq and e.topic = 'messages'
       group by 1, 2
     )
     select feed.seq, added.kind, added.report, coalesce(added.messages, 0) as messages
     from feed left join added on true order by 2, 3`,
    [accountId, since],
  )
  return {
    seq: Number(rows[0]?.seq ?? 0),
    rows: rows.flatMap(({ kind, report, messages }) =>
      kind === null ? [] : [{ kind, report, messages: Number(messages) }],
    ),
  }
}
