import { DateTime } from 'luxon'
import { trustId, type ApiKeyId, type SessionId } from '../../kernel/ids.js'
import type { Authenticated, Authenticator } from '../../platform/access/authenticator.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { readToken } from './domain/token-format.js'
import { sameHash, secretHash, sessionHash } from './secrets.js'
import { findUsableApiKeys, findUsableByPrefix, markUsed, type UsableApiKeyRow } from './store/api-keys.js'
import { findSessionByHash, findSessions, type SessionRow } from './store/sessions.js'

/** "Last used" is for people: once a minute is exact enough and keeps busy keys from writing on every request. */
const LAST_USED_STEP_SECONDS = 60

/**
 * Who a bearer token stands for, now: role and account are read on every call, so a change of role, a removed
 * membership or a revoked key counts from the next request on. Null for everything that is not a usable token.
 */
export async function authenticate(deps: AccountsDeps, token: string): Promise<Authenticated | null> {
  const claim = readToken(token)
  if (claim === null) return null
  const now = deps.clock.now()
  if (claim.kind === 'session') {
    const session = await findSessionByHash(deps.db, sessionHash(token, deps.sessionSecret), now)
    return session && fromSession(session)
  }
  const key = await findUsableByPrefix(deps.db, claim.prefix, now)
  if (key === null || !sameHash(key.key_hash, secretHash(token))) return null
  await noteUse(deps, key, now)
  return fromApiKey(key)
}

/** The present rights of open sessions and keys, for connections that outlive a request; ended ones are missing. */
export async function recheckCredentials(
  deps: AccountsDeps,
  credentials: readonly (SessionId | ApiKeyId)[],
): Promise<ReadonlyMap<string, Authenticated>> {
  const now = deps.clock.now()
  const [sessions, keys] = await Promise.all([
    findSessions(deps.db, credentials, now),
    findUsableApiKeys(deps.db, credentials, now),
  ])
  return new Map([
    ...sessions.map((session) => [session.id, fromSession(session)] as const),
    ...keys.map((key) => [key.id, fromApiKey(key)] as const),
  ])
}

/** Both of the above, as the transports take them. */
export function makeAuthenticator(deps: AccountsDeps): Authenticator {
  return {
    authenticate: (token) => authenticate(deps, token),
    recheck: (credentials) => recheckCredentials(deps, credentials),
  }
}

function fromSession(session: SessionRow): Authenticated {
  // A session whose membership has ended keeps the account's id in its row and has no right to it any more.
  const isMember = session.role !== null && session.account_id !== null
  return {
    viewer: {
      kind: 'user',
      userId: trustId(session.user_id),
      sessionId: trustId(session.id),
      accountId: isMember && session.account_id !== null ? trustId(session.account_id) : null,
      role: isMember ? session.role : null,
      isPlatformAdmin: session.is_platform_admin,
    },
    expiresAt: DateTime.fromJSDate(session.expires_at, { zone: 'utc' }),
  }
}

function fromApiKey(key: UsableApiKeyRow): Authenticated {
  return {
    viewer: {
      kind: 'apiKey',
      apiKeyId: trustId(key.id),
      accountId: trustId(key.account_id),
      role: key.role,
      operationsOnly: key.operations_only,
      operationsRemoved: key.operations_removed,
      isPlatformAdmin: false,
    },
    expiresAt: key.expires_at === null ? null : DateTime.fromJSDate(key.expires_at, { zone: 'utc' }),
  }
}

async function noteUse(deps: AccountsDeps, key: UsableApiKeyRow, now: DateTime): Promise<void> {
  const unlessSince = now.minus({ seconds: LAST_USED_STEP_SECONDS })
  const isRecent = key.last_used_at !== null && key.last_used_at.getTime() > unlessSince.toMillis()
  if (isRecent) return
  await inTransaction(deps.db, { name: 'accounts.noteKeyUse' }, (tx) =>
    markUsed(tx, key.id, { now, unlessSince }),
  )
}
