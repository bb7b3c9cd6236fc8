import type { AccountId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Random } from '../../kernel/random.js'
import type { BackoffPolicy } from '../../kernel/backoff.js'
import type { Db } from '../../platform/db/data-source.js'
import { crashPoint } from '../../platform/faults/crash-point.js'
import type { Carrier, Credential } from '../carrier/index.js'
import { claimMessages, type ClaimedMessage } from './claim-messages.js'
import type { DatabaseWitness } from './domain/database-witness.js'
import { FIRST_CLAIM, nextClaimLimit } from './domain/claim-pace.js'
import type { AttemptOutcome } from './domain/settlement.js'
import type { Lane, LaneBlock, SettledSummary } from './lane.js'
import type { PostSlots } from './post-slots.js'
import { settleAttempts, type AttemptReport } from './settle-attempts.js'
import { toAttemptOutcome } from './to-outcome.js'

export interface PumpDeps {
  db: Db
  clock: Clock
  random: Random
  carrier: Carrier
  slots: PostSlots
  witness?: DatabaseWitness
  backoff: BackoffPolicy
  log: SenderLog
}

export interface SenderLog {
  info(fields: Record<string, unknown>, event: string): void
  warn(fields: Record<string, unknown>, event: string): void
  error(fields: Record<string, unknown>, event: string): void
}

export interface PumpSettings {
  worker: string
  sender: { id: number; address: string }
  /** Messages that one claim takes at most; a slow carrier makes them fewer. */
  batchSize: number
  validityMs: number
  fenced: boolean
  /** How long settlements wait for company before they are written. */
  settleDelayMs: number
}

interface Report extends AttemptReport {
  lane: Lane
}

/** Batches that may be posted and not yet settled before claims wait for the settlements. */
const OPEN_BATCHES_MAX = 4

/**
 * Sends for one account: claims a batch while the one before it is being posted, with bounded concurrency, and settles the
 * answers in batches. There is never more than one claim and one settlement of an account under way in this process.
 */
export class AccountPump {
  private readonly reports: Report[] = []
  /** Claimed and not settled. */
  private authorised = 0
  /** Claimed, and their calls not begun: what is still sent when somebody forbids it now. */
  private unposted = 0
  private claimLimit: number
  private settling: Promise<void> | null = null
  private settleTimer: NodeJS.Timeout | undefined
  private roomWaiters: (() => void)[] = []
  private stopping = false

  constructor(
    private readonly deps: PumpDeps,
    private readonly settings: PumpSettings,
    readonly accountId: AccountId,
  ) {
    this.claimLimit = Math.min(FIRST_CLAIM, settings.batchSize)
  }

  /** No further claims. What is authorised is still posted and settled. */
  stop(): void {
    this.stopping = true
    this.wakeRoomWaiters()
  }

  /** Works through the lanes in turn until none has anything to claim, then waits until all is settled. */
  async run(lanes: readonly Lane[]): Promise<{ claimed: number }> {
    let claimed = 0
    let open = [...lanes]
    while (open.length > 0 && !this.stopping) {
      const still: Lane[] = []
      for (const lane of open) {
        const taken = await this.workOn(lane)
        claimed += taken
        if (taken > 0) still.push(lane)
      }
      open = still
    }
    await this.drained()
    return { claimed }
  }

  private async workOn(lane: Lane): Promise<number> {
    await this.room()
    if (this.stopping) return 0
    const credential = await this.deps.carrier.mintCredential()
    const result = await claimMessages(this.deps, {
      lane,
      sender: this.settings.sender,
      worker: this.settings.worker,
      limit: this.claimLimit,
      notAfter: credential.notAfter,
      fenced: this.settings.fenced,
    })
    this.postAll(result.claimed, lane, credential)
    if (result.block !== null) await this.blocked(lane, result.block)
    return result.block === null ? result.claimed.length + result.refused : 0
  }

  private async blocked(lane: Lane, block: LaneBlock): Promise<void> {
    this.deps.log.info(
      { accountId: lane.accountId, campaignId: lane.campaignId, reason: block },
      'messages.lane.blocked',
    )
    await lane.onBlocked(block)
  }

  private postAll(messages: readonly ClaimedMessage[], lane: Lane, credential: Credential): void {
    this.authorised += messages.length
    this.unposted += messages.length
    const waiting = this.unposted
    const since = this.deps.clock.monotonicMs()
    for (const [index, message] of messages.entries()) {
      void this.deps.slots.take().then(() => {
        this.unposted -= 1
        if (index === messages.length - 1) {
          const waitedMs = this.deps.clock.monotonicMs() - since
          this.claimLimit = nextClaimLimit(this.claimLimit, { waiting, waitedMs }, this.settings.batchSize)
        }
        this.wakeRoomWaiters()
        return this.post(message, lane, credential)
      })
    }
  }

  private async post(message: ClaimedMessage, lane: Lane, credential: Credential): Promise<void> {
    let outcome: AttemptOutcome
    crashPoint('messages.post:begins')
    try {
      const answer = await this.deps.carrier.send({
        attemptId: message.attemptId,
        to: message.phone,
        body: message.body,
        sender: this.settings.sender.address,
        validityPeriodSeconds: this.validitySeconds(message),
        credential,
      })
      outcome = toAttemptOutcome(answer)
    } catch (error) {
      // The carrier adapter answers with values; if it throws, nobody knows how far the call got.
      this.deps.log.error({ attemptId: message.attemptId, err: error }, 'messages.post.threw')
      outcome = { kind: 'unknown', reason: 'internal-error' }
    }
    crashPoint('messages.post:answered')
    this.deps.slots.give()
    this.report({ attemptId: message.attemptId, outcome, lane })
  }

  private validitySeconds(message: ClaimedMessage): number {
    const usefulMs =
      message.expiresAt === null ? Infinity : message.expiresAt.getTime() - this.deps.clock.now().toMillis()
    return Math.max(1, Math.floor(Math.min(this.settings.validityMs, usefulMs) / 1000))
  }

  private report(report: Report): void {
    this.reports.push(report)
    if (this.settling !== null) return
    if (this.reports.length >= this.settings.batchSize || this.reports.length === this.authorised)
      this.flush()
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
      this.authorised -= batch.length
      this.wakeRoomWaiters()
      if (this.reports.length > 0) this.flush()
    })
  }

  private async settle(batch: readonly Report[]): Promise<void> {
    try {
      await settleAttempts(this.deps, this.accountId, batch, 'worker')
      for (const [lane, summary] of summarise(batch)) await lane.onSettled(summary)
    } catch (error) {
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

  /** Waits while more than one claim's messages wait to be posted, or too many to be settled. */
  private async room(): Promise<void> {
    while (
      !this.stopping &&
      (this.unposted > this.claimLimit || this.authorised > OPEN_BATCHES_MAX * this.settings.batchSize)
    ) {
      await new Promise<void>((resolve) => this.roomWaiters.push(resolve))
    }
  }

  private async drained(): Promise<void> {
    while (this.authorised > 0) {
      await new Promise<void>((resolve) => this.roomWaiters.push(resolve))
    }
  }

  private wakeRoomWaiters(): void {
    const waiters = this.roomWaiters
    this.roomWaiters = []
    for (const wake of waiters) wake()
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
