import { CLAIM_MAX } from './limits.js'

/** How long the messages of one claim may wait for their call to begin: whoever forbids sending waits that long, at most about twice. */
const TARGET_WAIT_MS = 300
/** Of a sender that knows nothing yet about the carrier's speed. */
export const FIRST_CLAIM = 100

/**
 * How many messages the next claim may take, from how long `waiting` messages (those of the last claim, and what was
 * waiting before it) took until the last of them was being posted. Follows the speed, at most doubling each time.
 */
export function nextClaimLimit(
  limit: number,
  observed: { waiting: number; waitedMs: number },
  batchSize: number,
): number {
  const inTime = (observed.waiting * TARGET_WAIT_MS) / Math.max(observed.waitedMs, 1)
  return Math.max(1, Math.min(Math.floor(inTime), limit * 2, batchSize, CLAIM_MAX))
}
