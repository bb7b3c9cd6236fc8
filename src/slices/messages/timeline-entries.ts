import type { StoredWebhook } from '../webhooks/index.js'
import type { AttemptState, Evidence } from './domain/attempt-state.js'
import type { ListedMessage } from './list-messages.js'
import type { TimelineEntry, TimelineKind } from './message-timeline.js'
import type {
  TimelineAttempt,
  TimelineDecision,
  TimelineLateProof,
  TimelineLookUp,
  TimelineObservation,
  TimelineTransfer,
} from './store/timeline-rows.js'

type Explain = (code: number) => string
type Facts = TimelineEntry['facts']

const endWords: Readonly<Record<string, string>> = {
  suppressed: 'It is not sent: the number does not agree to it.',
  expired: 'It is not sent: it would have come too late.',
  cancelled: 'It is not sent: it was cancelled.',
  failed: 'It failed.',
}

/** Ends that the recipient's clock decided. */
const clockWords: Readonly<Record<string, string>> = {
  suppressed: 'It is not sent: there is no hour at which it may go.',
  expired: 'It is not sent: when it may go it would be too late.',
}

/** Beginning of the message, and its end when it ended without the carrier. Nobody wrote down when; it is the last entry. */
export function messageEntry(message: ListedMessage, lastAt: Date): TimelineEntry[] {
  const { segments, cost, country, purpose } = message
  const created = entry(
    message.createdAt,
    'created',
    `A ${purpose} text of ${count(segments, 'segment')} for ${count(cost, 'credit')}.`,
    {
      facts: { segments, cost, country, purpose, campaignId: message.campaignId, place: message.ordinal },
    },
  )
  const end = endWords[message.state]
  const { reason, reasonDetail, notBefore } = message
  if (end === undefined) {
    if (reasonDetail === null) return [created]
    // Nobody wrote down when; after what made it wait there is nothing until it goes.
    const facts = { reason, notBefore: notBefore?.toISOString() ?? null }
    return [created, entry(message.createdAt, 'deferred', `It was put off: ${reasonDetail}`, { facts })]
  }
  const isByTheClock = reason === 'quiet_hours' || reason === 'frequency_cap'
  const words =
    isByTheClock && reasonDetail !== null ? `${clockWords[message.state] ?? end} ${reasonDetail}` : end
  return [created, entry(lastAt, 'decided', words, { facts: { state: message.state, reason } })]
}

const outcomeWords: Readonly<Record<AttemptState, string>> = {
  dispatching: 'It is being handed to the carrier.',
  unknown:
    'The answer of the carrier got lost: it may have the text. The hold stays, and nobody sends it again meanwhile.',
  accepted: 'The carrier has it.',
  unproven: 'Closed without proof: the carrier may have sent it, so it is charged and never sent again.',
  not_sent: 'It was not sent.',
  absent: 'Proved that the carrier never took it.',
}

const evidenceWords: Readonly<Record<Evidence, string>> = {
  worker: 'by its answer',
  callback: 'by its report',
  look_up: 'by its list',
  lease: 'the sending process did not report in time',
  policy: 'by policy',
  administrator: 'by an administrator',
  restore: "by the carrier's list, after a restore of the database",
}

/** The claim with what its gate saw, and how the attempt stands. */
export function attemptEntries(attempt: TimelineAttempt, explain: Explain): TimelineEntry[] {
  const of = { attemptId: attempt.id, attempt: attempt.n }
  const claimed = entry(
    attempt.claimedAt,
    'claimed',
    attempt.gate['restored'] === true
      ? 'It was sent before the database was restored; this was written down afterwards.'
      : 'It passed the gate: sending is allowed, the number agreed, the credits are there.',
    {
      ...of,
      facts: {
        ...scalars(attempt.gate),
        consentEventId: attempt.consentEventId,
        policy: attempt.policy,
        worker: attempt.worker,
        notAfter: attempt.notAfter.toISOString(),
      },
    },
  )
  const why = attempt.errorCode === null ? '' : ` ${explain(attempt.errorCode)}`
  const by = attempt.evidence === null ? '' : ` (${evidenceWords[attempt.evidence]})`
  const outcome = entry(
    attempt.resolvedAt ?? attempt.claimedAt,
    attempt.state === 'dispatching' ? 'sent' : 'outcome',
    `${outcomeWords[attempt.state].replace(/\.$/, '')}${by}.${why}`,
    {
      ...of,
      sid: attempt.sid,
      code: attempt.errorCode,
      facts: { state: attempt.state, evidence: attempt.evidence, failureClass: attempt.failureClass },
    },
  )
  return [claimed, outcome]
}

const transferWords: Readonly<Record<TimelineTransfer['kind'], string>> = {
  hold: 'held',
  capture: 'charged',
  release: 'released',
  refund: 'given back',
  late_charge: 'charged after all',
}

