const MINUTE_MS = 60_000

/** Pauses after the first, second, … try that the mail server put off. After the last one it is given up. */
const RETRY_DELAYS_MS = [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS)

/** An e-mail that waits longer than this comes too late to stand for a text. */
export const WAIT_MAX_MS = 24 * 60 * MINUTE_MS

/** A process that has not come back from the mail server by now never will: its calls end within minutes. */
export const SENDING_MAX_MS = 15 * MINUTE_MS

/** Null: no more tries. */
export function retryDelayMs(tries: number): number | null {
  return RETRY_DELAYS_MS[tries - 1] ?? null
}
