import type { Clock } from '../../kernel/clock.js'
import type { AccountScope } from '../../platform/access/account-scope.js'
import { actorText } from '../../platform/access/viewer.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { APPROVAL_HOURS } from './domain/runaway-rules.js'
import { recordGuard } from './record-guard.js'
import { writeSinglesApproved } from './store/guard-rows.js'

export type ApproveSinglesResult = { ok: true; approvedUntil: Date } | { ok: false; reason: 'nothing-held' }

/**
 * Lets the single texts go that the runaway guard holds, and keeps it quiet for a day. The owner's or an administrator's
 * decision, with its reason in the account's history. Refused when nothing is held: nobody approves in advance.
 */
export async function approveSingles(
  deps: { db: Db; clock: Clock },
  caller: Pick<AccountScope, 'accountId' | 'actor'>,
  reason: string,
): Promise<ApproveSinglesResult> {
  const { accountId } = caller
  const approvedUntil = deps.clock.now().plus({ hours: APPROVAL_HOURS }).toJSDate()
  return inTransaction(deps.db, { name: 'messages.approveSingles', accountId }, async (tx) => {
    if (!(await writeSinglesApproved(tx, accountId, approvedUntil)))
      return { ok: false, reason: 'nothing-held' }
    await recordGuard(tx, {
      accountId,
      campaignId: null,
      kind: 'approved',
      rule: null,
      seen: {},
      actor: actorText(caller.actor),
      reason,
    })
    return { ok: true, approvedUntil }
  })
}
