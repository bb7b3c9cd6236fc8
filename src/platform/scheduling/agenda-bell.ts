import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { Agenda, type Job as AgendaJob } from 'agenda'
import type { Clock } from '../../kernel/clock.js'
import type { Random } from '../../kernel/random.js'
import type { Logger } from '../observability/logger.js'
import { guardRepository, type GuardedBackend } from './guard-repository.js'
import type { Job } from './job.js'
import { RECURRING_KEY, type JobData, type JobStore, type RecurringRow } from './job-store.js'
import { startRenewing, type Renewing } from './renew-lock.js'
import { within } from './within.js'

export interface BellSettings {
  /** A lock older than this is taken over. Runs renew theirs; Agenda leaves timers behind for half of it. */
  leaseMs: number
  /** How often Agenda looks for work that nobody told it of. */
  pollEveryMs: number
  /** Runs of one job at a time in one process, and with it the rows that this process locks. */
  concurrency: number
  /** The first pause before connecting again; doubles up to `reconnectMsMax`. */
  reconnectMs: number
  reconnectMsMax: number
  /** So long a caller waits for the first connection; later it is there, or known to be away. */
  firstConnectMsMax: number
  runMsMax: number
}

export interface BellDeps {
  store: JobStore
  jobs: ReadonlyMap<string, Job>
  /** Runs the job to its end. */
  onRing: (job: Job, payload: unknown) => Promise<void>
  settings: BellSettings
  clock: Clock
  random: Random
  log: Logger
  owner: string
}

export type BellConnection = 'idle' | 'connecting' | 'up' | 'closed'

/** Keeps an Agenda alive on a store that may not be there: connects, notices trouble, lets go, connects again. */
export interface AgendaBell {
  /** Begins to connect, and with `listen` to run what Agenda hands out. Never throws; the store may come later. */
  open(options: { listen: boolean }): void
  /** The Agenda at hand, or null. Waits, and not long, only while the very first attempt to connect is under way. */
  agenda(): Promise<Agenda | null>
  /** Something is wrong with the store: let go and begin anew. */
  trouble(error: unknown): void
  connection(): BellConnection
  lastTrouble(): string | null
  /** Takes no further job. */
  silence(): Promise<void>
  /** Hands back what is still locked and disconnects. */
  close(): Promise<void>
}

interface Connected {
  agenda: Agenda
  guarded: GuardedBackend
}

/** Up for this long, a connection counts as good, and the next reconnection begins with the shortest pause. */
const STABLE_MS = 10_000
const STOP_MS_MAX = 3_000

