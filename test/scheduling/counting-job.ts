import { z } from 'zod'
import type { JobDefinition } from '../../src/platform/scheduling/index.js'

export interface CountingJob {
  job: JobDefinition
  /** Payloads of the runs that have begun. */
  runs: unknown[]
  ended: number
  running: number
  runningMost: number
  /** While closed, runs that have begun do not end. */
  gate: { close(): void; open(): void }
  /** Shares the counters: the same job in another process. */
  twin(): JobDefinition
}

/** A job that counts, and that ends when the test lets it. */
export function countingJob(
  name: string,
  options: { everyMs?: number; payloadSchema?: z.ZodType } = {},
): CountingJob {
  let isOpen = true
  const held = new Set<() => void>()
  const twin = (): JobDefinition => ({
    name,
    ...(options.everyMs === undefined ? {} : { everyMs: options.everyMs }),
    payloadSchema: options.payloadSchema ?? z.record(z.string(), z.unknown()),
    run: async (payload) => {
      counting.runs.push(payload)
      counting.running += 1
      counting.runningMost = Math.max(counting.runningMost, counting.running)
      if (!isOpen) await new Promise<void>((letGo) => held.add(letGo))
      counting.running -= 1
      counting.ended += 1
    },
  })
  const counting: CountingJob = {
    job: twin(),
    runs: [],
    ended: 0,
    running: 0,
    runningMost: 0,
    gate: {
      close: () => {
        isOpen = false
      },
      open: () => {
        isOpen = true
        for (const letGo of held) letGo()
        held.clear()
      },
    },
    twin,
  }
  return counting
}
