import { isIP } from 'node:net'
import { Agent, buildConnector, request, type Dispatcher } from 'undici'
import type { Clock } from '../../../kernel/clock.js'
import { assertNoTransaction } from '../../../platform/db/transaction.js'
import type { CallOutcome } from '../domain/call-outcome.js'
import { ANSWER_LENGTH_MAX, CALL_MS, CALLS_MAX } from '../domain/limits.js'
import { isPublicAddress } from './public-address.js'
import { nameProblem } from './name-problem.js'
import { AddressNotPublic, publicLookup } from './public-lookup.js'

export interface WebhookCall {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

export interface WebhookPoster {
  /** Posts once. Whatever comes of it is an outcome; it does not throw. */
  post(call: WebhookCall): Promise<CallOutcome>
  close(): Promise<void>
}

export interface PosterOptions {
  clock: Clock
  /** For development: any address. */
  allowsPrivate: boolean
  /** One call in all. */
  callMs?: number
  /** Instead of the system's resolver. */
  lookup?: ReturnType<typeof publicLookup>
}

/** Shorter than common idle limits, so that a call seldom meets a connection that is just being closed. */
const KEEP_ALIVE_MS = 4_000

/**
 * Posts to the addresses of customers: redirects are not followed, nothing but the beginning of the answer is read, and where
 * private addresses are not allowed every connection is checked when it is opened, whatever the name meant before.
 */
export function createPoster(options: PosterOptions): WebhookPoster {
  const { clock, callMs = CALL_MS } = options
  const agent = new Agent({
    connect: options.allowsPrivate
      ? { timeout: callMs }
      : publicConnector(options.lookup ?? publicLookup(), callMs),
    // As many as are called at once: endpoints of different accounts may share a host, and must not wait for each other.
    connections: CALLS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
    allowH2: false,
  })
  return {
    post: async (call) => {
      assertNoTransaction()
      const begunMs = clock.monotonicMs()
      const end = (told: Omit<CallOutcome, 'durationMs'>): CallOutcome => ({
        ...told,
        durationMs: Math.max(0, Math.round(clock.monotonicMs() - begunMs)),
      })
      const deadline = AbortSignal.timeout(callMs)
      try {
        const answer = await request(call.url, {
          method: 'POST',
          headers: { ...call.headers },
          body: call.body,
          dispatcher: agent,
          signal: deadline,
        })
        const text = await readBeginning(answer.body)
        return end({ problem: problemOf(answer.statusCode), status: answer.statusCode, answer: text })
      } catch (error) {
        return end({ problem: deadline.aborted ? 'timeout' : nameProblem(error), status: null, answer: null })
      }
    },
    close: () => agent.destroy(),
  }
}

/** The lookup is not asked for what is an address already. */
function publicConnector(
  lookup: ReturnType<typeof publicLookup>,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup,
    allowH2: false,
  })
  return (target, done) => {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !isPublicAddress(host)) {
      done(new AddressNotPublic('a webhook goes to public addresses only'), null)
      return
    }
    connect(target, done)
  }
}

function problemOf(status: number): CallOutcome['problem'] {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? 'redirected' : 'rejected'
}

/** As much as is kept, and no more: what comes after it, or never ends, is cut off with its connection. */
async function readBeginning(body: Dispatcher.ResponseData['body']): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if (length >= ANSWER_LENGTH_MAX) break
    }
  } catch {
    // The status has been said; an answer that breaks off or never ends changes nothing about it.
  }
  return asText(Buffer.concat(chunks).subarray(0, ANSWER_LENGTH_MAX))
}

function asText(bytes: Buffer): string | null {
  const text = bytes
    .toString('utf8')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]+/gu, ' ')
    .trim()
  return text === '' ? null : text
}
