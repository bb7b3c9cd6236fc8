import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel'
import type { BreakerOptions, SendOutcome } from './carrier-types.js'

export type BreakerState = 'closed' | 'open' | 'half-open'

export interface Breaker {
  readonly state: BreakerState
  /** Calls that may begin now: any number while closed, one when it is time to probe, none otherwise. */
  readonly callsAllowed: number
  onChange(listener: (state: BreakerState) => void): void
  /** Runs the call, or answers null without running it while the breaker is open or its one probe is under way. */
  run(call: () => Promise<SendOutcome>): Promise<SendOutcome | null>
  /** No further changes are told. */
  stop(): void
}

export const breakerDefaults: BreakerOptions = { failuresMax: 10, halfOpenAfterMs: 10_000 }

/** The library compares wall-clock milliseconds; a timer may be a few early. */
const TIMER_SLACK_MS = 5

/**
 * Opens after so many calls in a row that ended without a trustworthy answer or never reached the carrier; one call
 * probes after a while and closes it again. A refusal in the carrier's own words, a throttle and our own deadline are
 * answers or no fault of the carrier: they never open it.
 *
 * It is half-open as soon as a probe is due, not only while one is under way: whoever waits for it is told, and claims
 * one message instead of trying with many.
 */
export function createBreaker(options: BreakerOptions = breakerDefaults): Breaker {
  const policy = circuitBreaker(
    handleWhenResult((result) => isOutage(result as SendOutcome)),
    { breaker: new ConsecutiveBreaker(options.failuresMax), halfOpenAfter: options.halfOpenAfterMs },
  )
  const listeners: ((state: BreakerState) => void)[] = []
  let state: BreakerState = 'closed'
  let timer: NodeJS.Timeout | undefined
  const become = (next: BreakerState): void => {
    clearTimeout(timer)
    if (next === 'open') {
      timer = setTimeout(() => {
        become('half-open')
      }, options.halfOpenAfterMs + TIMER_SLACK_MS)
      timer.unref()
    }
    if (next === state) return
    state = next
    for (const listener of listeners) listener(next)
  }
  policy.onStateChange((next) => {
    become(stateName(next))
  })
  return {
    get state() {
      return state
    },
    get callsAllowed() {
      if (state === 'closed') return Infinity
      return state === 'half-open' && policy.state === CircuitState.Open ? 1 : 0
    },
    onChange: (listener) => {
      listeners.push(listener)
    },
    run: async (call) => {
      // The library would make this call wait for the probe; a message that waits outlives its credential.
      if (policy.state === CircuitState.HalfOpen) return null
      try {
        return await policy.execute(call)
      } catch (error) {
        if (isBrokenCircuitError(error)) return null
        throw error
      }
    },
    stop: () => {
      clearTimeout(timer)
      listeners.length = 0
    },
  }
}

function isOutage(outcome: SendOutcome): boolean {
  if (outcome.kind === 'unknown') return true
  return outcome.kind === 'not_sent' && outcome.cause === 'unreachable'
}

function stateName(state: CircuitState): BreakerState {
  if (state === CircuitState.Closed) return 'closed'
  return state === CircuitState.HalfOpen ? 'half-open' : 'open'
}
