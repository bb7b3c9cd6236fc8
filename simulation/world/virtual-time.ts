import { DateTime } from 'luxon'
import { assert } from '../../src/kernel/assert.js'
import type { Clock } from '../../src/kernel/clock.js'

/** When every run begins. */
export const BEGINS_AT_MS = DateTime.fromISO('2026-03-02T15:00:00Z', { zone: 'utc' }).toMillis()

/** The one true time of a run. It moves when the scheduler moves it, and never back. */
export class VirtualTime {
  private current = BEGINS_AT_MS

  nowMs(): number {
    return this.current
  }

  advanceTo(ms: number): void {
    assert(ms >= this.current, 'time does not run backwards')
    this.current = Math.ceil(ms)
  }

  /** Milliseconds since the run began. */
  elapsedMs(): number {
    return this.current - BEGINS_AT_MS
  }
}

/** The clock of one computer: its wall clock is off by so much, its monotonic clock is right. */
export function skewedClock(time: VirtualTime, skewMs: () => number): Clock {
  return {
    now: () => {
      const now = DateTime.fromMillis(time.nowMs() + skewMs(), { zone: 'utc' })
      assert(now.isValid, 'virtual time is an instant')
      return now
    },
    monotonicMs: () => time.elapsedMs(),
  }
}
