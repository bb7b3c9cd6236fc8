import type { AccountId, UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { decideMembershipChange, type MembershipRefusal } from './domain/membership-change.js'
import { insertMemberChange } from './store/account-changes.js'
import { deleteMembership, readMembership } from './store/memberships.js'
import { endSessions } from './store/sessions.js'

export type RemoveMemberResult = { ok: true } | { ok: false; reason: MembershipRefusal }

/**
 * Ends a membership together with the person's sessions in this account; sessions in other accounts go on. API keys
 * that the person made stay, because programs depend on them: revoke them apart. Refused for people outside the account
 * and for its last owner.
 */
export async function removeMember(
  deps: AccountsDeps,
  input: { accountId: AccountId; userId: UserId; actor?: string | undefined },
): Promise<RemoveMemberResult> {
  const { accountId, userId } = input
  return inTransaction(deps.db, { name: 'accounts.removeMember', accountId }, async (tx) => {
    const refusal = decideMembershipChange(await readMembership(tx, accountId, userId), null)
    if (refusal) return { ok: false, reason: refusal }
    await deleteMembership(tx, accountId, userId)
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    await insertMemberChange(tx, accountId, { kind: 'member_removed', userId, role: null, ...done })
    await endSessions(tx, { userId, accountId }, 'membership_ended', deps.clock.now())
    return { ok: true }
  })
}
