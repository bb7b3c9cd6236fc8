import { DateTime } from 'luxon'
import { chargeIntent, createIntent } from './intents.js'
import type { Invoice, InvoiceLine, Price, Subscription, SubscriptionItem } from './objects.js'
import { need, type PaymentState } from './payment-state.js'
import { invalid, Refusal } from './refusal.js'

const HOUR_MS = 3_600_000

export function monthAfter(seconds: number): number {
  return DateTime.fromSeconds(seconds, { zone: 'utc' }).plus({ months: 1 }).toUnixInteger()
}

export function itemOf(subscription: Subscription): SubscriptionItem {
  const [item] = subscription.items.data
  if (item === undefined) throw new Error('a subscription has an item')
  return item
}

/** A subscription begins with its first invoice, which is charged at once, or is nothing during a trial. */
export function createSubscription(
  state: PaymentState,
  terms: {
    customer: string
    price: Price
    method: string
    trialDays: number
    metadata: Record<string, string>
  },
): { subscription: Subscription; invoice: Invoice } {
  const now = state.seconds()
  const trialEnd = terms.trialDays > 0 ? now + terms.trialDays * 86_400 : null
  const thing = state.thing('sub', 'subscription', terms.metadata)
  const subscription: Subscription = {
    ...thing,
    customer: terms.customer,
    status: trialEnd === null ? 'active' : 'trialing',
    items: {
      object: 'list',
      has_more: false,
      url: `/v1/subscription_items?subscription=${thing.id}`,
      data: [
        {
          id: state.nextId('si'),
          object: 'subscription_item',
          price: terms.price,
          quantity: 1,
          current_period_start: now,
          current_period_end: trialEnd ?? monthAfter(now),
        },
      ],
    },
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ended_at: null,
    pause_collection: null,
    latest_invoice: null,
    default_payment_method: terms.method,
    trial_end: trialEnd,
    status_details: { paused: {} },
  }
  state.subscriptions.set(subscription.id, subscription)
  const item = itemOf(subscription)
  const invoice = createInvoice(state, subscription, 'subscription_create', [
    line(state, subscription, {
      price: terms.price,
      amount: trialEnd === null ? terms.price.unit_amount : 0,
      start: item.current_period_start,
      end: item.current_period_end,
      proration: false,
    }),
  ])
  state.emit('customer.subscription.created', subscription)
  chargeInvoice(state, invoice)
  return { subscription, invoice }
}

interface LineTerms {
  price: Price
  amount: number
  start: number
  end: number
  proration: boolean
}

function line(state: PaymentState, subscription: Subscription, terms: LineTerms): InvoiceLine {
  return {
    id: state.nextId('il'),
    object: 'line_item',
    amount: terms.amount,
    currency: terms.price.currency,
    description: 'A period of a plan',
    invoice: '',
    livemode: false,
    metadata: {},
    quantity: 1,
    period: { start: terms.start, end: terms.end },
    pricing: {
      type: 'price_details',
      price_details: { price: terms.price.id, product: terms.price.product },
    },
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        subscription: subscription.id,
        subscription_item: itemOf(subscription).id,
        proration: terms.proration,
        invoice_item: null,
        proration_details: null,
      },
    },
  }
}

function createInvoice(
  state: PaymentState,
  subscription: Subscription,
  reason: string,
  lines: InvoiceLine[],
): Invoice {
  const thing = state.thing('in', 'invoice')
  const total = Math.max(
    0,
    lines.reduce((sum, each) => sum + each.amount, 0),
  )
  const invoice: Invoice = {
    ...thing,
    number: thing.id.toUpperCase(),
    customer: subscription.customer,
    status: 'draft',
    billing_reason: reason,
    currency: itemOf(subscription).price.currency,
    total,
    amount_due: total,
    amount_paid: 0,
    attempt_count: 0,
    next_payment_attempt: null,
    hosted_invoice_url: `${state.baseUrl}/invoices/${thing.id}`,
    lines: {
      object: 'list',
      has_more: false,
      url: `/v1/invoices/${thing.id}/lines`,
      data: lines.map((each) => ({ ...each, invoice: thing.id })),
    },
    parent: {
      type: 'subscription_details',
      subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
    },
    status_transitions: { paid_at: null },
  }
  state.invoices.set(invoice.id, invoice)
  subscription.latest_invoice = invoice.id
  state.emit('invoice.created', invoice)
  return invoice
}

/** Finalises an invoice when it is a draft, and charges the card of its subscription. */
export function chargeInvoice(state: PaymentState, invoice: Invoice): void {
  state.chargesDue.delete(invoice.id)
  if (invoice.status !== 'draft' && invoice.status !== 'open') return
  const subscription = need(
    state.subscriptions,
    'subscription',
    invoice.parent.subscription_details.subscription,
  )
  if (invoice.status === 'draft') {
    invoice.status = 'open'
    state.emit('invoice.finalized', invoice)
  }
  if (invoice.amount_due === 0) {
    markPaid(state, invoice, subscription)
    return
  }
  const known = [...state.invoicePayments.values()].find((payment) => payment.invoice === invoice.id)
  const intent =
    known === undefined
      ? createIntent(state, {
          amount: invoice.amount_due,
          currency: invoice.currency,
          customer: invoice.customer,
          method: subscription.default_payment_method,
          metadata: {},
        })
      : need(state.intents, 'payment_intent', known.payment.payment_intent)
  const payment =
    known ??
    ({
      ...state.thing('inpay', 'invoice_payment'),
      invoice: invoice.id,
      amount_requested: invoice.amount_due,
      amount_paid: null,
      currency: invoice.currency,
      is_default: true,
      status: 'open',
      payment: { type: 'payment_intent', payment_intent: intent.id },
    } as const)
  state.invoicePayments.set(payment.id, payment)
  invoice.attempt_count += 1
  intent.payment_method = subscription.default_payment_method
  chargeIntent(state, intent, { onSession: false, returnUrl: null })
  if (intent.status !== 'succeeded') {
    markUnpaid(state, invoice, subscription)
    return
  }
  state.invoicePayments.set(payment.id, { ...payment, status: 'paid', amount_paid: invoice.amount_due })
  invoice.amount_paid = invoice.amount_due
  state.emit('invoice_payment.paid', { ...payment, status: 'paid', amount_paid: invoice.amount_due })
  markPaid(state, invoice, subscription)
}

