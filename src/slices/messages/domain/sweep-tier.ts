/** An age at which the carrier is asked for the status of what it accepted and has not reported on to the end. */
export interface SweepTier {
  name: string
  /** Asked when this old, once. */
  fromMs: number
  /** Not asked any more when this old: the next tier has it, or nobody. */
  untilMs: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Lost callbacks are normal, and so is a message that stays at `sent` for ever: after the last tier nobody asks. */
export const sweepTiers: readonly SweepTier[] = [
  { name: '1m', fromMs: MINUTE_MS, untilMs: 10 * MINUTE_MS },
  { name: '10m', fromMs: 10 * MINUTE_MS, untilMs: HOUR_MS },
  { name: '1h', fromMs: HOUR_MS, untilMs: 6 * HOUR_MS },
  { name: '6h', fromMs: 6 * HOUR_MS, untilMs: 24 * HOUR_MS },
  { name: '24h', fromMs: 24 * HOUR_MS, untilMs: 72 * HOUR_MS },
  { name: '72h', fromMs: 72 * HOUR_MS, untilMs: 720 * HOUR_MS },
]
