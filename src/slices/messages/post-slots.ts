import { systemClock, type Clock } from '../../kernel/clock.js'
import { afterCall, afterOutage, wideOpen, type CallSign } from './domain/call-limit.js'

/**
 * How many calls to the carrier may be under way at once in this process. Waiting is in order of asking. The number
 * follows the carrier: it shrinks when calls are refused for being too many and grows back slowly.
 */
export interface PostSlots {
  take(): Promise<void>
  give(sign?: CallSign): void
  /** Calls that may be under way at once now. */
  readonly limit: number
  /** How long no call may begin, because the carrier asked for it. */
  readonly pausedMs: number
  /** The carrier comes back from an outage: begin with few calls. */
  slowStart(): void
  /** Called with the new whole limit each time it changes. */
  onChange(listener: (limit: number) => void): void
}

export function createPostSlots(max: number, clock: Pick<Clock, 'monotonicMs'> = systemClock): PostSlots {
  let state = wideOpen(max)
  let used = 0
  let timer: NodeJS.Timeout | undefined
  const waiting: (() => void)[] = []
  const listeners: ((limit: number) => void)[] = []
  const whole = (): number => Math.max(1, Math.floor(state.calls))
  const pausedMs = (): number => Math.max(0, state.pausedUntilMs - clock.monotonicMs())

  function become(next: typeof state): void {
    const before = whole()
    state = next
    const after = whole()
    if (after !== before) for (const listener of listeners) listener(after)
  }

  function letIn(): void {
    while (waiting.length > 0 && used < whole()) {
      const waitMs = pausedMs()
      if (waitMs > 0) {
        timer ??= setTimeout(() => {
          timer = undefined
          letIn()
        }, waitMs)
        return
      }
      used += 1
      waiting.shift()?.()
    }
  }

  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        letIn()
      }),
    give: (sign) => {
      used -= 1
      if (sign !== undefined) become(afterCall(state, sign, max, clock.monotonicMs()))
      letIn()
    },
    get limit() {
      return whole()
    },
    get pausedMs() {
      return pausedMs()
    },
    slowStart: () => {
      become(afterOutage(state, max))
    },
    onChange: (listener) => {
      listeners.push(listener)
    },
  }
}
