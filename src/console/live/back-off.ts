const FIRST_MS = 250
const LONGEST_MS = 5_000

/** Longer after each failure, and never the same for all pages. */
export function backOffMs(failures: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures)
  const spread = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0
  return longest * (0.5 + spread / 510)
}
