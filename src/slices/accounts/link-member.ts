import type { AccountId, UserId } from '../../kernel/ids.js'
import type { Role } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { findAccount } from './store/accounts.js'
import { insertMemberChange } from './store/account-changes.js'
import { insertMembership } from './store/memberships.js'
import { findUserByEmail } from './store/users.js'

export type LinkMemberResult =
  { ok: true; userId: UserId } | { ok: false; reason: 'not-found' | 'already-member' | 'password-not-own' }

/**
 * Makes a known person a member of another account, on the word of a platform administrator. Refused while the person's
 * password is one that somebody else chose: that somebody could otherwise sign in and enter this account.
 */
export async function linkMember(
  deps: AccountsDeps,
  input: { accountId: AccountId; email: string; role: Role; actor?: string | undefined },
): Promise<LinkMemberResult> {
  const { accountId, role } = input
  const account = await findAccount(deps.db, accountId)
  const user = await findUserByEmail(deps.db, input.email)
  if (account === null || user === null || user.isPlatformAdmin) return { ok: false, reason: 'not-found' }
  if (!user.passwordIsOwn) return { ok: false, reason: 'password-not-own' }
  return inTransaction(deps.db, { name: 'accounts.linkMember', accountId }, async (tx) => {
    const isNew = await insertMembership(tx, { accountId, userId: user.id, role })
    if (!isNew) return { ok: false, reason: 'already-member' }
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    await insertMemberChange(tx, accountId, { kind: 'member_added', userId: user.id, role, ...done })
    return { ok: true, userId: user.id }
  })
}
