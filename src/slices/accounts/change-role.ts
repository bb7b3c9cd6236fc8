import type { AccountId, UserId } from '../../kernel/ids.js'
import type { Role } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { decideMembershipChange, type MembershipRefusal } from './domain/membership-change.js'
import { insertMemberChange } from './store/account-changes.js'
import { readMembership, updateRole } from './store/memberships.js'

export type ChangeRoleResult = { ok: true } | { ok: false; reason: MembershipRefusal }

/**
 * Gives a member another role. It counts from the member's next request on; open sockets are ended within five seconds.
 * Refused for people outside the account and for its last owner; the database checks the latter again at commit.
 */
export async function changeRole(
  deps: AccountsDeps,
  input: { accountId: AccountId; userId: UserId; role: Role; actor?: string | undefined },
): Promise<ChangeRoleResult> {
  const { accountId, userId, role } = input
  return inTransaction(deps.db, { name: 'accounts.changeRole', accountId }, async (tx) => {
    const refusal = decideMembershipChange(await readMembership(tx, accountId, userId), role)
    if (refusal) return { ok: false, reason: refusal }
    await updateRole(tx, accountId, userId, role)
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    await insertMemberChange(tx, accountId, { kind: 'member_role_changed', userId, role, ...done })
    return { ok: true }
  })
}
