/** Waiting longer than the longest back-off is for the carrier to ask only so far. */
const RETRY_AFTER_MAX_MS = 300_000
/** After the first call: whoever has not been reached by then is not surprised by yesterday's text. */
export const RETRY_AGE_MAX_MS = 24 * 3_600_000

/**
 * When a message that may be tried again is due: after the back-off, and not before the carrier asked to be left alone.
 * At the end of its usefulness it is due in any case: the gate then lets it expire, and no retry comes after that.
 */
export function retryAt(facts: {
  now: Date
  delayMs: number
  retryAfterMs: number | null
  expiresAt: Date | null
}): Date {
  const askedMs = Math.min(facts.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS)
  const atMs = facts.now.getTime() + Math.max(facts.delayMs, askedMs)
  return new Date(Math.min(atMs, Math.max(facts.now.getTime(), facts.expiresAt?.getTime() ?? Infinity)))
}

/** Whether a message whose first call was so long ago is given up at its next failure. */
export function isTooOld(firstCallAt: Date | null, now: Date): boolean {
  return firstCallAt !== null && now.getTime() - firstCallAt.getTime() > RETRY_AGE_MAX_MS
}
