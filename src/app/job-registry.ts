import { z } from 'zod'
import { inSpan } from '../platform/observability/spans.js'
import type { JobDefinition, Scheduler } from '../platform/scheduling/index.js'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** How often a job looks: every so many sweep intervals (which tests and simulations shorten), or at a fixed pace. */
type Pace = { sweeps: number } | { everyMs: number }

interface RecurringJob {
  name: string
  pace: Pace
}

/**
 * Everything that happens by itself. Each asks Postgres what is due and does that in bounded batches; each is safe to
 * run never, once or many times, in several processes at once.
 */
const recurringJobs = [
  /** Scheduled campaigns whose time has come. */
  { name: 'start-due-campaigns', pace: { sweeps: 1 } },
  /** Recipients of started campaigns become messages. */
  { name: 'prepare-audiences', pace: { sweeps: 1 } },
  /** Campaigns that paused at the last credit and may go on after a top-up. */
  { name: 'resume-funded-campaigns', pace: { sweeps: 1 } },
  /** Campaigns whose last message is settled. */
  { name: 'complete-finished-campaigns', pace: { sweeps: 1 } },
  /** Attempts whose process died between the intent and the outcome. */
  { name: 'rescue-attempts', pace: { sweeps: 1 } },
  /** Outcomes that only the carrier's own list can tell. */
  { name: 'resolve-unknown', pace: { sweeps: 2 } },
  /** Webhooks that were stored and not applied yet. */
  { name: 'apply-webhooks', pace: { sweeps: 1 } },
  /** Statuses that no webhook brought. */
  { name: 'sweep-statuses', pace: { sweeps: 12 } },
  /** Contact imports that were started, or whose process died. */
  { name: 'run-imports', pace: { sweeps: 1 } },
  /** Notifications about appointments whose time has come. */
  { name: 'queue-due-notifications', pace: { sweeps: 1 } },
  /** Texts that ended without arriving, and the e-mails in their place. */
  { name: 'send-emails', pace: { sweeps: 1 } },
  /** Series whose next appointment has begun. */
  { name: 'roll-series', pace: { sweeps: 1 } },
  /** Series without an end, written out a little ahead. */
  { name: 'extend-series', pace: { everyMs: HOUR_MS } },
  /** Whether the database is still the one that last sent. */
  { name: 'watch-database', pace: { sweeps: 1 } },
  /** The invariants, over what is new; once a day over everything. It keeps its own pace, so that a look never costs much. */
  { name: 'watch-invariants', pace: { sweeps: 2 } },
  /** Changed objects of the payment provider, and accounts that ran low on credits. */
  { name: 'sync-billing', pace: { sweeps: 1 } },
  /** Open top-ups, and checkouts that nobody paid. */
  { name: 'advance-billing', pace: { everyMs: MINUTE_MS } },
  /** Events of the payment provider that never arrived. */
  { name: 'find-missed-events', pace: { everyMs: 10 * MINUTE_MS } },
  /** Everything of the last weeks, compared with the payment provider. */
  { name: 'reconcile-billing', pace: { everyMs: 24 * HOUR_MS } },
  /** Credits past their date. */
  { name: 'expire-lots', pace: { everyMs: MINUTE_MS } },
  /** Deliveries of webhooks after a month. */
  { name: 'purge-deliveries', pace: { everyMs: HOUR_MS } },
  /** Sessions, throttle windows and idempotency keys that nobody can use any more. */
  { name: 'purge-expired', pace: { everyMs: HOUR_MS } },
] as const satisfies readonly RecurringJob[]

export type JobName = (typeof recurringJobs)[number]['name']

/** Receives the signal to come to an end; what ignores it is waited for as long as the drain allows. */
export type JobUseCases = Readonly<Record<JobName, (signal: AbortSignal) => Promise<unknown>>>

const noPayload = z.strictObject({})

/** All jobs of the program. A use case that is missing does not compile. */
export function makeJobs(
  useCases: JobUseCases,
  options: { sweepIntervalMs: number },
): JobDefinition<z.infer<typeof noPayload>>[] {
  return recurringJobs.map(({ name, pace }) => ({
    name,
    everyMs: 'sweeps' in pace ? pace.sweeps * options.sweepIntervalMs : pace.everyMs,
    payloadSchema: noPayload,
    run: (_payload, signal) => inSpan(`job ${name}`, {}, () => useCases[name](signal)),
  }))
}

/** Processes that only wake others define the jobs too, so that their payloads are checked. */
export function defineJobs(
  scheduler: Scheduler,
  useCases: JobUseCases,
  options: { sweepIntervalMs: number },
): void {
  for (const job of makeJobs(useCases, options)) scheduler.define(job)
}