export function createAgendaBell(deps: BellDeps): AgendaBell {
  const { store, settings, log } = deps
  const closing = new AbortController()
  const ended = new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()))
  const renewals = new Set<Renewing>()
  const writing = new Set<Promise<unknown>>()
  let listening = false
  let connected: Connected | null = null
  let loop: Promise<void> | null = null
  let lastTrouble: string | null = null
  let reportLoss: (() => void) | null = null
  let firstAttemptEnded: () => void = () => undefined
  const firstAttempt = new Promise<void>((resolve) => (firstAttemptEnded = resolve))

  function trouble(error: unknown): void {
    lastTrouble = nameOf(error)
    const report = reportLoss
    // Known already: one lost connection is many errors.
    if (report === null || closing.signal.aborted) return
    reportLoss = null
    log.warn({ process: deps.owner, err: error }, 'scheduling.store-lost')
    report()
  }

  async function keepConnected(): Promise<void> {
    for (let attempt = 1; !closing.signal.aborted; attempt += 1) {
      const upSinceMs = await stayConnected(attempt)
      if (upSinceMs !== null && deps.clock.monotonicMs() - upSinceMs > STABLE_MS) attempt = 0
      const backoffMs = Math.min(settings.reconnectMsMax, settings.reconnectMs * 2 ** Math.min(attempt, 10))
      const delayMs = Math.round(backoffMs * (0.5 + deps.random.next()))
      await pause(delayMs, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  /** Connects and stays until there is trouble. Returns since when it was connected, or null. */
  async function stayConnected(attempt: number): Promise<number | null> {
    const lost = new Promise<void>((resolve) => (reportLoss = resolve))
    try {
      await connect()
    } catch (err) {
      reportLoss = null
      lastTrouble = nameOf(err)
      if (attempt === 1) log.warn({ process: deps.owner, err }, 'scheduling.store-unavailable')
      await letGo()
      return null
    } finally {
      firstAttemptEnded()
    }
    const upSinceMs = deps.clock.monotonicMs()
    log.info({ process: deps.owner, state: store.kind, attempt }, 'scheduling.store-connected')
    await Promise.race([lost, ended])
    reportLoss = null
    await letGo()
    return upSinceMs
  }

  async function connect(): Promise<void> {
    await store.prepare()
    if (closing.signal.aborted) return
    const guarded = guardRepository(store.repository(), {
      name: store.kind,
      channel: store.channel,
      leaseMs: settings.leaseMs,
      now: () => deps.clock.now().toJSDate(),
      writing,
      onTrouble: trouble,
    })
    const agenda = new Agenda({
      backend: guarded.backend,
      name: deps.owner,
      processEvery: settings.pollEveryMs,
      maxConcurrency: settings.concurrency * Math.max(1, deps.jobs.size),
      defaultConcurrency: settings.concurrency,
      // Without a limit one process locks everything that is due, and the locks grow old while the rows wait.
      defaultLockLimit: settings.concurrency,
      defaultLockLifetime: settings.leaseMs,
      removeOnComplete: true,
    })
    agenda.on('error', trouble)
    await agenda.ready
    connected = { agenda, guarded }
    if (!listening) return
    for (const job of deps.jobs.values()) agenda.define(job.name, (row: AgendaJob<JobData>) => ring(job, row))
    await ensureRecurring(agenda)
    await agenda.start()
  }

  async function ring(job: Job, row: AgendaJob<JobData>): Promise<void> {
    const renewing = startRenewing(row, {
      leaseMs: settings.leaseMs,
      forMs: settings.runMsMax,
      onTrouble: trouble,
    })
    renewals.add(renewing)
    try {
      await deps.onRing(job, row.attrs.data.payload)
    } catch (err) {
      // Not to be retried: another version of the program put it in, and the sweep finds what it was about.
      log.warn({ job: job.name, err }, 'job.refused')
    } finally {
      await renewing.stop()
      renewals.delete(renewing)
    }
  }

  async function ensureRecurring(agenda: Agenda): Promise<void> {
    const rows = await store.recurring()
    for (const { name, everyMs } of deps.jobs.values()) {
      if (everyMs === null) continue
      const row = rows.get(name)
      if (row !== undefined && isSound(row, everyMs)) continue
      if (row !== undefined) await store.removeRecurring(name)
      const data: JobData = { key: RECURRING_KEY, payload: {} }
      try {
        await agenda.every(everyMs, name, data)
      } catch (error) {
        // Another process was faster.
        if (!store.isDuplicate(error)) throw error
      }
    }
  }

  /** A clock that ran ahead and came back leaves rows that are due, or locked, far in the future. */
  function isSound(row: RecurringRow, everyMs: number): boolean {
    const nowMs = deps.clock.now().toMillis()
    return (
      row.everyMs === everyMs &&
      (row.nextRunAtMs ?? 0) <= nowMs + 2 * everyMs &&
      (row.lockedAtMs ?? 0) <= nowMs + settings.leaseMs
    )
  }

  /** Runs that have begun go on, and give back their rows when they end. */
  async function letGo(): Promise<void> {
    const old = connected
    connected = null
    const stopped = old?.guarded.stopLocking()
    await within(STOP_MS_MAX, old?.agenda.stop(false))
    await within(STOP_MS_MAX, stopped)
    await within(STOP_MS_MAX, store.channel?.disconnect())
  }

  /** A run that was just beginning ends at once when nothing runs any more, and writes that too. */
  async function writesEnded(): Promise<void> {
    while (writing.size > 0) {
      await Promise.allSettled(writing)
      await nextTurn()
    }
  }

  return {
    trouble,
    open: ({ listen }) => {
      if (closing.signal.aborted) return
      const rebuild = listen && !listening && loop !== null
      listening ||= listen
      loop ??= keepConnected()
      if (rebuild) reportLoss?.()
    },
    agenda: async () => {
      if (loop === null) return null
      await within(settings.firstConnectMsMax, firstAttempt)
      return connected?.agenda ?? null
    },
    connection: () => {
      if (closing.signal.aborted) return 'closed'
      if (loop === null) return 'idle'
      return connected === null ? 'connecting' : 'up'
    },
    lastTrouble: () => lastTrouble,
    silence: async () => {
      closing.abort()
      await within(STOP_MS_MAX, loop)
      await letGo()
    },
    close: async () => {
      // What still runs now has used up its time: another process may have its row.
      await within(STOP_MS_MAX, Promise.all([...renewals].map((renewing) => renewing.stop())))
      await within(STOP_MS_MAX, writesEnded())
      // Without a loop nothing was ever connected, and nothing locked.
      if (loop !== null) await within(STOP_MS_MAX, store.handBack(deps.owner))
      await within(STOP_MS_MAX, store.close())
    },
  }
}

/** Drivers put addresses and statements into their messages: keep the kind of error only. */
function nameOf(error: unknown): string {
  const code: unknown = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' || typeof code === 'number') return String(code)
  return error instanceof Error ? error.name : typeof error
}
