const HEX_DIGITS = 12
const LAST_INSTANT_MS = 2 ** 48 - 1

/**
 * The lowest id that can have been made at an instant: messages and attempts have ids of UUID version 7, which begin with
 * the milliseconds since 1970, so a span of time is a range of the primary key.
 */
export function lowestIdAt(instant: Date): string {
  const ms = Math.min(LAST_INSTANT_MS, Math.max(0, instant.getTime()))
  const hex = ms.toString(16).padStart(HEX_DIGITS, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
