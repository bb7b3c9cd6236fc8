import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { accountsWaiting } from './store/lanes.js'

export type SenderNews =
  | { kind: 'breaker_open' | 'breaker_half_open' | 'breaker_closed' }
  /** How many calls to the carrier may be under way at once, of how many in quiet times. */
  | { kind: 'calls_at_once'; calls: number; callsMax: number }

/** A sender serves many accounts; those past this number see it in the state of their campaigns. */
const ACCOUNTS_MAX = 500

/** Tells the accounts that have texts waiting what holds them up, or no longer does. */
export async function announceSender(deps: { db: Db }, news: SenderNews): Promise<void> {
  for (const accountId of await accountsWaiting(deps.db, ACCOUNTS_MAX)) {
    await inTransaction(deps.db, { name: 'messages.announceSender', accountId }, (tx) =>
      appendEvent(tx, { accountId, topic: 'operations', payload: { ...news } }),
    )
  }
}
