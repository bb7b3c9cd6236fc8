import { hostname } from 'node:os'
import type { DateTime } from 'luxon'
import { assert } from '../../kernel/assert.js'
import { systemClock, type Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { systemRandom, type Random } from '../../kernel/random.js'
import type { Logger } from '../observability/logger.js'
import { createAgendaBell, type BellConnection, type BellSettings } from './agenda-bell.js'
import { toJob, type BoundRun, type Job, type JobDefinition } from './job.js'
import { createJobRunner, type JobStatistics } from './job-runner.js'
import type { JobData } from './job-store.js'
import { createMongodbStore } from './mongodb-store.js'
import { createPostgresStore } from './postgres-store.js'
import { createRinging, type WakeOutcome } from './ring-jobs.js'
import { startWatchdog, type Watchdog } from './watchdog.js'
import { within } from './within.js'

export interface SchedulerOptions {
  /** Agenda keeps its rows here, or else in Postgres. */
  mongodbUrl: string | null
  databaseUrl: string
  log: Logger
  clock?: Clock
  random?: Random
  settings?: Partial<BellSettings>
}

export interface JobState extends Omit<JobStatistics, 'lastStartedMs'> {
  name: string
  everyMs: number | null
  lastStartedAgoMs: number | null
  /** How often the watchdog had to run it because Agenda did not. */
  stepIns: number
}

export interface SchedulerState {
  store: 'postgres' | 'mongodb'
  /** Not `up` means that jobs run by the watchdog alone: later by up to one interval, and no worse. */
  connection: BellConnection
  /** The code or the name of the store's last error. */
  lastTrouble: string | null
  jobs: JobState[]
}

export interface DrainResult {
  /** False when the timeout came first; what is named then still runs, and another process may run it again. */
  finished: boolean
  running: string[]
}

export interface Scheduler {
  define<Payload>(definition: JobDefinition<Payload>): void
  /** Begins to run jobs. A process that only wakes others defines the jobs and does not start. Never throws. */
  start(): void
  /**
   * Runs the job soon, in any process that runs jobs. A run that began before the wake-up does not count for it;
   * wake-ups that nobody has taken yet are one. When the store is away, this process runs it, or else the next sweep
   * does. Throws only for a payload that does not fit.
   */
  wake(name: string, payload?: unknown): Promise<WakeOutcome>
  /**
   * Runs the job once, at about the time. The same name and key (by default: the same payload) is one row, and a
   * later call moves it. An alarm can be lost with the store, so what it is for must also be found by a recurring job.
   */
  schedule(
    at: DateTime,
    name: string,
    payload?: unknown,
    key?: string,
  ): Promise<'scheduled' | 'left-to-sweep'>
  /** Begins nothing more, waits for what runs, leaves nothing locked and no connection open. For good. */
  drain(timeoutMs: number): Promise<DrainResult>
  state(): SchedulerState
}

const defaults: Omit<BellSettings, 'pollEveryMs'> = {
  leaseMs: 5_000,
  concurrency: 5,
  reconnectMs: 250,
  reconnectMsMax: 10_000,
  firstConnectMsMax: 2_000,
  runMsMax: 5 * 60_000,
}

/** Postgres tells other processes of new rows by NOTIFY; with MongoDB they have to look. */
const POLL_EVERY_MS = { postgres: 2_000, mongodb: 1_000 }

/** So many times in a row must Agenda have been silent about a job, on a store that answers, to be built anew. */
const SILENCES_MAX = 3

/** Agenda 6 behind one small module. Does nothing, and connects to nothing, before `start`, `wake` or `schedule`. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { log, clock = systemClock, random = systemRandom, mongodbUrl } = options
  const onTrouble = (error: unknown): void => bell.trouble(error)
  const store =
    mongodbUrl === null
      ? createPostgresStore(options.databaseUrl, { onTrouble })
      : createMongodbStore(mongodbUrl, { onTrouble, now: () => clock.now().toJSDate() })
  const settings = { ...defaults, pollEveryMs: POLL_EVERY_MS[store.kind], ...options.settings }
  const jobs = new Map<string, Job>()
  const stepIns = new Map<string, number>()
  const silences = new Map<string, number>()
  const runner = createJobRunner({ clock, log, runMsMax: settings.runMsMax })
  const owner = `${hostname()}/${process.pid}/${newId().slice(-8)}`
  const bell = createAgendaBell({
    store,
    jobs,
    settings,
    clock,
    random,
    log,
    owner,
    onRing: (job, payload) => {
      silences.delete(job.name)
      return runner.request(job.bind(payload))
    },
  })
  let watchdog: Watchdog | null = null
  let draining: Promise<DrainResult> | null = null

  const ringing = createRinging({
    bell,
    store,
    now: () => clock.now().toJSDate(),
    runHere: (bound) => {
      if (watchdog === null || draining !== null) return false
      void runner.request(bound)
      return true
    },
  })

  function bind(name: string, payload: unknown): BoundRun {
    const job = jobs.get(name)
    assert(job !== undefined, `job ${name} is defined`)
    return job.bind(payload)
  }

  function stepIn(job: Job): void {
    count(stepIns, job.name)
    if (bell.connection() !== 'up') return
    if (count(silences, job.name) < SILENCES_MAX) return
    silences.clear()
    bell.trouble(new Error(`Agenda did not ring for ${job.name}`))
  }

  async function readRecurring() {
    if (bell.connection() !== 'up') return null
    try {
      return await store.recurring()
    } catch (error) {
      bell.trouble(error)
      return null
    }
  }

  async function drain(timeoutMs: number): Promise<DrainResult> {
    watchdog?.stop()
    // First no more from Agenda, so that nothing is taken from the store that will not run.
    const silenced = bell.silence()
    runner.close()
    const finished = await within(timeoutMs, runner.idle())
    const running = runner.running()
    await silenced
    await bell.close()
    log.info({ process: owner, pending: running.length }, 'scheduling.drained')
    return { finished, running }
  }

  return {
    define: (definition) => {
      assert(watchdog === null, 'jobs are defined before the start')
      assert(!jobs.has(definition.name), `job ${definition.name} is defined once`)
      jobs.set(definition.name, toJob(definition))
    },
    start: () => {
      assert(draining === null, 'a drained scheduler does not start again')
      if (watchdog !== null) return
      const storeIsUp = (): boolean => bell.connection() === 'up'
      watchdog = startWatchdog({
        jobs,
        runner,
        recurring: readRecurring,
        storeIsUp,
        onStepIn: stepIn,
        clock,
        random,
      })
      bell.open({ listen: true })
    },
    wake: async (name, payload = {}) => {
      const bound = bind(name, payload)
      return draining === null ? ringing.wake(bound, payload) : 'left-to-sweep'
    },
    schedule: async (at, name, payload = {}, key) => {
      const bound = bind(name, payload)
      const data: JobData = { key: `once:${key ?? bound.lane}`, payload }
      return draining === null ? ringing.schedule(name, data, at.toJSDate()) : 'left-to-sweep'
    },
    drain: (timeoutMs) => (draining ??= drain(timeoutMs)),
    state: () => ({
      store: store.kind,
      connection: bell.connection(),
      lastTrouble: bell.lastTrouble(),
      jobs: [...jobs.values()].map(({ name, everyMs }) => {
        const { lastStartedMs, ...numbers } = runner.statistics(name)
        const lastStartedAgoMs =
          lastStartedMs === null ? null : Math.round(clock.monotonicMs() - lastStartedMs)
        return { name, everyMs, ...numbers, lastStartedAgoMs, stepIns: stepIns.get(name) ?? 0 }
      }),
    }),
  }
}

function count(counts: Map<string, number>, name: string): number {
  const next = (counts.get(name) ?? 0) + 1
  counts.set(name, next)
  return next
}
