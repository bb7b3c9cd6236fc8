import type { DateTime } from 'luxon'
import { newId, type AccountId, type SessionId, type UserId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { isOneTooMany } from './count-attempt.js'
import { sessionLifetimeHours } from './domain/session-lifetime.js'
import { signInBuckets } from './domain/sign-in-limits.js'
import { passwordQueueIsFull, verifyPassword } from './passwords.js'
import { newSessionToken, secretHash, sessionHash } from './secrets.js'
import { insertSession } from './store/sessions.js'
import { forgetAttempts } from './store/sign-in-throttle.js'
import { findUserByEmail, holdPassword, type StoredUser } from './store/users.js'

export interface SignInInput {
  email: string
  password: string
  /** Where the attempt comes from; only ever used to bound attempts. */
  clientAddress: string
}

export interface OpenedSession {
  sessionId: SessionId
  userId: UserId
  accountId: AccountId | null
  /** Shown once; only its hash is stored. */
  token: string
  expiresAt: DateTime
}

export type SignInResult =
  ({ ok: true } & OpenedSession) | { ok: false; reason: 'wrong-credentials' | 'too-many-attempts' }

/**
 * Opens a session for an e-mail and its password. Unknown e-mail and wrong password are one refusal and take the same
 * time. Attempts are counted in the database before the password is looked at, so that many processes together allow
 * no more than one would; above the limit the password is not looked at, right or wrong.
 */
export async function signIn(deps: AccountsDeps, input: SignInInput): Promise<SignInResult> {
  const buckets = signInBuckets(secretHash(input.email).toString('hex').slice(0, 32), input.clientAddress)
  if (passwordQueueIsFull() || (await isOneTooMany(deps, buckets)))
    return { ok: false, reason: 'too-many-attempts' }
  const user = await findUserByEmail(deps.db, input.email)
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password)
  if (user === null || !matches) return { ok: false, reason: 'wrong-credentials' }
  const forgiven = buckets.filter(({ bucket }) => !bucket.startsWith('address:')).map(({ bucket }) => bucket)
  const opened = await openSession(deps, user, forgiven)
  return opened === null ? { ok: false, reason: 'wrong-credentials' } : { ok: true, ...opened }
}

/** Null when the password was changed after it was looked at: the change ended all sessions, and must not miss this one. */
async function openSession(
  deps: AccountsDeps,
  { id: userId, passwordHash }: StoredUser,
  forgiven: string[],
): Promise<OpenedSession | null> {
  const token = newSessionToken()
  const sessionId = newId<SessionId>()
  const createdAt = deps.clock.now()
  const expiresAt = createdAt.plus({ hours: sessionLifetimeHours })
  return inTransaction(deps.db, { name: 'accounts.signIn' }, async (tx) => {
    if (!(await holdPassword(tx, userId, passwordHash))) return null
    await forgetAttempts(tx, forgiven)
    const accountId = await insertSession(tx, {
      id: sessionId,
      userId,
      tokenHash: sessionHash(token, deps.sessionSecret),
      createdAt,
      expiresAt,
    })
    return { sessionId, userId, accountId, token, expiresAt }
  })
}
