import type { Clock } from '../../kernel/clock.js'
import { seededRandom, type Random } from '../../kernel/random.js'
import type {
  CardBehaviour,
  Charge,
  Customer,
  Dispute,
  FraudWarning,
  Invoice,
  InvoicePayment,
  PaymentIntent,
  PaymentMethod,
  Price,
  Refund,
  Session,
  StripeEvent,
  Subscription,
} from './objects.js'
import { changeBehaviour, localPayments, type Behaviour, type LocalPaymentsOptions } from './options.js'
import { missing } from './refusal.js'

interface StoredAnswer {
  params: string
  status: number
  body: string
  atMs: number
}

/** Everything that the simulated provider knows. It shares nothing with the program whose payments it takes. */
export class PaymentState {
  readonly customers = new Map<string, Customer>()
  readonly methods = new Map<string, PaymentMethod>()
  /** What each card does when it is charged; a card without an entry pays. */
  readonly cards = new Map<string, CardBehaviour>()
  readonly prices = new Map<string, Price>()
  readonly sessions = new Map<string, Session>()
  /** What a session sells, and the metadata of what it makes. */
  readonly carts = new Map<
    string,
    { price: Price | null; trialDays: number; metadata: Record<string, string> }
  >()
  readonly intents = new Map<string, PaymentIntent>()
  readonly charges = new Map<string, Charge>()
  readonly refunds = new Map<string, Refund>()
  readonly disputes = new Map<string, Dispute>()
  readonly fraudWarnings = new Map<string, FraudWarning>()
  readonly subscriptions = new Map<string, Subscription>()
  readonly invoices = new Map<string, Invoice>()
  readonly invoicePayments = new Map<string, InvoicePayment>()
  readonly events = new Map<string, StripeEvent>()
  readonly answers = new Map<string, StoredAnswer>()
  /** When an invoice is charged next, in milliseconds. */
  readonly chargesDue = new Map<string, number>()
  readonly random: Random
  readonly secretKey: string
  behaviour: Behaviour
  /** Of the virtual clock: what `/control/advance` has added. */
  offsetMs = 0
  /** Where this provider listens; set once it does. */
  baseUrl = ''
  /** Told of every event, to deliver it. */
  onEvent: (event: StripeEvent) => void = () => undefined
  /** Of the newest id. */
  lastNumber = 0
  private readonly idPrefix: string

  constructor(
    options: LocalPaymentsOptions,
    readonly clock: Clock,
  ) {
    this.random = seededRandom(options.seed ?? 1)
    this.idPrefix = options.idPrefix ?? 'local'
    this.secretKey = options.secretKey ?? localPayments.secretKey
    this.behaviour = changeBehaviour(null, options.behaviour ?? {})
  }

  nowMs(): number {
    return this.clock.now().toMillis() + this.offsetMs
  }

  seconds(): number {
    return Math.floor(this.nowMs() / 1_000)
  }

  /** Ids grow with time, so that lists can be paged by them. */
  nextId(prefix: string): string {
    this.lastNumber += 1
    return `${prefix}_${this.idPrefix}${String(this.lastNumber).padStart(9, '0')}`
  }

  /** The fields that every object has. */
  thing<Kind extends string>(prefix: string, object: Kind, metadata: Record<string, string> = {}) {
    const fields = { id: this.nextId(prefix), object, created: this.seconds(), livemode: false, metadata }
    return fields as typeof fields & { livemode: false }
  }

  /** An event shows its object as it is now, whatever becomes of it before the event arrives. */
  emit(type: string, object: object, previous?: object): void {
    const event: StripeEvent = {
      id: this.nextId('evt'),
      object: 'event',
      api_version: this.behaviour.webhooks.apiVersion,
      created: this.seconds(),
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
      data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
    }
    this.events.set(event.id, event)
    this.onEvent(event)
  }
}

export function need<T>(map: ReadonlyMap<string, T>, what: string, id: string | null): T {
  const found = id === null ? undefined : map.get(id)
  if (found === undefined) throw missing(what, id ?? '')
  return found
}
