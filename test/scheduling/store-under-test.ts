import { silentLogger } from '../../src/platform/observability/logger.js'
import {
  createScheduler,
  type JobDefinition,
  type Scheduler,
  type SchedulerOptions,
} from '../../src/platform/scheduling/index.js'

export interface StoredJob {
  name: string
  type: string
  key: string
  locked: boolean
  nextRunAtMs: number | null
}

export type StoreAddress = Pick<SchedulerOptions, 'mongodbUrl' | 'databaseUrl'>

/** Agenda's store as the tests see it, the same for Postgres and for MongoDB. */
export interface StoreUnderTest {
  direct: StoreAddress
  /** The same store, on a line that `cut` cuts. */
  cuttable: StoreAddress
  cut(): void
  restore(): void
  rows(): Promise<StoredJob[]>
  /** What a clock that ran an hour ahead leaves behind. */
  lockFarAhead(name: string): Promise<void>
  /** Everything that Agenda keeps is gone, its table or collection too. */
  lose(): Promise<void>
  close(): Promise<void>
}

type Settings = NonNullable<SchedulerOptions['settings']>

/** Like production with less patience, but for the first connection: a busy machine may take its time. */
const settings: Settings = {
  leaseMs: 900,
  pollEveryMs: 50,
  reconnectMs: 20,
  reconnectMsMax: 200,
  firstConnectMsMax: 20_000,
}

/** Schedulers of one test: `drainAll` after it, so that none outlives its test. */
export function schedulersOf(): {
  create: (address: StoreAddress, jobs: JobDefinition[], options?: Partial<SchedulerOptions>) => Scheduler
  drainAll: () => Promise<void>
} {
  const created: Scheduler[] = []
  return {
    create: (address, jobs, options = {}) => {
      const all = {
        log: silentLogger,
        ...address,
        ...options,
        settings: { ...settings, ...options.settings },
      }
      const scheduler = createScheduler(all)
      for (const job of jobs) scheduler.define(job)
      created.push(scheduler)
      return scheduler
    },
    drainAll: async () => {
      await Promise.all(created.splice(0).map((scheduler) => scheduler.drain(3_000)))
    },
  }
}
