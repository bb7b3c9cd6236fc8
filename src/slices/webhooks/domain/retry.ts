const FIRST_DELAY_MS = 1_000
const FACTOR = 4

/** When an event is due again after its failure number `tries + 1`: 1, 4, 16, 64 seconds. */
export function decideRetry(tries: number): { delayMs: number } {
  return { delayMs: FIRST_DELAY_MS * FACTOR ** tries }
}
