import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { AccountsDeps } from './accounts-deps.js'
import { setAccountStop } from './store/controls.js'

export type SwitchSendingResult = { ok: true } | { ok: false; reason: 'not-found' }

/** Sets or clears (null) the reason for which an account sends nothing, and tells its dashboards, in one transaction. */
export async function switchSending(
  deps: AccountsDeps,
  accountId: AccountId,
  { reason, actor }: { reason: string | null; actor: string | null },
): Promise<SwitchSendingResult> {
  return inTransaction(deps.db, { name: 'accounts.switchSending', accountId }, async (tx) => {
    if (!(await setAccountStop(tx, accountId, { reason, actor }))) return { ok: false, reason: 'not-found' }
    const payload = { sendingStopped: reason !== null, ...(reason === null ? {} : { reason }) }
    await appendEvent(tx, { accountId, topic: 'account', payload })
    return { ok: true }
  })
}
