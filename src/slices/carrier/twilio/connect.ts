import twilio from 'twilio'
import { Agent, Pool, type Dispatcher } from 'undici'
import type { Clock } from '../../../kernel/clock.js'
import type { CarrierConfig, Credential } from '../carrier-types.js'
import { placeCall, type CarrierAnswer, type CarrierCall } from './carrier-call.js'
import { CreateRequestClient, LeanTwilio, ReadRequestClient } from './request-clients.js'

const twilioApi = 'https://api.twilio.com'
/** Shorter than common idle limits of servers: a create on a connection that is just being closed ends as unknown. */
const keepAliveMs = 4_000
const readConnections = 8
const createAnswerBytesMax = 256 * 1024
const readAnswerBytesMax = 32 * 1024 * 1024

/** The SDK's clients over our own connections. Creates have connections of their own, so that reads never hold them up. */
export interface TwilioConnection {
  /** Messages of the account, for creates with this credential. Cheap: one client serves all calls of a credential. */
  createWith(credential: Credential): MessageList
  /** Calls under way by the carrier's own count, from its last answer to a create; null when it has not said. */
  readonly concurrentRequests: number | null
  /** A client for reads, and what it learns on the way. `authorization` replaces the account's own. */
  read(authorization?: string): { account: Account; client: ReadRequestClient }
  /** A bearer token by client credentials; null when the answer holds none. Rejects when the carrier refuses. */
  requestToken(client: { clientId: string; clientSecret: string }): Promise<BearerToken | null>
  close(): Promise<void>
}

export interface BearerToken {
  bearer: string
  lifetimeMs: number | null
}

type Account = ReturnType<InstanceType<typeof twilio.Twilio>['api']['v2010']['accounts']>
export type MessageList = Account['messages']

export function connectTwilio(config: CarrierConfig, clock: Clock): TwilioConnection {
  const origin = new URL(config.baseUrl ?? twilioApi).origin
  const connect = { timeout: Math.min(config.requestTimeoutMs, 5_000) }
  const common = { connect, pipelining: 1, keepAliveTimeout: keepAliveMs, allowH2: false }
  const creates = new Pool(origin, {
    ...common,
    connections: config.connections,
    maxResponseSize: createAnswerBytesMax,
  })
  const reads = new Agent({ ...common, connections: readConnections, maxResponseSize: readAnswerBytesMax })
  const placeOn = (dispatcher: Dispatcher) => (call: CarrierCall) => placeCall(dispatcher, clock, call)
  const basic = basicAuthorization(config)
  let concurrentRequests: number | null = null
  const listOf = (credential: Credential): MessageList => {
    const httpClient = new CreateRequestClient({
      place: placeOn(creates),
      origin,
      authorization: credential.bearer === undefined ? basic : `Bearer ${credential.bearer}`,
      timeoutMs: config.requestTimeoutMs,
      sendBeforeMs: credential.sendBeforeMs,
      onSuccess: (headers) => {
        concurrentRequests = concurrentRequestsIn(headers)
      },
    })
    return accountOf(new LeanTwilio(...signIn(config), { httpClient, autoRetry: false })).messages
  }
  const accountOf = (client: Pick<InstanceType<typeof twilio.Twilio>, 'api'>): Account => {
    client.api.baseUrl = origin
    return client.api.v2010.accounts(config.accountSid)
  }
  const lists = new WeakMap<Credential, MessageList>()
  return {
    get concurrentRequests() {
      return concurrentRequests
    },
    createWith: (credential) => {
      const known = lists.get(credential)
      if (known) return known
      const made = listOf(credential)
      lists.set(credential, made)
      return made
    },
    read: (authorization = basic) => {
      const client = new ReadRequestClient(placeOn(reads), authorization, config.requestTimeoutMs)
      return {
        account: accountOf(new twilio.Twilio(...signIn(config), { httpClient: client, autoRetry: false })),
        client,
      }
    },
    requestToken: async (oauthClient) => {
      const httpClient = new ReadRequestClient(placeOn(reads), null, config.requestTimeoutMs)
      const domain = new twilio.Twilio(...signIn(config), { httpClient, autoRetry: false }).oauth
      if (config.baseUrl !== undefined) domain.baseUrl = origin
      const token = await domain.v2.token.create({ grantType: 'client_credentials', ...oauthClient })
      return bearerOf(token)
    },
    close: async () => {
      await Promise.all([creates.close(), reads.close()])
    },
  }
}

/** The carrier limits calls at once and not calls per second; this header is all that it says about where the limit is. */
export function concurrentRequestsIn(headers: CarrierAnswer['headers']): number | null {
  const count = Number(headers['twilio-concurrent-requests'])
  return Number.isInteger(count) && count > 0 ? count : null
}

function signIn(config: CarrierConfig): [string, string] {
  return [config.accountSid, config.authToken]
}

function bearerOf(token: { accessToken?: unknown; expiresIn?: unknown }): BearerToken | null {
  if (typeof token.accessToken !== 'string' || token.accessToken === '') return null
  const seconds = Number(token.expiresIn)
  return {
    bearer: token.accessToken,
    lifetimeMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null,
  }
}

function basicAuthorization(config: CarrierConfig): string {
  const [user, secret] = config.apiKey ? [config.apiKey.sid, config.apiKey.secret] : signIn(config)
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
}
