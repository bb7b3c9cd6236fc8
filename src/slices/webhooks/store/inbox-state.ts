import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

export interface InboxState {
  waiting: number
  oldestWaitingAt: Date | null
  quarantined: number
  lastReceivedAt: Date | null
}

/** Each part by an index of its own: waiting ones and ones set aside are few, the last one is the end of a key. */
export async function inboxStateOf(db: Db, provider: string): Promise<InboxState> {
  const [row] = await readQuery<InboxState>(
    db,
    `/* webhooks.inboxState */
     select w.waiting, w.oldest as "oldestWaitingAt", q.quarantined,
       (select received_at from webhook_inbox where provider = $1 order by id desc limit 1) as "lastReceivedAt"
     from (select count(*)::int as waiting, min(received_at) as oldest from webhook_inbox
         where provider = $1 and applied_at is null and quarantined_at is null) w,
       (select count(*)::int as quarantined from webhook_inbox where quarantined_at is not null and provider = $1) q`,
    [provider],
  )
  return row ?? { waiting: 0, oldestWaitingAt: null, quarantined: 0, lastReceivedAt: null }
}
