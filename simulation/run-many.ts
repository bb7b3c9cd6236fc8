import { createHash } from 'node:crypto'
import { systemClock } from '../src/kernel/clock.js'
import type { HowToRun } from './processes/messages.js'
import type { Runner } from './runner.js'
import type { SeedResult } from './run-seed.js'

export interface ManyResult {
  seeds: number
  /** The seed after the last one that was run: continue from here. */
  nextSeed: number
  steps: number
  texts: number
  failed: SeedResult[]
  /** Over the logs of all seeds in order; the same for every number of processes. */
  logHash: string
  elapsedMs: number
}

export interface Wanted {
  from: number
  count: number
  /** No new seed is begun after this. */
  minutes: number | null
  how: HowToRun
  onSeed(result: SeedResult): void
}

/** Gives seeds to the runners in turn until all are done, the time is up, or one of them has failed. */
export async function runMany(runners: readonly Runner[], wanted: Wanted): Promise<ManyResult> {
  const beganMs = systemClock.monotonicMs()
  const endsMs = wanted.minutes === null ? Infinity : beganMs + wanted.minutes * 60_000
  const digests = new Map<number, string>()
  const failed: SeedResult[] = []
  const sums = { steps: 0, texts: 0 }
  let next = wanted.from
  const isOpen = (): boolean =>
    next < wanted.from + wanted.count && systemClock.monotonicMs() < endsMs && failed.length === 0
  await Promise.all(
    runners.map(async (runner) => {
      while (isOpen()) {
        const seed = next
        next += 1
        const result = await runner.run(seed, wanted.how)
        digests.set(seed, result.digest)
        sums.steps += result.steps
        sums.texts += result.texts
        if (result.violations.length > 0) failed.push(result)
        wanted.onSeed(result)
      }
    }),
  )
  const hash = createHash('sha256')
  for (const seed of [...digests.keys()].sort((left, right) => left - right))
    hash.update(`${String(seed)} ${digests.get(seed) ?? ''}\n`)
  return {
    seeds: digests.size,
    nextSeed: next,
    ...sums,
    failed,
    logHash: hash.digest('hex'),
    elapsedMs: systemClock.monotonicMs() - beganMs,
  }
}