export function transferEntry(
  transfer: TimelineTransfer,
  numbers: ReadonlyMap<string, number>,
): TimelineEntry {
  return entry(
    transfer.at,
    transfer.kind,
    `${count(transfer.credits, 'credit')} ${transferWords[transfer.kind]}.`,
    {
      attemptId: transfer.attemptId,
      attempt: numbers.get(transfer.attemptId) ?? null,
      credits: transfer.credits,
      facts: { ledgerSeq: transfer.seq },
    },
  )
}

const verdictWords: Readonly<Record<string, string>> = {
  found: 'The carrier was asked, and has the text.',
  absent: 'The carrier was asked, and has no such text.',
  too_early: 'The carrier was asked; it is too early for its answer to prove anything.',
  unavailable: 'The carrier was asked and did not answer.',
}

export function lookUpEntry(lookUp: TimelineLookUp, numbers: ReadonlyMap<string, number>): TimelineEntry {
  return entry(lookUp.at, 'look_up', verdictWords[lookUp.verdict] ?? 'The carrier was asked.', {
    attemptId: lookUp.attemptId,
    attempt: numbers.get(lookUp.attemptId) ?? null,
    facts: { verdict: lookUp.verdict, pages: lookUp.pages, candidates: lookUp.candidates },
  })
}

export function observationEntry(
  seen: TimelineObservation,
  numbers: ReadonlyMap<string, number>,
): TimelineEntry {
  return entry(
    seen.at,
    'observed',
    'Somebody other than the sending process reported an id of the carrier for it.',
    {
      attemptId: seen.attemptId,
      attempt: numbers.get(seen.attemptId) ?? null,
      sid: seen.sid,
      facts: { source: seen.source },
    },
  )
}

/** The proof that came after the attempt had been closed without one, and what it corrected. */
export function lateProofEntry(
  proof: TimelineLateProof,
  numbers: ReadonlyMap<string, number>,
): TimelineEntry {
  const { closedAs, source, credits, owed } = proof
  return entry(proof.at, 'late_proof', lateProofWords(proof), {
    attemptId: proof.attemptId,
    attempt: numbers.get(proof.attemptId) ?? null,
    credits,
    sid: proof.sid,
    facts: { closedAs, source, owed },
  })
}

function lateProofWords({ closedAs, credits }: TimelineLateProof): string {
  if (closedAs === 'accepted')
    return 'The carrier had called it failed, and it left after all: what had been given back is charged.'
  return credits === 0
    ? 'The carrier has it after all; its charge was standing.'
    : 'The carrier has it after all: what had been given back is charged.'
}

const decisionWords: Readonly<Record<TimelineDecision['decision'], string>> = {
  charge: 'An administrator closed it as charged',
  give_back: 'An administrator closed it and gave its credits back',
  send_again: 'An administrator released it to be sent again',
}

export function decisionEntry(made: TimelineDecision, numbers: ReadonlyMap<string, number>): TimelineEntry {
  const { decision, actor, reason } = made
  return entry(made.at, 'decision', `${decisionWords[decision]}: ${reason}`, {
    attemptId: made.attemptId,
    attempt: numbers.get(made.attemptId) ?? null,
    facts: { decision, actor, reason },
  })
}

type Callback = StoredWebhook & { params: Readonly<Record<string, string | readonly string[]>> }

export function callbackEntry(callback: Callback, numbers: ReadonlyMap<string, number>): TimelineEntry {
  const status = single(callback.params['MessageStatus'] ?? callback.params['SmsStatus'])
  const code = Number(single(callback.params['ErrorCode']) ?? Number.NaN)
  return entry(callback.receivedAt, 'callback', `The carrier reported ${status ?? 'a status'}.`, {
    attemptId: callback.route,
    attempt: numbers.get(callback.route) ?? null,
    sid: single(callback.params['MessageSid'] ?? callback.params['SmsSid']),
    code: Number.isInteger(code) ? code : null,
    facts: { status, webhookId: callback.id, outcome: callback.outcome },
  })
}

export function deliveryEntry(message: ListedMessage, explain: Explain): TimelineEntry[] {
  if (message.delivery === null || message.deliveryAt === null) return []
  const why = message.deliveryErrorCode === null ? '' : ` ${explain(message.deliveryErrorCode)}`
  return [
    entry(message.deliveryAt, 'delivery', `Delivery stands at ${message.delivery}.${why}`, {
      sid: message.sid,
      code: message.deliveryErrorCode,
      facts: { status: message.delivery },
    }),
  ]
}

function entry(at: Date, kind: TimelineKind, words: string, more: Partial<TimelineEntry>): TimelineEntry {
  return {
    at,
    kind,
    words,
    attemptId: null,
    attempt: null,
    credits: null,
    sid: null,
    code: null,
    facts: {},
    ...more,
  }
}

function scalars(facts: Readonly<Record<string, unknown>>): Facts {
  const kept: Record<string, string | number | boolean | null> = {}
  for (const [name, value] of Object.entries(facts)) {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
      kept[name] = value as string | number | boolean | null
  }
  return kept
}

function single(value: string | readonly string[] | undefined): string | null {
  return (typeof value === 'string' ? value : value?.[0]) ?? null
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`
}
