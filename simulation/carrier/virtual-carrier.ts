import { createHash } from 'node:crypto'
import type { Dice } from '../world/dice.js'
import type { Journal } from '../world/journal.js'
import type { Scheduler } from '../world/scheduler.js'
import type { VirtualTime } from '../world/virtual-time.js'
import type { CarrierFaults } from './carrier-faults.js'

/** A text that the carrier took: its own record, which the program never sees as a whole. */
export interface CarrierRecord {
  readonly sid: string
  readonly attemptId: string
  readonly to: string
  readonly from: string
  readonly body: string
  readonly createdAtMs: number
  /** From then on it is in the list. */
  readonly listedAtMs: number
  status: string
  errorCode: number | null
}

export interface TextRequest {
  attemptId: string
  to: string
  from: string
  body: string
  /** When the request's credential dies, by the carrier's clock; null without a fence. */
  expiresAtMs: number | null
}

export interface StatusCallback {
  attemptId: string
  form: Readonly<Record<string, string>>
}

interface CarrierWorld {
  readonly time: VirtualTime
  readonly scheduler: Scheduler
  readonly journal: Journal
  readonly dice: Dice
  /** Where its reports go. */
  deliver(callback: StatusCallback): void
}

/** Somebody else's computer, in memory: takes texts, keeps a record, lists late, reports when it likes. */
export class VirtualCarrier {
  readonly record: CarrierRecord[] = []
  /** Its clock, against the true time. */
  skewMs = 0

  constructor(
    private readonly world: CarrierWorld,
    public faults: CarrierFaults,
  ) {}

  nowMs(): number {
    return this.world.time.nowMs() + this.skewMs
  }

  /** A request arrives. Null: its credential had died, and nothing was made. */
  take(request: TextRequest): CarrierRecord | null {
    const { journal, dice, time } = this.world
    if (request.expiresAtMs !== null && this.nowMs() > request.expiresAtMs) {
      journal.add('carrier', `refuses a late request for ${request.attemptId}`)
      return null
    }
    const number = this.record.length + 1
    const digest = createHash('md5')
      .update(`${request.attemptId}:${String(number)}`)
      .digest('hex')
    const made: CarrierRecord = {
      sid: `SM${digest}`,
      attemptId: request.attemptId,
      to: request.to,
      from: request.from,
      body: request.body,
      createdAtMs: Math.floor(this.nowMs() / 1_000) * 1_000,
      listedAtMs: time.nowMs() + dice.between(0, this.faults.listLagMaxMs),
      status: 'queued',
      errorCode: null,
    }
    this.record.push(made)
    journal.add('carrier', `takes text ${String(number)} of ${request.attemptId}`)
    this.planReports(made)
    return made
  }

  listTo(to: string, sinceMs: number): CarrierRecord[] {
    const nowMs = this.world.time.nowMs()
    return this.record.filter(
      (item) => item.to === to && item.listedAtMs <= nowMs && item.createdAtMs >= sinceMs - 1_000,
    )
  }

  find(sid: string): CarrierRecord | undefined {
    return this.record.find((item) => item.sid === sid)
  }

  /** First `sent`, then how it ended; each lost, doubled or late as it happens. */
  private planReports(made: CarrierRecord): void {
    const { dice, time } = this.world
    const end = dice.weighted<readonly [string, number | null]>([
      [100 - this.faults.undelivered - this.faults.failed, ['delivered', null]],
      [this.faults.undelivered, ['undelivered', dice.pick([30003, 30005, 30007, 21610])]],
      [this.faults.failed, ['failed', dice.pick([30001, 30008])]],
    ])
    let atMs = time.nowMs()
    for (const [status, errorCode] of [['sent', null], end] as const) {
      atMs += dice.between(200, 4_000)
      this.planStatus(made, atMs, status, errorCode)
    }
  }

  private planStatus(made: CarrierRecord, atMs: number, status: string, errorCode: number | null): void {
    const { dice, scheduler } = this.world
    const { lost, doubled, delayMaxMs } = this.faults.callbacks
    const copies = dice.chance(lost / 100) ? 0 : dice.chance(doubled / 100) ? 2 : 1
    const delays = Array.from({ length: copies }, () => dice.between(0, delayMaxMs))
    scheduler.plan({
      atMs,
      process: null,
      label: `${status} at the carrier`,
      run: () => {
        made.status = status
        made.errorCode = errorCode
        for (const delayMs of delays) this.planCallback(made, atMs + delayMs, status, errorCode)
      },
    })
  }

  private planCallback(made: CarrierRecord, atMs: number, status: string, errorCode: number | null): void {
    const form: Record<string, string> = {
      MessageSid: made.sid,
      MessageStatus: status,
      To: made.to,
      From: made.from,
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    }
    this.world.scheduler.plan({
      atMs,
      process: null,
      label: `callback ${status}`,
      run: () => {
        this.world.deliver({ attemptId: made.attemptId, form })
      },
    })
  }
}
