import type { AccountId, SessionId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { moveSession } from './store/sessions.js'

export type SwitchAccountResult = { ok: true } | { ok: false; reason: 'not-found' }

/** Moves the session that asks to another account of the same person. An account without a membership is as good as none. */
export async function switchAccount(
  deps: AccountsDeps,
  input: { sessionId: SessionId; accountId: AccountId },
): Promise<SwitchAccountResult> {
  return inTransaction(deps.db, { name: 'accounts.switchAccount' }, async (tx) => {
    const moved = await moveSession(tx, input.sessionId, input.accountId)
    return moved ? { ok: true } : { ok: false, reason: 'not-found' }
  })
}
