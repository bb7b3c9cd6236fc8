import { DateTime } from 'luxon'

/** Time is an input: everything that asks for the time takes a Clock, so that tests move it instead of waiting. */
export interface Clock {
  /** Wall-clock time in UTC. */
  now(): DateTime<true>
  /** Milliseconds that never run backwards; for deadlines and durations only. */
  monotonicMs(): number
}

export const systemClock: Clock = {
  now: () => DateTime.utc(),
  monotonicMs: () => performance.now(),
}
