import type { Random } from '../../../kernel/random.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Pauses after the first, second, … try that failed, as Standard Webhooks proposes them. After the last one it is given up. */
const RETRY_DELAYS_MS: readonly number[] = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
]

/** Up to so much longer, so that what failed together is not tried together. */
const JITTER = 0.1

/** Null: no more tries. */
export function retryDelayMs(tries: number, random: Random): number | null {
  const delayMs = RETRY_DELAYS_MS[tries - 1]
  return delayMs === undefined ? null : Math.round(delayMs * (1 + JITTER * random.next()))
}
