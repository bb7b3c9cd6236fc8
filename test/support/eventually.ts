import { systemClock } from '../../src/kernel/clock.js'
import { pause } from '../../src/kernel/pause.js'

export interface EventuallyOptions {
  /** How long the condition may take. A bound against hanging, not something that a passing test waits for. */
  timeoutMs?: number
  intervalMs?: number
  /** Named in the error. */
  what?: string
}

/**
 * Asks again and again until the answer is neither false nor null nor undefined, and returns it. An answer that throws
 * counts as "not yet", so that assertions can be used as conditions. Fails with the last error after the bound.
 */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  options: EventuallyOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const timeoutMs = options.timeoutMs ?? 30_000
  const giveUpAt = systemClock.monotonicMs() + timeoutMs
  let lastError: unknown
  while (systemClock.monotonicMs() < giveUpAt) {
    try {
      const answer = await ask()
      if (answer !== false && answer !== null && answer !== undefined)
        return answer as Exclude<T, false | null | undefined>
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    await pause(options.intervalMs ?? 20)
  }
  throw new Error(`${options.what ?? 'the condition'} did not come true within ${timeoutMs} ms`, {
    cause: lastError,
  })
}
