import { newId, type AccountId, type UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { passwordProblem, type PasswordProblem } from './domain/password-rules.js'
import { hashPassword, passwordQueueIsFull } from './passwords.js'
import { insertAccount } from './store/accounts.js'
import { insertMemberChange } from './store/account-changes.js'
import { insertMembership } from './store/memberships.js'
import { insertUser } from './store/users.js'

export interface NewAccountInput {
  name: string
  owner: { email: string; name: string; password: string }
  /** Who does it, for the history; the program itself unless told. */
  actor?: string | undefined
}

export type CreateAccountResult =
  | { ok: true; accountId: AccountId; ownerId: UserId }
  | { ok: false; reason: 'email-taken' | 'too-many-passwords' | PasswordProblem }

/**
 * Opens an account with its first owner, both or neither; its control row, feed and balance are opened by the database.
 * Refused when the e-mail belongs to somebody already (whoever registered it first knows its password) or the password
 * is weak. The new account has no subscription and therefore sends nothing yet.
 */
export async function createAccount(
  deps: AccountsDeps,
  input: NewAccountInput,
): Promise<CreateAccountResult> {
  const problem = passwordProblem(input.owner.password, input.owner.email)
  if (problem) return { ok: false, reason: problem }
  if (passwordQueueIsFull()) return { ok: false, reason: 'too-many-passwords' }
  const passwordHash = await hashPassword(input.owner.password)
  const accountId = newId<AccountId>()
  const ownerId = newId<UserId>()
  return inTransaction(deps.db, { name: 'accounts.createAccount' }, async (tx) => {
    const owner = { id: ownerId, email: input.owner.email, name: input.owner.name, passwordHash }
    const isNew = await insertUser(tx, { ...owner, passwordIsOwn: false, isPlatformAdmin: false })
    if (!isNew) return { ok: false, reason: 'email-taken' }
    await insertAccount(tx, { id: accountId, name: input.name })
    await insertMembership(tx, { accountId, userId: ownerId, role: 'owner' })
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    await insertMemberChange(tx, accountId, { kind: 'member_added', userId: ownerId, role: 'owner', ...done })
    return { ok: true, accountId, ownerId }
  })
}
