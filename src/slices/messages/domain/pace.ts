/** A stretch of time that the database gave to one process: nobody else sends from this sender in it. */
export interface PaceGrant {
  /** On the monotonic clock of this process. */
  nextAtMs: number
  endsAtMs: number
  /** Segments that may still leave in it. */
  left: number
  /** Milliseconds that one segment takes at this pace. */
  perSegmentMs: number
}

export const paceRules = {
  /**
   * Of the sender's limit. Texts that leave evenly arrive unevenly: at this share an arrival may be a seventh of a second
   * late and no second at the carrier sees more than the limit.
   */
  share: 0.85,
  /** Asked of the database at once, in time at the pace: few questions, and little is lost with a process. */
  grantMs: 200,
  /** A database that answers slowly is asked for longer stretches: so many times the answer's delay, up to the longest. */
  grantPerDelay: 4,
  grantMaxMs: 2_000,
  /** How late a text may leave after its stretch is over. What is later needs a new one. */
  lateMs: 40,
  /** Authorised and waiting for their turn, in time at the pace: what still leaves after somebody forbids it. */
  waitingMs: 500,
} as const

/** Segments to ask for: a stretch's worth, and at least the text at hand. */
export function segmentsToAsk(segments: number, perSecond: number, delayMs: number): number {
  const { share, grantMs, grantPerDelay, grantMaxMs } = paceRules
  const stretchMs = Math.min(grantMaxMs, Math.max(grantMs, grantPerDelay * delayMs))
  return Math.max(segments, Math.floor((perSecond * share * stretchMs) / 1_000))
}

/**
 * A stretch in this process's time. When exactly the database answered is not known: it begins as if it had answered
 * late and ends as if it had answered early, so that it lies within what was given, whatever the way took.
 */
export function grantOf(answer: {
  askedAtMs: number
  answeredAtMs: number
  startsInMs: number
  segments: number
  perSecond: number
}): PaceGrant {
  const perSegmentMs = 1_000 / (answer.perSecond * paceRules.share)
  return {
    nextAtMs: answer.answeredAtMs + answer.startsInMs,
    endsAtMs: answer.askedAtMs + answer.startsInMs + answer.segments * perSegmentMs,
    left: answer.segments,
    perSegmentMs,
  }
}

/** Segments that may be authorised and not under way at once in one process. */
export function segmentsAhead(perSecond: number): number {
  return Math.max(1, Math.floor((perSecond * paceRules.waitingMs) / 1_000))
}

/**
 * When a text of so many segments may leave within the grant, and what is left of it; null when the grant is used up
 * or over. `notBeforeMs` is when this process is done with the text before: being late never makes two leave together.
 */
export function placeInGrant(
  grant: PaceGrant | null,
  segments: number,
  nowMs: number,
  notBeforeMs: number,
): { atMs: number; grant: PaceGrant } | null {
  if (grant === null || grant.left < segments) return null
  const atMs = Math.max(grant.nextAtMs, notBeforeMs, nowMs)
  if (atMs > grant.endsAtMs + paceRules.lateMs) return null
  return {
    atMs,
    grant: { ...grant, nextAtMs: atMs + segments * grant.perSegmentMs, left: grant.left - segments },
  }
}
