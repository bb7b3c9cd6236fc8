/** What a bearer token claims to be, before anybody has looked it up. */
export type TokenClaim = { kind: 'session' } | { kind: 'apiKey'; prefix: string }

const SESSION = /^tg_ses_[A-Za-z0-9_-]{43}$/
const API_KEY = /^tg_live_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/

export function readToken(token: string): TokenClaim | null {
  if (SESSION.test(token)) return { kind: 'session' }
  const prefix = API_KEY.exec(token)?.[1]
  return prefix === undefined ? null : { kind: 'apiKey', prefix }
}
