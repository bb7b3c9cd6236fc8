import type { DateTime } from 'luxon'
import type { ApiKeyId, SessionId } from '../../kernel/ids.js'
import type { Viewer } from './viewer.js'

export interface Authenticated {
  readonly viewer: Viewer
  readonly expiresAt: DateTime | null
}

/** What the transports need of whoever keeps sessions and keys. */
export interface Authenticator {
  /** Null for anything that is unknown, expired, revoked or malformed: callers cannot tell these apart. */
  authenticate(token: string): Promise<Authenticated | null>
  /** The present rights of these sessions and keys; the ones that have ended are missing from the answer. */
  recheck(credentials: readonly (SessionId | ApiKeyId)[]): Promise<ReadonlyMap<string, Authenticated>>
}

const BEARER = /^Bearer ([\x21-\x7e]{1,300})$/i

/** The token of an `Authorization: Bearer …` value, or null when it is anything else. */
export function bearerToken(value: unknown): string | null {
  return typeof value === 'string' ? (BEARER.exec(value.trim())?.[1] ?? null) : null
}
