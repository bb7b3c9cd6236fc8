import { createHmac, timingSafeEqual } from 'node:crypto'
import { newId, type AttemptId } from '../../kernel/ids.js'
import type { Behaviour, LocalCarrierOptions } from './options.js'
import { localAccount } from './options.js'
import type { WallTime } from './wall-time.js'

export type SignInResult = 'ok' | 'missing' | 'wrong' | 'expired'

const rememberedTokensMax = 1_000

/**
 * Basic and bearer sign-in. A bearer token carries its expiry and a signature, so it stays good when the carrier is
 * restarted; whether it has expired is judged at the moment the request arrives, which is what makes it a fence.
 */
export class SignIn {
  readonly accountSid: string
  readonly authToken: string
  private readonly basic = new Set<string>()
  private readonly clients: ReadonlyMap<string, string>
  private readonly expiries = new Map<string, number>()

  constructor(
    options: LocalCarrierOptions,
    private readonly time: WallTime,
  ) {
    this.accountSid = options.accountSid ?? localAccount.accountSid
    this.authToken = options.authToken ?? localAccount.authToken
    const pairs = [
      [this.accountSid, this.authToken],
      ...(options.apiKeys ?? []).map((key) => [key.sid, key.secret]),
    ]
    for (const pair of pairs) this.basic.add(`Basic ${Buffer.from(pair.join(':')).toString('base64')}`)
    const clients = options.oauthClients ?? [
      { clientId: localAccount.oauthClientId, clientSecret: localAccount.oauthClientSecret },
    ]
    this.clients = new Map(clients.map((client) => [client.clientId, client.clientSecret]))
  }

  judge(authorization: string | undefined, behaviour: Behaviour): SignInResult {
    if (authorization === undefined) return 'missing'
    if (this.basic.has(authorization)) return 'ok'
    if (!authorization.startsWith('Bearer ')) return 'wrong'
    const expiresAtMs = this.expiryOf(authorization.slice('Bearer '.length))
    if (expiresAtMs === null) return 'wrong'
    return this.time.nowMs() < expiresAtMs || behaviour.acceptExpiredTokens ? 'ok' : 'expired'
  }

  /** The answer of the token endpoint, or null for a client that does not exist. */
  issue(clientId: string, clientSecret: string, ttlMs: number): { token: string; expiresIn: number } | null {
    if (this.clients.get(clientId) !== clientSecret) return null
    const expiresAtMs = Math.floor(this.time.nowMs() + ttlMs)
    const claims = {
      sub: clientId,
      exp: Math.floor(expiresAtMs / 1_000),
      expMs: expiresAtMs,
      jti: newId<AttemptId>(),
    }
    const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
    return { token: `${unsigned}.${this.sign(unsigned)}`, expiresIn: ttlMs / 1_000 }
  }

  private expiryOf(token: string): number | null {
    const known = this.expiries.get(token)
    if (known !== undefined) return known
    const parts = token.split('.')
    const [header, payload, signature] = parts
    if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined)
      return null
    const expected = Buffer.from(this.sign(`${header}.${payload}`))
    const given = Buffer.from(signature)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
    const { expMs } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { expMs: number }
    if (this.expiries.size >= rememberedTokensMax) this.expiries.clear()
    this.expiries.set(token, expMs)
    return expMs
  }

  private sign(text: string): string {
    return createHmac('sha256', this.authToken).update(text).digest('base64url')
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
