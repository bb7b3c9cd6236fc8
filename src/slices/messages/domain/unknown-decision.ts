import { CALLS_MAX } from './limits.js'
import { givenUpAt } from './look-up.js'
import type { AttemptState } from './attempt-state.js'

/** What an administrator may decide about an unknown outcome. */
export const unknownDecisions = ['charge', 'give_back', 'send_again'] as const
export type UnknownDecision = (typeof unknownDecisions)[number]

/** How far clocks, lists and carriers may be behind; the same figures as for look-ups. */
export interface UnknownWindows {
  clockSkewMs: number
  listLagMs: number
  validityMs: number
  unprovenRefundMs: number
}

export interface UnknownFacts {
  state: AttemptState
  policy: 'P0' | 'P1'
  claimedAt: Date
  notAfter: Date
  usefulUntil: Date | null
  /** It was proved, when its claim was made and to this day, that the carrier refuses late calls like this one. */
  fenced: boolean
  /** What was charged was given back, and not charged again. */
  givenBack: boolean
  /** An administrator has decided about it. */
  decided: boolean
  /** A look-up after the end of the window has read the whole list and found nothing. */
  lookedUpInVain: boolean
  /** Attempts of its message so far. */
  calls: number
}

export type DecisionVerdict =
  | { ok: true; close: 'unproven' | 'absent' | null; refund: boolean }
  | {
      ok: false
      reason:
        | 'outcome-known'
        | 'too-early'
        | 'closed-already'
        | 'given-back-already'
        | 'fence-not-proved'
        | 'not-looked-up'
        | 'no-calls-left'
    }

/** From here on the carrier's list shows whatever it took in time: the look-ups begin, and people may decide. */
export function windowEndsAt(facts: Pick<UnknownFacts, 'notAfter'>, windows: UnknownWindows): Date {
  return new Date(facts.notAfter.getTime() + windows.clockSkewMs + windows.listLagMs)
}

/**
 * What a decision does, or why it is refused. Nothing is decided before the window of the attempt is over: until then the
 * carrier may still take it, and a number that was freed too early could not be looked up any more. Sending again needs what
 * the program itself needs for it: a fence, and a list that does not have the text. Without a fence a person cannot know
 * either, so nobody may (docs/decisions/0013).
 */
export function judgeDecision(
  facts: UnknownFacts,
  windows: UnknownWindows,
  now: Date,
  decision: UnknownDecision,
): DecisionVerdict {
  const { state } = facts
  if (state !== 'unknown' && state !== 'unproven') return { ok: false, reason: 'outcome-known' }
  if (state === 'unproven') {
    if (decision === 'send_again') return { ok: false, reason: 'closed-already' }
    if (facts.givenBack) return { ok: false, reason: 'given-back-already' }
    return { ok: true, close: null, refund: decision === 'give_back' }
  }
  if (now <= windowEndsAt(facts, windows)) return { ok: false, reason: 'too-early' }
  if (decision !== 'send_again') return { ok: true, close: 'unproven', refund: decision === 'give_back' }
  if (!facts.fenced) return { ok: false, reason: 'fence-not-proved' }
  if (facts.calls >= CALLS_MAX) return { ok: false, reason: 'no-calls-left' }
  if (!facts.lookedUpInVain) return { ok: false, reason: 'not-looked-up' }
  return { ok: true, close: 'absent', refund: false }
}

export interface NextStep {
  step: 'look_up' | 'close' | 'give_back' | 'none'
  /** Not before this moment; the sweep that does it comes by a little later. */
  at: Date | null
}

/** What happens by itself when nobody decides and nothing is proved. */
export function nextStepOf(facts: UnknownFacts, windows: UnknownWindows, now: Date): NextStep {
  if (facts.state === 'unproven') {
    if (facts.givenBack || facts.decided) return { step: 'none', at: null }
    return { step: 'give_back', at: new Date(facts.claimedAt.getTime() + windows.unprovenRefundMs) }
  }
  if (facts.state !== 'unknown') return { step: 'none', at: null }
  const lookUpAt = windowEndsAt(facts, windows)
  if (facts.policy === 'P1' || now <= lookUpAt) return { step: 'look_up', at: lookUpAt }
  const closesAt = givenUpAt({ ...facts, validityMs: windows.validityMs })
  return { step: 'close', at: new Date(closesAt + windows.clockSkewMs + windows.listLagMs) }
}
