import type { Random } from '../../src/kernel/random.js'
import { currentProcess } from './virtual-process.js'
import type { Scheduler } from './scheduler.js'
import type { VirtualTime } from './virtual-time.js'

/**
 * The program's own timers (a retry's pause, a batch that waits for company) become plans of the virtual world. This
 * process runs nothing but the simulation, so its global functions are replaced for good.
 */
let world: { scheduler: Scheduler; time: VirtualTime; random: Random } | null = null

export function useTimersOf(scheduler: Scheduler, time: VirtualTime, random: Random): void {
  world = { scheduler, time, random }
}

interface Timer {
  cancel(): void
  unref(): Timer
}

export function replaceTimers(): void {
  const set = (callback: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]): Timer => {
    if (world === null) throw new Error('a timer was set outside of a run')
    const cancel = world.scheduler.plan({
      atMs: world.time.nowMs() + Math.max(0, Math.ceil(delayMs)),
      process: currentProcess.getStore() ?? null,
      label: 'timer',
      run: () => {
        callback(...args)
      },
    })
    const timer: Timer = { cancel, unref: () => timer }
    return timer
  }
  const clear = (timer: Timer | undefined): void => timer?.cancel()
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear })
  // Pauses between the tries of a transaction are drawn from here when nobody gives another source.
  Object.assign(Math, { random: () => world?.random.next() ?? 0 })
}
