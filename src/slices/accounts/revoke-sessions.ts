import type { UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { endSessions } from './store/sessions.js'

/** Ends every session of this person, on every device and in every account. Returns how many were open. */
export async function revokeSessions(deps: AccountsDeps, userId: UserId): Promise<number> {
  return inTransaction(deps.db, { name: 'accounts.revokeSessions' }, (tx) =>
    endSessions(tx, { userId }, 'revoked', deps.clock.now()),
  )
}
