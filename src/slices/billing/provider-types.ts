import type { DisputeFacts } from './domain/clawback.js'
import type { Decline } from './domain/decline-table.js'

/** What the slice asks of Stripe, in its own words: no other file of it knows the SDK. Times are dates, ids are texts. */

export interface FetchedPayment {
  id: string
  status: string
  currency: string
  amountMinor: number
  receivedMinor: number
  customerId: string | null
  cardId: string | null
  orderId: string | null
  topUpId: string | null
  /** Of a subscription's payment. */
  invoiceId: string | null
  refunds: readonly { id: string; status: string | null; amountMinor: number }[]
  disputes: readonly (DisputeFacts & { id: string })[]
  /** The bank says that it was fraud, and nothing was done about it yet: no refund, no dispute. */
  fraudWarned: boolean
  failure: Decline | null
  receiptUrl: string | null
  createdAt: Date
}

export interface FetchedLine {
  id: string
  priceId: string | null
  amountMinor: number
  isSubscriptionLine: boolean
  proration: boolean
  periodStart: Date
  periodEnd: Date
}

export interface FetchedInvoice {
  id: string
  number: string | null
  status: string
  reason: string | null
  customerId: string | null
  subscriptionId: string | null
  currency: string
  totalMinor: number
  paidMinor: number
  hostedUrl: string | null
  attempts: number
  nextAttemptAt: Date | null
  createdAt: Date
  paidAt: Date | null
  lines: readonly FetchedLine[]
  /** Payment intents that paid it, or tried to. */
  paymentIds: readonly string[]
}

export interface FetchedSubscription {
  id: string
  status: string
  customerId: string
  priceId: string | null
  itemId: string | null
  collectionPaused: boolean
  pauseCause: string | null
  cancelAt: Date | null
  periodStart: Date | null
  periodEnd: Date | null
  createdAt: Date
  endedAt: Date | null
  latestInvoiceId: string | null
}

export interface FetchedSession {
  id: string
  status: string | null
  paymentStatus: string
  orderId: string | null
  customerId: string | null
  paymentId: string | null
  subscriptionId: string | null
}

export interface FetchedCustomer {
  id: string
  deleted: boolean
  defaultCardId: string | null
  cardIds: readonly string[]
}

/** What became of a request to charge. `unknown`: nobody can say whether there is a payment now. */
export type ChargeAnswer =
  | { kind: 'accepted'; paymentId: string }
  | { kind: 'declined'; paymentId: string | null; decline: Decline }
  | { kind: 'refused'; code: string }
  | { kind: 'unknown' }

export interface CheckoutRequest {
  orderId: string
  accountId: string
  customerId: string
  expiresAt: Date
  successUrl: string
  cancelUrl: string
}

export interface CreditPackCheckout extends CheckoutRequest {
  name: string
  amountMinor: number
  currency: string
}

export interface PlanCheckout extends CheckoutRequest {
  priceId: string
  trialDays: number
}

export interface ChargeRequest {
  topUpId: string
  accountId: string
  customerId: string
  cardId: string
  amountMinor: number
  currency: string
}

export interface PlanPrice {
  code: string
  name: string
  amountMinor: number
  currency: string
}

/** Objects that Stripe has, found by looking instead of by waiting for an event. */
export interface FoundObjects {
  payments: readonly string[]
  invoices: readonly string[]
  subscriptions: readonly string[]
  sessions: readonly string[]
}

export interface FoundEvent {
  id: string
  type: string
  createdAt: Date
  /** As Stripe would have posted it. */
  body: string
}

export interface PaymentProvider {
  readonly livemode: boolean
  /** Whether the key is good: the version that answered; throws where it is not. */
  ping(): Promise<{ apiVersion: string | null }>
  createCustomer(accountId: string, name: string): Promise<string>
  checkOutPack(request: CreditPackCheckout): Promise<{ sessionId: string; url: string | null }>
  checkOutPlan(request: PlanCheckout): Promise<{ sessionId: string; url: string | null }>
  expireCheckout(sessionId: string): Promise<void>
  charge(request: ChargeRequest): Promise<ChargeAnswer>
  findCharge(customerId: string, topUpId: string, since: Date): Promise<string | null>
  /** An address at which the customer confirms this same payment; null when there is nothing to confirm any more. */
  confirmationUrl(paymentId: string, returnUrl: string): Promise<string | null>
  cancelPayment(paymentId: string): Promise<void>
  ensurePlanPrice(plan: PlanPrice): Promise<string>
  changePlan(
    subscriptionId: string,
    change: { itemId: string; priceId: string; chargeNow: boolean; key: string },
  ): Promise<{ ok: true } | { ok: false; decline: Decline }>
  cancelSubscription(subscriptionId: string, atPeriodEnd: boolean): Promise<void>
  keepSubscription(subscriptionId: string): Promise<void>
  openPortal(customerId: string, returnUrl: string): Promise<string>
  fetchPayment(id: string): Promise<FetchedPayment | null>
  fetchInvoice(id: string): Promise<FetchedInvoice | null>
  fetchSubscription(id: string): Promise<FetchedSubscription | null>
  fetchSession(id: string): Promise<FetchedSession | null>
  fetchCustomer(id: string): Promise<FetchedCustomer | null>
  /** Everything created since then, whatever became of it. */
  listSince(since: Date): Promise<FoundObjects>
  /** Of this span, oldest first. */
  listEvents(since: Date, until: Date): Promise<FoundEvent[]>
}
