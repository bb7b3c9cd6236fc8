import type { Clock } from '../../kernel/clock.js'
import type { DeliveryStatus } from './domain/delivery-status.js'
import type { FailureClass } from './domain/failure-class.js'
import type { BreakerState } from './breaker.js'

/** How the carrier is made to refuse a request that arrives late; see README. */
export type FenceConfig =
  | { kind: 'oauth'; clientId: string; clientSecret: string; ttlMs: number; renewEveryMs: number }
  /** No fence: only our own clock keeps a late request back, so nothing may be resent. */
  | { kind: 'none'; ttlMs: number }

export interface CarrierConfig {
  /** `AC…` */
  accountSid: string
  authToken: string
  apiKey?: { sid: string; secret: string }
  /** Another server that speaks the same API, as the local carrier does. */
  baseUrl?: string
  /** The sender used when an account has none of its own: a number, or a messaging service below. */
  from?: string
  messagingServiceSid?: string
  /** Public origin to which delivery reports are sent. */
  statusCallbackBase: string
  /** The whole call, waiting for a connection included. */
  requestTimeoutMs: number
  /** Connections for creates; each carries one call at a time. */
  connections: number
  fence: FenceConfig
  /** Time that must remain of a credential beyond the request timeout when a message is authorised. */
  credentialMarginMs?: number
  breaker?: BreakerOptions
}

export interface BreakerOptions {
  /** Calls in a row without a trustworthy answer before the breaker opens. */
  failuresMax: number
  /** How long it stays open before one call may probe. */
  halfOpenAfterMs: number
}

export interface CarrierLogger {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
}

export interface CarrierDeps {
  clock: Clock
  logger?: CarrierLogger
}

/** What a message is sent with. Minted before the intent is committed, since its expiry is part of the intent. */
export interface Credential {
  /** After this the carrier refuses the credential; never earlier than the true expiry. */
  readonly notAfter: Date
  /** The same on the monotonic clock, which nobody sets: for whoever minted it while the wall clock was wrong. */
  readonly deadByMs: number
  /** The last moment, on the monotonic clock of this process, at which a request may begin. */
  readonly sendBeforeMs: number
  /** Absent when there is no fence. */
  readonly bearer?: string
}

export interface SendInput {
  attemptId: string
  to: string
  body: string
  /** A number in E.164 form, or the sid (`MG…`) of a messaging service. */
  sender: string
  validityPeriodSeconds: number
  credential: Credential
}

export type NotSentCause =
  'refused' | 'throttled' | 'deadline' | 'unreachable' | 'breaker-open' | 'credential-refused'
export type UnknownCause =
  'timeout' | 'connection-lost' | 'server-error' | 'redirect' | 'unreadable-answer' | 'unreadable-refusal'

export type SendOutcome =
  | {
      kind: 'accepted'
      sid: string
      carrierSegments: number
      status: DeliveryStatus | null
      /** Calls of the whole carrier account that were under way, as the carrier counts them; null when it does not say. */
      concurrentRequests: number | null
    }
  | {
      kind: 'not_sent'
      class: FailureClass
      cause: NotSentCause
      code?: number
      httpStatus?: number
      /** Plain words, for the console. */
      reasonText: string
      retryAfterMs?: number
      concurrentRequests?: number
    }
  | { kind: 'unknown'; cause: UnknownCause; code?: number; httpStatus?: number }

export type StatusOutcome =
  | {
      kind: 'found'
      sid: string
      status: DeliveryStatus | null
      errorCode: number | null
      segments: number
      price: string | null
      priceUnit: string | null
    }
  | { kind: 'absent' }
  | { kind: 'unavailable'; cause: string }

export interface ListedMessage {
  sid: string
  from: string | null
  to: string
  messagingServiceSid: string | null
  status: DeliveryStatus | null
  errorCode: number | null
  /** Somebody asked for it by the API. What the carrier answers by itself, and what people text, are in the same list. */
  outbound: boolean
  createdAt: Date
  segments: number
  body: string
}

export type ListOutcome =
  | {
      kind: 'listed'
      messages: ListedMessage[]
      /** Evidence for a verdict of absence: which answers it rests on. */
      requestIds: string[]
      pageCount: number
      /** The instant before the first page was asked for. */
      askedAt: Date
    }
  | { kind: 'unavailable'; cause: string }

export interface ListSentQuery {
  /** A number, or the sid of a messaging service. */
  sender: string
  since: Date
  pagesMax: number
  /** Given each page's messages of this sender, newest first; the next page is asked for when it is done. */
  take(messages: readonly ListedMessage[]): Promise<void> | void
}

export type ListSentOutcome =
  | {
      kind: 'listed'
      pageCount: number
      /** The instant before the first page was asked for. */
      askedAt: Date
      /** False when there are more pages than were asked for. */
      complete: boolean
    }
  | { kind: 'unavailable'; cause: string }

export type FenceProof =
  | { proved: true; ttlMs: number; validStatus: number; expiredStatus: number }
  | {
      proved: false
      reason: 'no-fence' | 'unavailable' | 'valid-token-refused' | 'expired-token-accepted'
      detail: string
    }

export type BalanceOutcome =
  { kind: 'found'; balance: string; currency: string } | { kind: 'unavailable'; cause: string }

export interface Carrier {
  /** The sender named in the configuration, if any. */
  readonly defaultSender: string | null
  mintCredential(): Promise<Credential>
  send(input: SendInput): Promise<SendOutcome>
  fetchStatus(sid: string): Promise<StatusOutcome>
  listTo(query: { to: string; since: Date }): Promise<ListOutcome>
  listSent(query: ListSentQuery): Promise<ListSentOutcome>
  proveFence(): Promise<FenceProof>
  balance(): Promise<BalanceOutcome>
  breakerState(sender: string): BreakerState
  /** Calls that the sender's breaker lets begin now: any number (Infinity), one probe, or none. */
  callsAllowed(sender: string): number
  /** Called with the sender and the new state each time a breaker opens, half-opens or closes. */
  onBreakerChange(listener: (sender: string, state: BreakerState) => void): void
  close(): Promise<void>
}
