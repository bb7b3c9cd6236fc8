import type { PlannedFault, Plan } from '../plan/plan.js'
import { tracks, type Track } from '../plan/fault-kinds.js'
import { pause } from '../stage/waiting.js'
import type { Stage } from '../stage/stage.js'
import { countFault, type Tally } from './tally.js'

/** What runs beside the faults while the storm lasts. */
export type Companion = (storm: AbortSignal) => Promise<void>

/**
 * The planned faults at their times, each track by itself, and whatever else goes on meanwhile. Resolves when the time is
 * over and the last fault has ended. A fault that fails (the thing that it wanted to break was broken) is counted, no more.
 */
export async function runStorm(
  plan: Plan,
  parts: {
    stage: Stage
    tally: Tally
    companions: readonly Companion[]
    doFault(fault: PlannedFault): Promise<void>
    say: (line: string) => void
    interrupted: AbortSignal
  },
): Promise<void> {
  const over = new AbortController()
  const storm = AbortSignal.any([over.signal, parts.interrupted])
  const since = performance.now()
  const runTrack = async (track: Track): Promise<void> => {
    for (const fault of plan.faults.filter((one) => one.track === track)) {
      await sleepUntil(since + fault.atMs, storm)
      if (storm.aborted) return
      await parts.doFault(fault).catch((error: unknown) => {
        countFault(parts.tally, 'faults that could not be done')
        parts.say(`${fault.kind}: ${error instanceof Error ? error.message : String(error)}`)
      })
    }
  }
  const all = Promise.all([...tracks.map(runTrack), ...parts.companions.map((companion) => companion(storm))])
  await sleepUntil(since + plan.stormMs, storm)
  over.abort()
  await all
}

async function sleepUntil(momentMs: number, storm: AbortSignal): Promise<void> {
  while (performance.now() < momentMs && !storm.aborted) {
    await pause(Math.min(200, Math.max(0, momentMs - performance.now())))
  }
}
