import type { IncomingHttpHeaders } from 'node:http'
import { bearerToken } from './authenticator.js'

/** Holds the session of the console. No script can read it, and no other site's page can make use of it. */
export const SESSION_COOKIE = 'tollgate_session'

/** `bearer`: a program, with an `Authorization` header. `console`: the console, with its cookie. */
export type Credential =
  | { kind: 'none' }
  | { kind: 'unusable' }
  | { kind: 'bearer'; token: string }
  | { kind: 'console'; token: string }

const TOKEN = /^[\x21-\x7e]{1,300}$/

/** What a request brings to say who it is. A header wins over the cookie, which counts from our own pages only. */
export function readCredential(headers: IncomingHttpHeaders): Credential {
  if (headers.authorization !== undefined) {
    const token = bearerToken(headers.authorization)
    return token === null ? { kind: 'unusable' } : { kind: 'bearer', token }
  }
  const token = cookieOf(headers.cookie)
  return token === null || !isOwnPage(headers) ? { kind: 'none' } : { kind: 'console', token }
}

/**
 * Whether the request comes from a page of this server, or from no page at all. Browsers say where a request comes from
 * and let no page lie about it; pages on another port of the same host are somebody else's.
 */
export function isOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (typeof site === 'string') return site === 'same-origin' || site === 'none'
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

function cookieOf(header: string | undefined): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === SESSION_COOKIE && value !== undefined && TOKEN.test(value)) return value
  }
  return null
}
