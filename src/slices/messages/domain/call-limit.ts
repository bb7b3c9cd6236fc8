/** What one answer of the carrier says about how many calls at once it bears. */
export type CallSign =
  | { kind: 'accepted'; concurrentRequests: number | null }
  | { kind: 'throttled'; concurrentRequests: number | null; retryAfterMs: number | null }
  /** Says nothing about it: a refusal, an outage, our own deadline. */
  | { kind: 'silent' }

export interface CallLimit {
  /** Calls that may be under way at once. A fraction is progress towards the next whole one. */
  calls: number
  /** The carrier's count of calls when it last refused one for being too many; forgotten after a while. */
  ceiling: number | null
  ceilingUntilMs: number
  /** Neither shrinks again nor grows before then: all calls that were under way tell of the same crowd. */
  calmUntilMs: number
  /** No call begins before then: the carrier asked for it. */
  pausedUntilMs: number
}

export const callLimitRules = {
  shrinkTo: 0.5,
  /** When the carrier's count comes close to where it refused: earlier and gentler than a refusal. */
  easeTo: 0.9,
  nearCeiling: 0.9,
  calmMs: 1_000,
  /** The limit of the carrier account is shared and changes; what was too many a minute ago is tried again. */
  ceilingLifeMs: 60_000,
  /** A carrier that asks for more waits in the messages' own back-off. */
  pauseMaxMs: 60_000,
  /** Share of the configured calls that a sender begins with after an outage. */
  afterOutage: 0.1,
} as const

export function wideOpen(max: number): CallLimit {
  return {
    calls: max,
    ceiling: null,
    ceilingUntilMs: -Infinity,
    calmUntilMs: -Infinity,
    pausedUntilMs: -Infinity,
  }
}

/**
 * Additive increase, multiplicative decrease: halves when the carrier refuses a call for being too many, eases when its
 * own count nears where it refused, and grows by one call for each round of accepted ones. Always between 1 and `max`.
 */
export function afterCall(before: CallLimit, sign: CallSign, max: number, nowMs: number): CallLimit {
  switch (sign.kind) {
    case 'silent':
      return before
    case 'throttled':
      return throttled(before, sign, nowMs)
    case 'accepted':
      return accepted(before, sign.concurrentRequests, max, nowMs)
  }
}

function throttled(
  before: CallLimit,
  sign: { concurrentRequests: number | null; retryAfterMs: number | null },
  nowMs: number,
): CallLimit {
  const pauseMs = Math.min(sign.retryAfterMs ?? 0, callLimitRules.pauseMaxMs)
  const isNews = nowMs >= before.calmUntilMs
  return {
    calls: isNews ? Math.max(1, before.calls * callLimitRules.shrinkTo) : before.calls,
    ceiling: sign.concurrentRequests ?? before.ceiling,
    ceilingUntilMs:
      sign.concurrentRequests === null ? before.ceilingUntilMs : nowMs + callLimitRules.ceilingLifeMs,
    calmUntilMs: isNews ? nowMs + callLimitRules.calmMs : before.calmUntilMs,
    pausedUntilMs: Math.max(before.pausedUntilMs, pauseMs > 0 ? nowMs + pauseMs : -Infinity),
  }
}

function accepted(before: CallLimit, concurrent: number | null, max: number, nowMs: number): CallLimit {
  if (before.calls >= max && before.ceiling === null) return before
  if (nowMs < before.calmUntilMs) return before
  const ceiling = nowMs < before.ceilingUntilMs ? before.ceiling : null
  const isNear = ceiling !== null && concurrent !== null && concurrent >= ceiling * callLimitRules.nearCeiling
  if (!isNear) return { ...before, ceiling, calls: Math.min(max, before.calls + 1 / before.calls) }
  return {
    ...before,
    ceiling,
    calls: Math.max(1, before.calls * callLimitRules.easeTo),
    calmUntilMs: nowMs + callLimitRules.calmMs,
  }
}

/** What waited through an outage must not fall on the carrier all at once. */
export function afterOutage(before: CallLimit, max: number): CallLimit {
  return { ...before, calls: Math.max(1, Math.min(before.calls, max * callLimitRules.afterOutage)) }
}
