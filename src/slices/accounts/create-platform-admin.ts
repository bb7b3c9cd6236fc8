import { newId, type UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { passwordProblem, type PasswordProblem } from './domain/password-rules.js'
import { hashPassword } from './passwords.js'
import { insertUser } from './store/users.js'

export type CreatePlatformAdminResult =
  { ok: true; userId: UserId } | { ok: false; reason: 'email-taken' | PasswordProblem }

/**
 * Creates a platform administrator: a person outside all accounts. There is no API field for it, so that no stolen
 * administrator session can make another one; it is called by commands on the server. Refused when the e-mail is taken.
 */
export async function createPlatformAdmin(
  deps: AccountsDeps,
  input: { email: string; name: string; password: string },
): Promise<CreatePlatformAdminResult> {
  const problem = passwordProblem(input.password, input.email)
  if (problem) return { ok: false, reason: problem }
  const passwordHash = await hashPassword(input.password)
  const userId = newId<UserId>()
  return inTransaction(deps.db, { name: 'accounts.createPlatformAdmin' }, async (tx) => {
    const user = { id: userId, email: input.email, name: input.name, passwordHash }
    const isNew = await insertUser(tx, { ...user, passwordIsOwn: true, isPlatformAdmin: true })
    return isNew ? { ok: true, userId } : { ok: false, reason: 'email-taken' }
  })
}
