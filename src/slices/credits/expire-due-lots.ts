import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { expireLots } from './expire-lots.js'
import { accountsWithDueLots } from './store/lots.js'

const ACCOUNTS_MAX = 500

/** Expires what is due, account by account, each in a transaction of its own. Safe to run twice, in several processes. */
export async function expireDueLots(deps: {
  db: Db
  clock: Clock
}): Promise<{ accounts: number; credits: number }> {
  const now = deps.clock.now().toJSDate()
  const accountIds = await accountsWithDueLots(deps.db, now, ACCOUNTS_MAX)
  let credits = 0
  for (const accountId of accountIds) {
    const expired = await inTransaction(deps.db, { name: 'credits.expireDueLots', accountId }, (tx) =>
      expireLots(tx, accountId, now),
    )
    credits += expired.credits
  }
  return { accounts: accountIds.length, credits }
}
