import { assertNever } from '../../../kernel/assert.js'
import type { AttemptState } from './attempt-state.js'
import { CALLS_MAX, REFUSALS_MAX } from './limits.js'
import type { MessageState } from './message-state.js'

/** How a call to the carrier ended, as far as messages care. */
export type AttemptOutcome =
  | { kind: 'accepted'; sid: string }
  | {
      kind: 'not_sent'
      failureClass: string
      /** A new attempt may be made: the carrier said "later", or the request never reached it. */
      retryable: boolean
      /** The recipient opted out at the carrier. */
      optedOut: boolean
      /** Stops the lane instead of failing the message: nothing is wrong with the message itself. */
      blocksSender: boolean
      errorCode: number | null
      /** `refused` is the carrier's answer to this message; anything else says nothing about it and costs it no try. */
      reason: string
      /** How long the carrier asked us to wait, when it did. */
      retryAfterMs?: number | null
    }
  | { kind: 'unknown'; reason: string }
  | { kind: 'absent' }
  | { kind: 'unproven' }

export interface SettlementFacts {
  attempt: AttemptState
  /** Attempts of this message so far, this one included. */
  calls: number
  /** Earlier attempts that the carrier itself refused. */
  refusals: number
  /** Belongs to no campaign, so that no pause stands between one try and the next. */
  isSingle?: boolean
  /** Its first call is longer ago than a retry may be late. */
  isTooOld?: boolean
  /** Nobody wants it any more: it is not tried again. */
  isTakenBack?: boolean
}

export interface Settlement {
  attempt: AttemptState
  message: MessageState
  credits: 'capture' | 'release' | 'keep'
  /** Try again after the back-off. */
  retry: boolean
}

/**
 * What an outcome does to attempt, message and hold; null when it changes nothing (it is known already, or too late).
 * A proof of acceptance always wins over "unknown" and over a policy; nothing ever wins over an acceptance.
 */
export function decideSettlement(facts: SettlementFacts, outcome: AttemptOutcome): Settlement | null {
  const open = facts.attempt === 'dispatching' || facts.attempt === 'unknown'
  switch (outcome.kind) {
    case 'accepted':
      if (open) return { attempt: 'accepted', message: 'accepted', credits: 'capture', retry: false }
      // Charged when it was closed; what was given back since is charged again as a late proof.
      if (facts.attempt === 'unproven')
        return { attempt: 'accepted', message: 'accepted', credits: 'keep', retry: false }
      return null
    case 'unknown':
      if (facts.attempt !== 'dispatching') return null
      return { attempt: 'unknown', message: 'unknown', credits: 'keep', retry: false }
    case 'unproven':
      if (facts.attempt !== 'unknown') return null
      return { attempt: 'unproven', message: 'unproven', credits: 'capture', retry: false }
    case 'absent':
      if (facts.attempt !== 'unknown') return null
      return release(facts, 'absent', facts.calls < CALLS_MAX && facts.isTooOld !== true)
    case 'not_sent':
      if (!open) return null
      if (outcome.optedOut)
        return { attempt: 'not_sent', message: 'suppressed', credits: 'release', retry: false }
      return release(facts, 'not_sent', mayTryAgain(facts, outcome))
    default:
      return assertNever(outcome, 'attempt outcome')
  }
}

/** How an attempt can have been closed without proof that the carrier has its text. */
export type ClosedUnproved = 'unproven' | 'absent' | 'not_sent'

/**
 * A proof of acceptance that comes now comes late. The charge of such an attempt may have been given back: it is owed again,
 * whether the text is the only one of its message or a duplicate.
 */
export function isProvedLate(attempt: AttemptState): attempt is ClosedUnproved {
  return attempt === 'unproven' || attempt === 'absent' || attempt === 'not_sent'
}

function mayTryAgain(
  facts: SettlementFacts,
  outcome: { reason: string; retryable: boolean; blocksSender: boolean },
): boolean {
  const isSpent = facts.isTooOld === true || facts.calls >= CALLS_MAX
  // Its campaign pauses and waits for a person; that time is not the message's fault. Nothing pauses single texts.
  if (outcome.blocksSender) return facts.isSingle !== true || !isSpent
  if (!outcome.retryable || isSpent) return false
  return outcome.reason !== 'refused' || facts.refusals + 1 < REFUSALS_MAX
}

function release(
  { isTakenBack = false }: SettlementFacts,
  attempt: 'absent' | 'not_sent',
  retry: boolean,
): Settlement {
  if (retry && isTakenBack) return { attempt, message: 'cancelled', credits: 'release', retry: false }
  return { attempt, message: retry ? 'pending' : 'failed', credits: 'release', retry }
}
