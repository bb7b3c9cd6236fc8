import type { SessionId, UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { isOneTooMany } from './count-attempt.js'
import { passwordProblem, type PasswordProblem } from './domain/password-rules.js'
import { passwordChangeBucket } from './domain/sign-in-limits.js'
import { hashPassword, passwordQueueIsFull, verifyPassword } from './passwords.js'
import { endSessions } from './store/sessions.js'
import { forgetAttempts } from './store/sign-in-throttle.js'
import { findUserById, updatePassword } from './store/users.js'

export interface ChangePasswordInput {
  userId: UserId
  sessionId: SessionId
  currentPassword: string
  newPassword: string
}

export type ChangePasswordResult =
  | { ok: true }
  | { ok: false; reason: 'wrong-credentials' | 'too-many-attempts' | 'too-many-passwords' | PasswordProblem }

/**
 * Sets a password of the person's own choice and ends all other sessions: whoever knew the old one is out. Refused
 * without the current password, because a session left open must not be enough to take somebody's sign-in away; attempts
 * are counted as those of a sign-in are.
 */
export async function changePassword(
  deps: AccountsDeps,
  input: ChangePasswordInput,
): Promise<ChangePasswordResult> {
  if (passwordQueueIsFull()) return { ok: false, reason: 'too-many-passwords' }
  const bucket = passwordChangeBucket(input.userId)
  if (await isOneTooMany(deps, [bucket])) return { ok: false, reason: 'too-many-attempts' }
  const user = await findUserById(deps.db, input.userId)
  const matches = await verifyPassword(user?.passwordHash ?? null, input.currentPassword)
  if (user === null || !matches) return { ok: false, reason: 'wrong-credentials' }
  const problem = passwordProblem(input.newPassword, user.email)
  if (problem) return { ok: false, reason: problem }
  const hashes = { oldHash: user.passwordHash, newHash: await hashPassword(input.newPassword) }
  return inTransaction(deps.db, { name: 'accounts.changePassword' }, async (tx) => {
    // Meanwhile somebody else may have changed it: then whoever knew the one before is out, and this may be them.
    if (!(await updatePassword(tx, user.id, hashes))) return { ok: false, reason: 'wrong-credentials' }
    await forgetAttempts(tx, [bucket.bucket])
    await endSessions(tx, { userId: user.id, except: input.sessionId }, 'password_changed', deps.clock.now())
    return { ok: true }
  })
}
