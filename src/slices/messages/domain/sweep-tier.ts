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

const HEX_DIGITS = 12
const LAST_INSTANT_MS = 2 ** 48 - 1

/**
 * The lowest id that can have been made at an instant: attempts have ids of UUID version 7, which begin with the
 * milliseconds since 1970, so an age is a range of the primary key.
 */
export function lowestIdAt(instant: Date): string {
  const ms = Math.min(LAST_INSTANT_MS, Math.max(0, instant.getTime()))
  const hex = ms.toString(16).padStart(HEX_DIGITS, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
