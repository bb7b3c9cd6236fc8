import { DateTime } from 'luxon'
import type { Clock } from '../src/kernel/clock.js'

/** One time for the program, the customers and the provider; it moves only when a history moves it. */
export interface VirtualClock extends Clock {
  advanceMs(ms: number): void
}

export function virtualClock(startAt: string): VirtualClock {
  const startMs = DateTime.fromISO(startAt, { zone: 'utc' }).toMillis()
  let passedMs = 0
  return {
    now: () => {
      const now = DateTime.fromMillis(startMs + passedMs, { zone: 'utc' })
      if (!now.isValid) throw new Error('a virtual clock has a valid time')
      return now
    },
    monotonicMs: () => passedMs,
    advanceMs: (ms) => {
      passedMs += ms
    },
  }
}
