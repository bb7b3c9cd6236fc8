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
  onChange(listener: (state: BreakerState) => void): void
  /** Runs the call, or answers null without running it while the breaker is open or its one probe is under way. */
  run(call: () => Promise<SendOutcome>): Promise<SendOutcome | null>
}

export const breakerDefaults: BreakerOptions = { failuresMax: 10, halfOpenAfterMs: 10_000 }

/**
 * Opens after so many calls in a row that ended without a trustworthy answer or never reached the carrier; one call
 * probes after a while and closes it again. A refusal in the carrier's own words, a throttle and our own deadline are
 * answers or no fault of the carrier: they never open it.
 */
export function createBreaker(options: BreakerOptions = breakerDefaults): Breaker {
  const policy = circuitBreaker(
    handleWhenResult((result) => isOutage(result as SendOutcome)),
    { breaker: new ConsecutiveBreaker(options.failuresMax), halfOpenAfter: options.halfOpenAfterMs },
  )
  return {
    get state() {
      return stateName(policy.state)
    },
    onChange: (listener) => {
      policy.onStateChange((state) => {
        listener(stateName(state))
      })
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
