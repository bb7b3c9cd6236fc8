import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { AccountsDeps } from './accounts-deps.js'
import { accountsWithEvents } from './store/controls.js'

/** Each is one short transaction; accounts past this number see the stop when they ask. */
const ACCOUNTS_MAX = 500

/**
 * Tells the accounts that all sending stopped, or goes on. Called after the commit that decided it, which is in force
 * already: whoever waits for an account's lock here delays nobody's stop.
 */
export async function announcePlatform(
  deps: Pick<AccountsDeps, 'db'>,
  kind: 'platform_stopped' | 'platform_resumed',
): Promise<void> {
  for (const accountId of await accountsWithEvents(deps.db, ACCOUNTS_MAX)) {
    await inTransaction(deps.db, { name: 'accounts.announcePlatform', accountId }, (tx) =>
      appendEvent(tx, { accountId, topic: 'account', payload: { kind } }),
    )
  }
}
