import { AppError } from '../../kernel/errors.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Random } from '../../kernel/random.js'
import type { BackoffPolicy } from '../../kernel/backoff.js'
import { pause } from '../../kernel/pause.js'
import type { Db } from '../../platform/db/data-source.js'
import type { Carrier, Credential } from '../carrier/index.js'
import { claimMessages, type ClaimedMessage, type ClaimResult } from './claim-messages.js'
import type { DatabaseWitness } from './domain/database-witness.js'
import type { AttemptOutcome } from './domain/settlement.js'
import { FIRST_CLAIM, nextClaimLimit } from './domain/claim-pace.js'
import { CLAIM_MAX } from './domain/limits.js'
import type { Lane, LaneBlock } from './lane.js'
import type { OutageWatch } from './outage-watch.js'
import type { OptOutHook } from './opt-out-number.js'
import { postMessage } from './post-message.js'
import type { PostSlots } from './post-slots.js'
import { unlimitedPace, type SenderPace } from './sender-pace.js'
import { SettleQueue } from './settle-queue.js'

export interface PumpDeps {
  db: Db
  clock: Clock
  random: Random
  carrier: Carrier
  slots: PostSlots
  /** Without one the sender has no limit in segments per second. */
  pace?: SenderPace
  witness?: DatabaseWitness
  /** What clocks may differ; see {@link ClaimDeps}. */
  clockSkewMs?: number
  backoff: BackoffPolicy
  /** Told when the carrier says that a number has opted out. */
  optOutHooks?: readonly OptOutHook[]
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

/** Batches that may be posted and not yet settled before claims wait for the settlements. */
const OPEN_BATCHES_MAX = 4

/** For a claim whose commit was not acknowledged: whoever claims posts only what was, so this text has not left. */
const NEVER_POSTED: AttemptOutcome = {
  kind: 'not_sent',
  failureClass: 'R',
  retryable: true,
  optedOut: false,
  blocksSender: false,
  errorCode: null,
  reason: 'claim-unacknowledged',
}

/**
 * Sends for one account: claims a batch while the one before it is being posted, with bounded concurrency, and settles the
 * answers in batches. There is never more than one claim and one settlement of an account under way in this process.
 */
export class AccountPump {
  private readonly open = new Map<string, Lane>()
  /** Claimed, and their calls not begun: what is still sent when somebody forbids it now. */
  private unposted = 0
  private claimLimit: number
  /** Lanes of which the last claim refused everything: at night, a whole campaign is put off. */
  private readonly allRefused = new WeakSet<Lane>()
  private roomWaiters: (() => void)[] = []
  private stopping = false
  private readonly pace: SenderPace
  private readonly settlements: SettleQueue
  private readonly stopped: Promise<void>
  private tellStopped: () => void = () => undefined

  constructor(
    private readonly deps: PumpDeps,
    private readonly settings: PumpSettings,
    private readonly outages: OutageWatch,
    readonly accountId: AccountId,
  ) {
    this.pace = deps.pace ?? unlimitedPace
    this.settlements = new SettleQueue(deps, settings, accountId, () => {
      this.wakeRoomWaiters()
    })
    this.stopped = new Promise((resolve) => (this.tellStopped = resolve))
    this.claimLimit = Math.min(FIRST_CLAIM, settings.batchSize)
  }

  /** No further claims. What is authorised is still posted and settled. */
  stop(): void {
    this.stopping = true
    this.settlements.stop()
    this.tellStopped()
    this.wakeRoomWaiters()
  }

  /**
   * Lanes that have something due take their turns from now on. A campaign may take hours at the sender's pace: reminders
   * and replies that fall due meanwhile must not wait for its end.
   */
  join(lanes: readonly Lane[]): void {
    for (const lane of lanes) {
      const name = lane.campaignId ?? 'singles'
      if (!this.open.has(name)) this.open.set(name, lane)
    }
    this.wakeRoomWaiters()
  }

  /** Works through its lanes in turn until none has anything to claim and all is settled. */
  async run(): Promise<{ claimed: number }> {
    let claimed = 0
    try {
      while (await this.hasWork()) {
        claimed += await this.round()
      }
    } finally {
      await this.drained()
    }
    return { claimed }
  }

  private async round(): Promise<number> {
    let claimed = 0
    for (const [name, lane] of [...this.open]) {
      const taken = await this.workOn(lane)
      claimed += taken
      if (taken === 0) this.open.delete(name)
    }
    return claimed
  }

  /** With no lane left, lanes may still join until everything is settled. */
  private async hasWork(): Promise<boolean> {
    while (this.open.size === 0 && this.settlements.open > 0 && !this.stopping) await this.news()
    return this.open.size > 0 && !this.stopping
  }

