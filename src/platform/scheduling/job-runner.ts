import type { Clock } from '../../kernel/clock.js'
import type { Logger } from '../observability/logger.js'
import type { BoundRun } from './job.js'

export interface JobStatistics {
  runs: number
  failures: number
  failuresInARow: number
  running: number
  /** Of the monotonic clock. */
  lastStartedMs: number | null
}

/** Runs jobs in this process, whoever asks: Agenda, the watchdog, or a caller when Agenda's store is away. */
export interface JobRunner {
  /**
   * Resolves when a run that began after this request has ended, well or not. Requests for a lane that is running
   * share one next run: none is lost, none overlaps. After `close` it resolves without a run.
   */
  request(bound: BoundRun): Promise<void>
  statistics(name: string): JobStatistics
  /** Begins nothing more and tells what runs to come to an end. */
  close(): void
  /** Resolves when nothing runs. */
  idle(): Promise<void>
  /** Names of the jobs that run now. */
  running(): string[]
}

interface Lane {
  current: Promise<void>
  next: Promise<void> | null
}

export interface RunnerDeps {
  clock: Clock
  log: Logger
  runMsMax: number
}

export function createJobRunner(deps: RunnerDeps): JobRunner {
  const lanes = new Map<string, Lane>()
  const statistics = new Map<string, JobStatistics>()
  const controllers = new Set<AbortController>()
  let closed = false

  function statisticsOf(name: string): JobStatistics {
    const known = statistics.get(name)
    if (known !== undefined) return known
    const fresh = { runs: 0, failures: 0, failuresInARow: 0, running: 0, lastStartedMs: null }
    statistics.set(name, fresh)
    return fresh
  }

  async function execute(bound: BoundRun): Promise<void> {
    const numbers = statisticsOf(bound.job.name)
    const controller = new AbortController()
    const deadline = setTimeout(() => controller.abort(), deps.runMsMax)
    deadline.unref()
    controllers.add(controller)
    numbers.running += 1
    numbers.lastStartedMs = deps.clock.monotonicMs()
    try {
      await bound.run(controller.signal)
      numbers.failuresInARow = 0
    } catch (err) {
      numbers.failures += 1
      numbers.failuresInARow += 1
      reportFailure(bound.job.name, numbers.failuresInARow, err)
    } finally {
      numbers.runs += 1
      numbers.running -= 1
      clearTimeout(deadline)
      controllers.delete(controller)
    }
  }

  /** During an outage every sweep fails the same way: the 1st, 2nd, 4th, 8th … failure in a row is news enough. */
  function reportFailure(job: string, failuresInARow: number, err: unknown): void {
    if ((failuresInARow & (failuresInARow - 1)) !== 0) return
    deps.log.error({ job, failed: failuresInARow, err }, 'job.failed')
  }

  function begin(bound: BoundRun): Promise<void> {
    const lane: Lane = { current: Promise.resolve(), next: null }
    lane.current = execute(bound).finally(() => {
      if (lane.next === null) lanes.delete(bound.lane)
    })
    lanes.set(bound.lane, lane)
    return lane.current
  }

  function beginNext(bound: BoundRun): Promise<void> {
    if (!closed) return begin(bound)
    lanes.delete(bound.lane)
    return Promise.resolve()
  }

  return {
    request: (bound) => {
      if (closed) return Promise.resolve()
      const lane = lanes.get(bound.lane)
      if (lane === undefined) return begin(bound)
      lane.next ??= lane.current.then(() => beginNext(bound))
      return lane.next
    },
    statistics: (name) => ({ ...statisticsOf(name) }),
    close: () => {
      closed = true
      for (const controller of controllers) controller.abort()
    },
    idle: async () => {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map((lane) => lane.next ?? lane.current))
    },
    running: () => [...statistics].filter(([, { running }]) => running > 0).map(([name]) => name),
  }
}
