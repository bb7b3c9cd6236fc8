import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { adoptIdentity, readSendingLock, setSendingLock } from './store/sending-lock.js'

/** For programs, before a colon; what follows is for people. */
const RESTORED = 'restore: the database is not the one that last sent'

/**
 * Compares the database with the one that last sent, and locks sending when it is another: restored from a dump, recovered
 * to a point in time, failed over. Claims compare too and refuse by themselves; this writes it down, from when on, and
 * tells. The very first worker of an installation makes its database the known one.
 */
export async function watchDatabase(
  deps: AccountsDeps,
): Promise<{ lockedNow: boolean; lockReason: string | null }> {
  const lock = await readSendingLock(deps.db)
  if (lock.reason !== null) return { lockedNow: false, lockReason: lock.reason }
  if (lock.knownIdentity === null) {
    await inTransaction(deps.db, { name: 'accounts.adoptIdentity' }, (tx) => adoptIdentity(tx))
    return { lockedNow: false, lockReason: null }
  }
  if (lock.knownIdentity === lock.identity) return { lockedNow: false, lockReason: null }
  return { lockedNow: await lockSending(deps, RESTORED), lockReason: RESTORED }
}

/**
 * Nobody sends from the next claim on, whatever administrators resume, until the reconciliation after a restore has
 * accounted for what was sent (`npm run restore`). A lock that stands keeps its reason and its moment.
 */
export async function lockSending(deps: AccountsDeps, reason: string): Promise<boolean> {
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'accounts.lockSending' }, (tx) => setSendingLock(tx, reason, now))
}