  private async workOn(lane: Lane): Promise<number> {
    await this.room()
    if (lane.inspect !== undefined && !(await lane.inspect())) return 0
    const admitted = await this.admitted()
    if (admitted === 0) return 0
    const mayClaim = this.outages.mayClaim()
    if (mayClaim === 'no') {
      this.pace.claimed(admitted, 0)
      if (this.outages.isNews(lane.campaignId ?? lane.accountId))
        await this.blocked(lane, 'carrier-unavailable')
      return 0
    }
    const isProbe = mayClaim === 'probe'
    const { claimed, refused, block } = await this.claim(lane, admitted, isProbe)
    if (block !== null) await this.blocked(lane, block)
    return block === null ? claimed.length + refused : 0
  }

  /** Segments that may be authorised now. Waits while the sender's pace or the carrier's own word leaves no room; 0 when stopped. */
  private async admitted(): Promise<number> {
    while (!this.stopping) {
      const { pausedMs } = this.deps.slots
      const segments = pausedMs > 0 ? 0 : this.pace.admit()
      if (segments > 0) return segments
      await Promise.race([pausedMs > 0 ? pause(pausedMs) : this.pace.room(), this.stopped])
    }
    return 0
  }

  private async claim(lane: Lane, segmentsMax: number, isProbe: boolean): Promise<ClaimResult> {
    let taken = 0
    try {
      const credential = await this.credential()
      if (credential === null) return { claimed: [], refused: 0, block: null }
      const result = await claimMessages(this.deps, {
        lane,
        sender: this.settings.sender,
        worker: this.settings.worker,
        limit: isProbe ? 1 : Math.min(this.claimLimit, segmentsMax),
        ...(this.allRefused.has(lane) && !isProbe && { reach: CLAIM_MAX }),
        segmentsMax,
        notAfter: credential.notAfter,
        deadByMs: credential.deadByMs,
        fenced: this.settings.fenced,
      })
      this.giveUp(result.unacknowledged ?? [], lane)
      taken = segmentsOf(result.claimed)
      if (result.refused > 0 && result.claimed.length === 0) this.allRefused.add(lane)
      else this.allRefused.delete(lane)
      this.postAll(result.claimed, lane, credential)
      return result
    } finally {
      // Nothing is on its way that could tell how the probe went.
      if (isProbe && taken === 0) this.outages.probed()
      this.pace.claimed(segmentsMax, taken)
    }
  }

  /** Null while the carrier issues none: nothing may be authorised then, and the next look asks again. */
  private async credential(): Promise<Credential | null> {
    try {
      return await this.deps.carrier.mintCredential()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'carrier.unavailable') throw error
      this.deps.log.warn(
        { accountId: this.accountId, reason: error.message },
        'messages.credential.unavailable',
      )
      return null
    }
  }

  private async blocked(lane: Lane, block: LaneBlock): Promise<void> {
    this.deps.log.info(
      { accountId: lane.accountId, campaignId: lane.campaignId, reason: block },
      'messages.lane.blocked',
    )
    await lane.onBlocked(block)
  }

  /** Written down as unsent once the database answers; where the claim took no effect there is nothing to write. */
  private giveUp(attemptIds: readonly string[], lane: Lane): void {
    if (attemptIds.length === 0) return
    this.deps.log.warn(
      { accountId: this.accountId, count: attemptIds.length },
      'messages.claim.unacknowledged',
    )
    this.settlements.expect(attemptIds.length)
    for (const attemptId of attemptIds) this.settlements.report({ attemptId, outcome: NEVER_POSTED, lane })
  }

  private postAll(messages: readonly ClaimedMessage[], lane: Lane, credential: Credential): void {
    this.settlements.expect(messages.length)
    this.unposted += messages.length
    const waiting = this.unposted
    const since = this.deps.clock.monotonicMs()
    for (const [index, message] of messages.entries()) {
      void this.turnOf(message, credential).then(() => {
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

  private async turnOf(message: ClaimedMessage, credential: Credential): Promise<void> {
    await this.deps.slots.take()
    await this.pace.take(message.segments, credential.sendBeforeMs)
  }

  private async post(message: ClaimedMessage, lane: Lane, credential: Credential): Promise<void> {
    const { outcome, sign } = await postMessage(this.deps, this.settings, message, credential)
    this.deps.slots.give(sign)
    this.outages.probed()
    this.settlements.report({ attemptId: message.attemptId, outcome, lane })
  }

  /** Waits while more than one claim's messages wait to be posted, or too many to be settled. */
  private async room(): Promise<void> {
    while (
      !this.stopping &&
      (this.unposted > this.claimLimit || this.settlements.open > OPEN_BATCHES_MAX * this.settings.batchSize)
    ) {
      await this.news()
    }
  }

  private async drained(): Promise<void> {
    while (this.settlements.open > 0) await this.news()
  }

  /** Something was posted or settled, lanes joined, or this is to stop. */
  private news(): Promise<void> {
    return new Promise((resolve) => this.roomWaiters.push(resolve))
  }

  private wakeRoomWaiters(): void {
    const waiters = this.roomWaiters
    this.roomWaiters = []
    for (const wake of waiters) wake()
  }
}

function segmentsOf(messages: readonly ClaimedMessage[]): number {
  return messages.reduce((sum, message) => sum + message.segments, 0)
}
