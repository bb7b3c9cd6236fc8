import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { attemptWindowMinutes, type ThrottleBucket } from './domain/sign-in-limits.js'
import { countAttempt } from './store/sign-in-throttle.js'

/**
 * Counts an attempt before the password is looked at, and says whether it is one too many. Stops at the first bucket that
 * is over: what was refused anyway must not fill the buckets that others share.
 */
export async function isOneTooMany(deps: AccountsDeps, buckets: readonly ThrottleBucket[]): Promise<boolean> {
  const now = deps.clock.now()
  return inTransaction(deps.db, { name: 'accounts.countAttempt' }, async (tx) => {
    for (const { bucket, attemptsMax } of buckets) {
      const attempts = await countAttempt(tx, { bucket, now, windowMinutes: attemptWindowMinutes })
      if (attempts > attemptsMax) return true
    }
    return false
  })
}
