import type Stripe from 'stripe'
import type {
  FetchedCustomer,
  FetchedInvoice,
  FetchedLine,
  FetchedSession,
  FetchedSubscription,
} from '../provider-types.js'
import { isMissing } from './failures.js'
import { dateOf, idOf, optionalDate } from './read-fields.js'

export async function fetchInvoice(stripe: Stripe, id: string): Promise<FetchedInvoice | null> {
  const invoice = await orNull(stripe.invoices.retrieve(id))
  if (invoice === null) return null
  const lines: FetchedLine[] = []
  for await (const line of stripe.invoices.listLineItems(id, { limit: 100 })) lines.push(toLine(line))
  const paymentIds: string[] = []
  for await (const payment of stripe.invoicePayments.list({ invoice: id, limit: 100 })) {
    const intent = idOf(payment.payment.payment_intent)
    if (intent !== null) paymentIds.push(intent)
  }
  return {
    id,
    lines,
    paymentIds,
    number: invoice.number,
    status: invoice.status ?? 'unknown',
    reason: invoice.billing_reason,
    customerId: idOf(invoice.customer),
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    currency: invoice.currency,
    totalMinor: invoice.total,
    paidMinor: invoice.amount_paid,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    attempts: invoice.attempt_count,
    nextAttemptAt: optionalDate(invoice.next_payment_attempt),
    createdAt: dateOf(invoice.created),
    paidAt: optionalDate(invoice.status_transitions.paid_at),
  }
}

function toLine(line: Stripe.InvoiceLineItem): FetchedLine {
  const subscriptionPart = line.parent?.subscription_item_details ?? null
  const itemPart = line.parent?.invoice_item_details ?? null
  return {
    id: line.id,
    priceId: idOf(line.pricing?.price_details?.price),
    amountMinor: line.amount,
    isSubscriptionLine: subscriptionPart !== null,
    proration: subscriptionPart?.proration ?? itemPart?.proration ?? false,
    periodStart: dateOf(line.period.start),
    periodEnd: dateOf(line.period.end),
  }
}

export async function fetchSubscription(stripe: Stripe, id: string): Promise<FetchedSubscription | null> {
  const subscription = await orNull(stripe.subscriptions.retrieve(id))
  if (subscription === null) return null
  const [item] = subscription.items.data
  // Its type says that this is always there; it is only while the subscription is paused.
  const paused = subscription.status_details?.paused as { subscription?: { type: string } } | null | undefined
  return {
    id,
    status: subscription.status,
    customerId: idOf(subscription.customer) ?? '',
    priceId: item === undefined ? null : item.price.id,
    itemId: item?.id ?? null,
    collectionPaused: subscription.pause_collection !== null,
    pauseCause: paused?.subscription?.type ?? null,
    cancelAt:
      optionalDate(subscription.cancel_at) ??
      (subscription.cancel_at_period_end ? optionalDate(item?.current_period_end) : null),
    periodStart: optionalDate(item?.current_period_start),
    periodEnd: optionalDate(item?.current_period_end),
    createdAt: dateOf(subscription.created),
    endedAt: optionalDate(subscription.ended_at),
    latestInvoiceId: idOf(subscription.latest_invoice),
  }
}

export async function fetchSession(stripe: Stripe, id: string): Promise<FetchedSession | null> {
  const session = await orNull(stripe.checkout.sessions.retrieve(id))
  if (session === null) return null
  return {
    id,
    status: session.status,
    paymentStatus: session.payment_status,
    orderId: session.client_reference_id,
    customerId: idOf(session.customer),
    paymentId: idOf(session.payment_intent),
    subscriptionId: idOf(session.subscription),
  }
}

export async function fetchCustomer(stripe: Stripe, id: string): Promise<FetchedCustomer | null> {
  const customer = await orNull(stripe.customers.retrieve(id))
  if (customer === null) return null
  if (customer.deleted === true) return { id, deleted: true, defaultCardId: null, cardIds: [] }
  const cards = await stripe.customers.listPaymentMethods(id, { type: 'card', limit: 100 })
  return {
    id,
    deleted: false,
    defaultCardId: idOf((customer as Stripe.Customer).invoice_settings.default_payment_method),
    cardIds: cards.data.map((card) => card.id),
  }
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
