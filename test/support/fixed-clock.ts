import { DateTime, type DurationLike } from 'luxon'
import type { Clock } from '../../src/kernel/clock.js'

export interface FixedClock extends Clock {
  /** Both times move: the wall clock and the monotonic one. */
  advance(duration: DurationLike): void
  set(instant: string): void
}

/** A clock that moves only when a test moves it. */
export function fixedClock(startAt = '2026-03-02T15:00:00Z'): FixedClock {
  let current = instantOf(startAt)
  let monotonic = 0
  return {
    now: () => current,
    monotonicMs: () => monotonic,
    advance: (duration) => {
      const next = current.plus(duration)
      monotonic += next.toMillis() - current.toMillis()
      current = next
    },
    set: (instant) => {
      current = instantOf(instant)
    },
  }
}

function instantOf(text: string): DateTime<true> {
  const instant = DateTime.fromISO(text, { zone: 'utc' })
  if (!instant.isValid) throw new Error(`not an instant: ${text}`)
  return instant
}
