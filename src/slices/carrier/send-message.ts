import type { Clock } from '../../kernel/clock.js'
import { assertNoTransaction } from '../../platform/db/transaction.js'
import type { Breaker } from './breaker.js'
import type { CarrierConfig, Credential, NotSentCause, SendInput, SendOutcome } from './carrier-types.js'
import { classifyFailure } from './domain/classify-failure.js'
import { parseStatus } from './domain/delivery-status.js'
import { isMessageSid } from './domain/status-callback.js'
import type { CredentialMint } from './mint-credential.js'
import { statusCallbackUrl } from './status-callback-url.js'
import { CarrierCallFailed, type CarrierAnswer } from './twilio/carrier-call.js'
import { concurrentRequestsIn, type TwilioConnection } from './twilio/connect.js'
import { CarrierAnswered } from './twilio/request-clients.js'

interface SendDeps {
  config: CarrierConfig
  clock: Clock
  connection: TwilioConnection
  mint: CredentialMint
  breakerOf(sender: string): Breaker
}

const tokenExpiredCode = 20104

/**
 * Posts one message once: no retry, no redirect, no second try on another connection. Three answers, and it never
 * throws for a failure of the carrier. `not_sent` is certain: the carrier refused in its own words, or not one byte left
 * us. `accepted` carries the carrier's sid. Everything else is `unknown`, and the caller must not send again before it
 * is proved that nothing was created. Throws only when called while a transaction is open, which is a bug.
 */
export async function sendMessage(deps: SendDeps, input: SendInput): Promise<SendOutcome> {
  assertNoTransaction()
  if (deps.clock.monotonicMs() > input.credential.sendBeforeMs) return notSent('deadline')
  const outcome = await deps.breakerOf(input.sender).run(() => post(deps, input))
  return outcome ?? notSent('breaker-open')
}

async function post(deps: SendDeps, input: SendInput): Promise<SendOutcome> {
  const messages = deps.connection.createWith(input.credential)
  try {
    const message = await messages.create({
      to: input.to,
      body: input.body,
      ...(input.sender.startsWith('MG') ? { messagingServiceSid: input.sender } : { from: input.sender }),
      statusCallback: statusCallbackUrl(deps.config.statusCallbackBase, input.attemptId),
      validityPeriod: input.validityPeriodSeconds,
    })
    // A success without a message sid proves neither that the message exists nor that it does not.
    if (!isMessageSid(message.sid)) return { kind: 'unknown', cause: 'unreadable-answer' }
    const carrierSegments = Number(message.numSegments)
    return {
      kind: 'accepted',
      sid: message.sid,
      carrierSegments: Number.isInteger(carrierSegments) ? carrierSegments : 0,
      status: parseStatus(message.status),
      concurrentRequests: deps.connection.concurrentRequests,
    }
  } catch (error) {
    if (error instanceof CarrierAnswered) return judgeAnswer(deps, input.credential, error.answer)
    if (error instanceof CarrierCallFailed) return judgeFailure(error)
    return { kind: 'unknown', cause: 'unreadable-answer' }
  }
}

function judgeFailure(error: CarrierCallFailed): SendOutcome {
  if (!error.written) return notSent(error.reason === 'connection' ? 'unreachable' : 'deadline')
  return { kind: 'unknown', cause: error.reason === 'timeout' ? 'timeout' : 'connection-lost' }
}

/** An answer that is no message. Only a refusal in the carrier's own words, with a code, is certain; so is a throttle. */
function judgeAnswer(deps: SendDeps, credential: Credential, answer: CarrierAnswer): SendOutcome {
  const httpStatus = answer.statusCode
  if (httpStatus < 300) return { kind: 'unknown', cause: 'unreadable-answer', httpStatus }
  if (httpStatus < 400) return { kind: 'unknown', cause: 'redirect', httpStatus }
  const refusal = readRefusal(answer.body)
  const code = refusal.code === null ? {} : { code: refusal.code }
  if (httpStatus >= 500) return { kind: 'unknown', cause: 'server-error', httpStatus, ...code }
  if (httpStatus === 429) {
    const rule = classifyFailure({ moment: 'create', httpStatus, code: refusal.code })
    const isThrottle = rule.class === 'R'
    return {
      kind: 'not_sent',
      class: rule.class,
      cause: isThrottle ? 'throttled' : 'refused',
      httpStatus,
      ...code,
      reasonText: rule.words,
      ...retryAfter(answer),
      ...concurrentRequests(answer),
    }
  }
  if (refusal.code === null) return { kind: 'unknown', cause: 'unreadable-refusal', httpStatus }
  if (httpStatus === 401) deps.mint.discard(credential)
  if (httpStatus === 401 && isFenceRefusal(deps, credential, refusal)) {
    return { ...notSent('credential-refused'), httpStatus, ...code }
  }
  const rule = classifyFailure({ moment: 'create', httpStatus, code: refusal.code })
  if (rule.class === 'U') return { kind: 'unknown', cause: 'server-error', httpStatus, ...code }
  return {
    kind: 'not_sent',
    class: rule.class,
    cause: 'refused',
    httpStatus,
    ...code,
    reasonText: rule.words,
  }
}

/**
 * The fence at work: a bearer token that had expired when the request arrived. With a token that should still have been
 * good the same status means that our access was withdrawn, and everything must stop.
 */
function isFenceRefusal(deps: SendDeps, credential: Credential, refusal: Refusal): boolean {
  if (credential.bearer === undefined) return false
  if (refusal.code === tokenExpiredCode || /expired/i.test(refusal.message)) return true
  return deps.clock.monotonicMs() > credential.sendBeforeMs
}

interface Refusal {
  code: number | null
  message: string
}

/** Both of the carrier's error shapes name a code; without one it may be the answer of some proxy on the way. */
function readRefusal(body: string): Refusal {
  try {
    const parsed = JSON.parse(body) as { code?: unknown; message?: unknown; detail?: unknown } | null
    const code = Number(parsed?.code)
    const message = parsed?.message ?? parsed?.detail
    return {
      code: Number.isInteger(code) && code > 0 ? code : null,
      message: typeof message === 'string' ? message : '',
    }
  } catch {
    return { code: null, message: '' }
  }
}

function retryAfter(answer: CarrierAnswer): { retryAfterMs?: number } {
  const seconds = Number(answer.headers['retry-after'])
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {}
}

function concurrentRequests(answer: CarrierAnswer): { concurrentRequests?: number } {
  const count = concurrentRequestsIn(answer.headers)
  return count === null ? {} : { concurrentRequests: count }
}

const words: Readonly<Record<Exclude<NotSentCause, 'refused' | 'throttled'>, string>> = {
  deadline: 'The text was not sent in time and goes back into the queue.',
  unreachable: 'The carrier could not be reached.',
  'breaker-open': 'The carrier is having trouble; texts from this sender wait for it.',
  'credential-refused':
    'The access token had expired when the carrier received the request; nothing was sent.',
}

function notSent(
  cause: Exclude<NotSentCause, 'refused' | 'throttled'>,
): Extract<SendOutcome, { kind: 'not_sent' }> {
  return { kind: 'not_sent', class: 'R', cause, reasonText: words[cause] }
}
