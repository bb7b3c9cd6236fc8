import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { acceptIdentity, readSendingLock, type RestoreRun, type SendingLock } from './store/sending-lock.js'

/**
 * Ends the lock after a restore and makes this database the one that sends, with a record of what that rests on. Whoever
 * calls this has accounted for the lost tail; nothing here checks it. False when there is no lock.
 */
export async function acceptDatabase(deps: AccountsDeps, run: RestoreRun): Promise<boolean> {
  const now = deps.clock.now().toJSDate()
  return inTransaction(deps.db, { name: 'accounts.acceptDatabase' }, (tx) => acceptIdentity(tx, run, now))
}

/** Whether sending is locked after a restore, since when, and by which identities that was seen. */
export async function sendingLock(db: Db): Promise<SendingLock> {
  return readSendingLock(db)
}
