import { newId, type AccountId, type UserId } from '../../kernel/ids.js'
import type { Role } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { passwordProblem, type PasswordProblem } from './domain/password-rules.js'
import { hashPassword, passwordQueueIsFull } from './passwords.js'
import { insertMemberChange } from './store/account-changes.js'
import { insertMembership } from './store/memberships.js'
import { insertUser } from './store/users.js'

export interface NewMemberInput {
  accountId: AccountId
  email: string
  name: string
  role: Role
  password: string
  /** Who does it, for the history; the program itself unless told. */
  actor?: string | undefined
}

export type AddMemberResult =
  { ok: true; userId: UserId } | { ok: false; reason: 'email-taken' | 'too-many-passwords' | PasswordProblem }

/**
 * Makes a new person and a member of this account in one step. An e-mail that is known already is refused: the person
 * behind it may have been registered by somebody else, who then knows the password, and would get into this account
 * with it. Administrators of the platform join known people to accounts (linkMember).
 */
export async function addMember(deps: AccountsDeps, input: NewMemberInput): Promise<AddMemberResult> {
  const problem = passwordProblem(input.password, input.email)
  if (problem) return { ok: false, reason: problem }
  if (passwordQueueIsFull()) return { ok: false, reason: 'too-many-passwords' }
  const passwordHash = await hashPassword(input.password)
  const userId = newId<UserId>()
  const { accountId } = input
  return inTransaction(deps.db, { name: 'accounts.addMember', accountId }, async (tx) => {
    const user = { id: userId, email: input.email, name: input.name, passwordHash }
    const isNew = await insertUser(tx, { ...user, passwordIsOwn: false, isPlatformAdmin: false })
    if (!isNew) return { ok: false, reason: 'email-taken' }
    await insertMembership(tx, { accountId, userId, role: input.role })
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    await insertMemberChange(tx, accountId, { kind: 'member_added', userId, role: input.role, ...done })
    return { ok: true, userId }
  })
}
