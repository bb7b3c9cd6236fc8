import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { expireLots } from './expire-lots.js'
import { accountsWithDueLots } from './store/lots.js'

const ACCOUNTS_MAX = 500

/**
 * Expires what is due, account by account, each in a transaction of its own. Safe to run twice, in several processes. An
 * account that fails does not keep the others waiting: its error is thrown when they are done.
 */
export async function expireDueLots(deps: {
  db: Db
  clock: Clock
}): Promise<{ accounts: number; credits: number }> {
  const now = deps.clock.now().toJSDate()
  const accountIds = await accountsWithDueLots(deps.db, now, ACCOUNTS_MAX)
  const failures: unknown[] = []
  let credits = 0
  for (const accountId of accountIds) {
    try {
      const expired = await inTransaction(deps.db, { name: 'credits.expireDueLots', accountId }, (tx) =>
        expireLots(tx, accountId, now),
      )
      credits += expired.credits
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return { accounts: accountIds.length, credits }
}