function markPaid(state: PaymentState, invoice: Invoice, subscription: Subscription): void {
  invoice.status = 'paid'
  invoice.next_payment_attempt = null
  invoice.status_transitions.paid_at = state.seconds()
  state.emit('invoice.paid', invoice)
  if (['past_due', 'unpaid', 'incomplete'].includes(subscription.status)) {
    subscription.status = 'active'
    state.emit('customer.subscription.updated', subscription)
  }
}

function markUnpaid(state: PaymentState, invoice: Invoice, subscription: Subscription): void {
  const hours = state.behaviour.retryHours[invoice.attempt_count - 1]
  state.emit('invoice.payment_failed', invoice)
  if (invoice.billing_reason === 'subscription_create') {
    setStatus(state, subscription, 'incomplete')
    return
  }
  if (hours !== undefined) {
    const dueMs = invoice.created * 1_000 + hours * HOUR_MS
    invoice.next_payment_attempt = Math.floor(dueMs / 1_000)
    state.chargesDue.set(invoice.id, dueMs)
    setStatus(state, subscription, 'past_due')
  } else if (state.behaviour.dunningEnd === 'canceled') endSubscription(state, subscription)
  else setStatus(state, subscription, 'unpaid')
}

function setStatus(state: PaymentState, subscription: Subscription, status: string): void {
  if (subscription.status === status) return
  subscription.status = status
  state.emit('customer.subscription.updated', subscription)
}

export function endSubscription(state: PaymentState, subscription: Subscription): void {
  subscription.status = 'canceled'
  subscription.canceled_at ??= state.seconds()
  subscription.ended_at = state.seconds()
  for (const invoice of state.invoices.values()) {
    const isItsOwn = invoice.parent.subscription_details.subscription === subscription.id
    if (isItsOwn && (invoice.status === 'open' || invoice.status === 'draft')) {
      state.chargesDue.delete(invoice.id)
      invoice.status = 'void'
      state.emit('invoice.voided', invoice)
    }
  }
  state.emit('customer.subscription.deleted', subscription)
}

/** A period ends: the next begins with an invoice, charged after a while; or the subscription ends. */
export function renew(state: PaymentState, subscription: Subscription): void {
  if (subscription.cancel_at_period_end) {
    endSubscription(state, subscription)
    return
  }
  const item = itemOf(subscription)
  item.current_period_start = item.current_period_end
  item.current_period_end = monthAfter(item.current_period_start)
  if (subscription.status === 'trialing') {
    subscription.status = 'active'
    subscription.trial_end = item.current_period_start
  }
  state.emit('customer.subscription.updated', subscription)
  if (subscription.pause_collection !== null) return
  const invoice = createInvoice(state, subscription, 'subscription_cycle', [
    line(state, subscription, {
      price: item.price,
      amount: item.price.unit_amount,
      start: item.current_period_start,
      end: item.current_period_end,
      proration: false,
    }),
  ])
  state.chargesDue.set(invoice.id, invoice.created * 1_000 + state.behaviour.draftMs)
}

/** Another price: with an invoice for the difference that must be paid, or from the next period on. */
export function changePrice(
  state: PaymentState,
  subscription: Subscription,
  price: Price,
  how: { invoiceNow: boolean; mustBePaid: boolean },
): void {
  const item = itemOf(subscription)
  const before = structuredClone(subscription)
  const old = item.price
  item.price = price
  if (how.invoiceNow && old.unit_amount !== price.unit_amount) {
    const now = state.seconds()
    const end = item.current_period_end
    const whole = end - item.current_period_start
    const share = (end - now) / whole
    const terms = { start: now, end, proration: true }
    const invoice = createInvoice(state, subscription, 'subscription_update', [
      line(state, subscription, {
        ...terms,
        price: old,
        amount: -Math.round(old.unit_amount * share),
      }),
      line(state, subscription, {
        ...terms,
        price,
        amount: Math.round(price.unit_amount * share),
      }),
    ])
    if (how.mustBePaid && declines(state, subscription)) {
      invoice.status = 'void'
      state.emit('invoice.voided', invoice)
      state.subscriptions.set(before.id, before)
      throw new Refusal(402, {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'generic_decline',
        message: 'Your card was declined.',
      })
    }
    chargeInvoice(state, invoice)
  }
  state.emit('customer.subscription.updated', subscription)
}

function declines(state: PaymentState, subscription: Subscription): boolean {
  const method = subscription.default_payment_method
  return (state.cards.get(method ?? '') ?? { kind: 'ok' }).kind !== 'ok'
}

export function requireLive(subscription: Subscription): void {
  if (subscription.status === 'canceled')
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.')
}
