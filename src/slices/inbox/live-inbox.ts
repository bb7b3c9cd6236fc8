import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { endable } from '../../platform/realtime/endable.js'
import type { EventListener } from '../../platform/realtime/event-listener.js'
import { lastSeq, type AccountEvent } from '../../platform/realtime/event-log.js'
import { liveEvents } from '../../platform/realtime/live-query.js'
import { readTotals, type InboxTotals } from './store/conversation-rows.js'

export interface InboxNews {
  seq: number
  at: Date | null
  /** Null for the snapshot that a new reader begins with. */
  event: AccountEvent | null
  totals: InboxTotals
}

/**
 * How the inbox stands, and then everything that happens to it, once and in order. Whoever comes back with the last `seq`
 * gets what happened since, and no snapshot: nothing is missed and nothing repeated. The snapshot's `seq` is read before
 * its numbers, so that what happens meanwhile is told again and never left out.
 */
export function liveInbox(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  afterSeq: number | null,
): AsyncGenerator<InboxNews, void, undefined> {
  return endable((signal) => follow(deps, accountId, { afterSeq, signal }))
}

async function* follow(
  deps: { db: Db; events: EventListener },
  accountId: AccountId,
  { afterSeq, signal }: { afterSeq: number | null; signal: AbortSignal },
): AsyncGenerator<InboxNews, void, undefined> {
  const from = afterSeq ?? (await lastSeq(deps.db, accountId))
  if (afterSeq === null)
    yield { seq: from, at: null, event: null, totals: await readTotals(deps.db, accountId) }
  const events = liveEvents({
    db: deps.db,
    listener: deps.events,
    accountId,
    afterSeq: from,
    topics: ['inbox'],
  })
  const leave = (): void => {
    void events.return()
  }
  signal.addEventListener('abort', leave)
  try {
    for await (const event of events)
      yield { seq: event.seq, at: event.at, event, totals: await readTotals(deps.db, accountId) }
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
