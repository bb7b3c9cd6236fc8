import type { Clock } from '../../kernel/clock.js'
import type { Random } from '../../kernel/random.js'
import type { Job } from './job.js'
import type { JobRunner } from './job-runner.js'
import type { RecurringRow } from './job-store.js'

export interface WatchdogDeps {
  jobs: ReadonlyMap<string, Job>
  runner: JobRunner
  /** What the store knows of runs in other processes. Null when it cannot be asked. */
  recurring: () => Promise<ReadonlyMap<string, RecurringRow> | null>
  storeIsUp: () => boolean
  onStepIn: (job: Job) => void
  clock: Clock
  random: Random
}

export interface Watchdog {
  stop(): void
}

const TICK_MS_MIN = 10
const TICK_MS_MAX = 15_000

/**
 * The plain interval beside Agenda: a recurring job that has not run for twice its interval, here or anywhere, is run
 * directly; when the store is known to be away, already after one interval. Nothing that matters depends on Agenda.
 */
export function startWatchdog(deps: WatchdogDeps): Watchdog {
  const recurring = [...deps.jobs.values()].filter((job) => job.everyMs !== null)
  const lastSeenMs = new Map<string, number>()
  const startedMs = deps.clock.monotonicMs()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function ageMs(job: Job): number {
    const lastMs = Math.max(
      startedMs,
      deps.runner.statistics(job.name).lastStartedMs ?? 0,
      lastSeenMs.get(job.name) ?? 0,
    )
    return deps.clock.monotonicMs() - lastMs
  }

  function isOverdue(job: Job): boolean {
    const everyMs = job.everyMs ?? 0
    if (deps.runner.statistics(job.name).running > 0) return false
    return ageMs(job) > (deps.storeIsUp() ? 2 * everyMs : everyMs)
  }

  /** A time in the future is of a clock that has jumped, and says nothing. */
  function noteRunElsewhere(job: Job, row: RecurringRow | undefined): void {
    const agoMs = deps.clock.now().toMillis() - (row?.lastSeenAtMs ?? 0)
    if (agoMs >= 0 && agoMs <= 2 * (job.everyMs ?? 0))
      lastSeenMs.set(job.name, deps.clock.monotonicMs() - agoMs)
  }

  async function check(): Promise<void> {
    if (!recurring.some(isOverdue)) return
    const rows = await deps.recurring()
    if (rows !== null) for (const job of recurring) noteRunElsewhere(job, rows.get(job.name))
    for (const job of recurring) {
      if (stopped || !isOverdue(job)) continue
      deps.onStepIn(job)
      void deps.runner.request(job.bind({}))
    }
  }

  function scheduleNext(): void {
    const shortestMs = Math.min(...recurring.map((job) => job.everyMs ?? TICK_MS_MAX))
    const tickMs = Math.min(TICK_MS_MAX, Math.max(TICK_MS_MIN, shortestMs / 2))
    // With jitter, so that processes that started together do not all ask at the same moment.
    timer = setTimeout(
      () => {
        void check().finally(() => {
          if (!stopped) scheduleNext()
        })
      },
      tickMs * (0.75 + deps.random.next() / 2),
    )
  }

  if (recurring.length > 0) scheduleNext()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
