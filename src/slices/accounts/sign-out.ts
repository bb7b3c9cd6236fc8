import type { SessionId, UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { endSessions } from './store/sessions.js'

/** Ends one session of this person; its token stops working at once, its sockets within five seconds. */
export async function signOut(
  deps: AccountsDeps,
  session: { userId: UserId; sessionId: SessionId },
): Promise<void> {
  await inTransaction(deps.db, { name: 'accounts.signOut' }, (tx) =>
    endSessions(tx, { userId: session.userId, only: session.sessionId }, 'signed_out', deps.clock.now()),
  )
}
