import { backoffMs, type BackoffPolicy } from '../../kernel/backoff.js'
import type { AccountId } from '../../kernel/ids.js'
import { pause } from '../../kernel/pause.js'
import { isOutage } from '../../platform/db/sql-errors.js'
import type { Lane, SettledSummary } from './lane.js'
import type { SenderLog } from './account-pump.js'
import { settleAttempts, type AttemptReport, type SettleDeps } from './settle-attempts.js'

export interface Report extends AttemptReport {
  lane: Lane
}

export interface SettleQueueSettings {
  /** Reports that are written at once, about. */
  batchSize: number
  /** How long reports wait for company. */
  settleDelayMs: number
}

/** While the database is away, what the carrier answered is kept and written when it is back, for about ten minutes. */
const settleBackoff: BackoffPolicy = { firstMs: 200, factor: 2, jitter: 0.2, minMs: 100, maxMs: 5_000 }
const SETTLE_TRIES_MAX = 120
/** A process that is to end does not wait for a database that is away: a lease ends what it leaves. */
const SETTLE_TRIES_WHEN_STOPPING_MAX = 4

/** Writes what became of an account's attempts, in batches, one at a time. */
export class SettleQueue {
  /** Attempts that somebody will report, or has, and that are not settled yet. */
  open = 0
  private readonly reports: Report[] = []
  private settling: Promise<void> | null = null
  private settleTimer: NodeJS.Timeout | undefined
  private stopping = false

  constructor(
    private readonly deps: SettleDeps & { log: SenderLog },
    private readonly settings: SettleQueueSettings,
    private readonly accountId: AccountId,
    /** Told after each batch. */
    private readonly onSettled: () => void,
  ) {}

  /** So many attempts will be reported. */
  expect(count: number): void {
    this.open += count
  }

  /** What there is is still written, with less patience for a database that is away. */
  stop(): void {
    this.stopping = true
  }

  report(report: Report): void {
    this.reports.push(report)
    if (this.settling !== null) return
    if (this.reports.length >= this.settings.batchSize || this.reports.length === this.open) this.flush()
    else
      this.settleTimer ??= setTimeout(() => {
        this.flush()
      }, this.settings.settleDelayMs)
  }

  private flush(): void {
    clearTimeout(this.settleTimer)
    this.settleTimer = undefined
    if (this.settling !== null || this.reports.length === 0) return
    const batch = this.reports.splice(0, this.settings.batchSize * 2)
    this.settling = this.settle(batch).finally(() => {
      this.settling = null
      this.open -= batch.length
      this.onSettled()
      if (this.reports.length > 0) this.flush()
    })
  }

  private async settle(batch: readonly Report[], tries = 1): Promise<void> {
    try {
      await settleAttempts(this.deps, this.accountId, batch, 'worker')
      for (const [lane, summary] of summarise(batch)) await lane.onSettled(summary)
    } catch (error) {
      const triesMax = this.stopping ? SETTLE_TRIES_WHEN_STOPPING_MAX : SETTLE_TRIES_MAX
      if (isOutage(error) && tries < triesMax) {
        this.deps.log.warn(
          { accountId: this.accountId, count: batch.length, err: error },
          'messages.settle.put-off',
        )
        await pause(backoffMs(settleBackoff, tries, this.deps.random))
        return this.settle(batch, tries + 1)
      }
      // One report that the database refuses must not keep the others from being written.
      if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2)
        await this.settle(batch.slice(0, half))
        await this.settle(batch.slice(half))
        return
      }
      // Not lost: the attempt stays dispatching with its hold, and becomes unknown when its lease is over.
      this.deps.log.error(
        { accountId: this.accountId, count: batch.length, err: error },
        'messages.settle.failed',
      )
    }
  }
}

function summarise(batch: readonly Report[]): Map<Lane, SettledSummary> {
  const summaries = new Map<Lane, { byClass: Record<string, number>; accepted: number; unknown: number }>()
  for (const { lane, outcome } of batch) {
    const summary = summaries.get(lane) ?? { byClass: {}, accepted: 0, unknown: 0 }
    summaries.set(lane, summary)
    if (outcome.kind === 'accepted') summary.accepted += 1
    else if (outcome.kind === 'unknown') summary.unknown += 1
    else if (outcome.kind === 'not_sent')
      summary.byClass[outcome.failureClass] = (summary.byClass[outcome.failureClass] ?? 0) + 1
  }
  return summaries
}
