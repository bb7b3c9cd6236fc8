import type { Clock } from '../../kernel/clock.js'
import { seededRandom, systemRandom, type Random } from '../../kernel/random.js'
import { FaultSource } from './draw.js'
import { MessageRecord } from './message-record.js'
import { changeBehaviour, type Behaviour, type LocalCarrierOptions } from './options.js'
import { SignIn } from './sign-in.js'
import { TimeWheel } from './time-wheel.js'
import { WallTime } from './wall-time.js'
import { WebhookQueue } from './webhook-queue.js'

const recordMaxDefault = 2_000_000

export interface RequestCounters {
  creates: number
  creating: number
  throttled: number
  refused: number
  fenced: number
  faults: number
  lists: number
  reads: number
  tokens: number
}

/** Everything the carrier holds in memory. Its handlers are functions over this. */
export class CarrierState {
  readonly time: WallTime
  readonly random: Random
  readonly signIn: SignIn
  readonly record: MessageRecord
  readonly faults: FaultSource
  readonly wheel: TimeWheel
  readonly webhooks: WebhookQueue
  /** `sender|phone` of phones that answered STOP. */
  readonly optedOut = new Set<string>()
  /** The API's path for creates and lists of this account. */
  readonly messagesPath: string
  counters: RequestCounters = noRequests()
  inboundCount = 0
  requestCount = 0

  private current: Behaviour
  private closed = false

  constructor(options: LocalCarrierOptions, clock: Clock) {
    this.time = new WallTime(clock)
    this.random = options.seed === undefined ? systemRandom : seededRandom(options.seed)
    this.signIn = new SignIn(options, this.time)
    this.record = new MessageRecord({
      max: options.recordMax ?? recordMaxDefault,
      keepBodies: options.keepBodies ?? true,
      ...(options.recordFile === undefined ? {} : { file: options.recordFile }),
    })
    this.faults = new FaultSource(this.random)
    this.wheel = new TimeWheel(() => this.time.nowMs())
    this.current = changeBehaviour(null, options.behaviour)
    this.webhooks = new WebhookQueue(this.signIn.authToken, this.current.callbacks)
    this.faults.configure(this.current)
    this.messagesPath = `/2010-04-01/Accounts/${this.signIn.accountSid}/Messages.json`
  }

  get behaviour(): Behaviour {
    return this.current
  }

  change(patch: unknown): Behaviour {
    this.current = changeBehaviour(this.current, patch)
    this.faults.configure(this.current)
    this.webhooks.configure(this.current.callbacks)
    return this.current
  }

  /** As new: nothing accepted, nobody opted out, nothing under way. The behaviour stays. */
  forget(): void {
    this.wheel.clear()
    this.webhooks.clear()
    this.faults.clear()
    this.optedOut.clear()
    this.record.clear()
    this.counters = noRequests()
    this.inboundCount = 0
  }

  /** Does something later, unless the carrier has been stopped by then. */
  later(delayMs: number, act: () => void): void {
    setTimeout(() => {
      if (!this.closed) act()
    }, delayMs).unref()
  }

  nextRequestId(): string {
    this.requestCount += 1
    return `RQ${this.requestCount.toString(16).padStart(32, '0')}`
  }

  async close(): Promise<void> {
    this.closed = true
    this.wheel.clear()
    await this.webhooks.close()
    this.record.close()
  }
}

function noRequests(): RequestCounters {
  return {
    creates: 0,
    creating: 0,
    throttled: 0,
    refused: 0,
    fenced: 0,
    faults: 0,
    lists: 0,
    reads: 0,
    tokens: 0,
  }
}
