import type { AgendaBackend, JobRepository, NotificationChannel } from 'agenda'

export interface GuardOptions {
  name: string
  channel: NotificationChannel | undefined
  leaseMs: number
  now: () => Date
  /** What Agenda is writing about its runs, kept for as long as it takes. */
  writing: Set<Promise<unknown>>
  onTrouble: (error: unknown) => void
}

export interface GuardedBackend {
  backend: AgendaBackend
  /** From now on nothing is locked any more; resolves when the lock statements under way have ended. */
  stopLocking: () => Promise<void>
}

/**
 * A repository that is connected already, as a backend that cannot hurt us. Agenda does not look at the promises of
 * `connect` and `unlockJob`, so a failure of theirs would end the process; and a lock that is being taken while Agenda
 * stops would stay until it expires, as would one that is written once more when its run begins.
 */
export function guardRepository(repository: JobRepository, options: GuardOptions): GuardedBackend {
  const locking = new Set<Promise<unknown>>()
  let stopped = false

  const unlockJob = repository.unlockJob.bind(repository)
  repository.unlockJob = (job) => unlockJob(job).catch(options.onTrouble)

  const saveJobState = repository.saveJobState.bind(repository)
  repository.saveJobState = async (job, saving) => {
    const write = saveJobState(job, saving)
    options.writing.add(write)
    try {
      await write
    } finally {
      options.writing.delete(write)
    }
  }

  const getNextJobToRun = repository.getNextJobToRun.bind(repository)
  repository.getNextJobToRun = async (jobName, nextScanAt, _deadline, _now, more) => {
    if (stopped) return undefined
    const now = options.now()
    const attempt = getNextJobToRun(jobName, nextScanAt, new Date(now.getTime() - options.leaseMs), now, more)
    locking.add(attempt)
    try {
      return await attempt
    } finally {
      locking.delete(attempt)
    }
  }

  // They load every matching row into memory.
  repository.queryJobs = refuse
  repository.getJobsOverview = refuse

  return {
    backend: {
      name: options.name,
      repository,
      notificationChannel: options.channel,
      // The store outlives any one Agenda.
      ownsConnection: false,
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
    },
    stopLocking: async () => {
      stopped = true
      await Promise.allSettled(locking)
    },
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('not used here: it would load all jobs into memory'))
}
