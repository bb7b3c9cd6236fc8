import { createSession, expireSession } from './checkout.js'
import { flagAt, itemsAt, metadataAt, textAt, wholeAt, type ParamMap } from './form.js'
import { cancelIntent, chargeIntent, createIntent } from './intents.js'
import { listOf } from './lists.js'
import { createRefund } from './money-back.js'
import type { PaymentIntent, Price, Subscription } from './objects.js'
import { need, type PaymentState } from './payment-state.js'
import { invalid, missing, Refusal } from './refusal.js'
import { changePrice, endSubscription, requireLive } from './subscriptions.js'

export interface Call {
  state: PaymentState
  params: ParamMap
  /** What stood in the path's place for an id. */
  id: string
}

type Answer = (call: Call) => object

/** Parameters that a create knows; any other is refused, as the API does. */
const known: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/payment_intents': [
    'amount',
    'currency',
    'customer',
    'payment_method',
    'off_session',
    'confirm',
    'allowed_payment_method_types',
    'metadata',
    'description',
    'expand',
  ],
  'POST /v1/checkout/sessions': [
    'mode',
    'customer',
    'client_reference_id',
    'line_items',
    'metadata',
    'payment_intent_data',
    'subscription_data',
    'success_url',
    'cancel_url',
    'expires_at',
  ],
}

export function refuseUnknown(route: string, params: ParamMap): void {
  const names = known[route]
  if (params.has('payment_method_types'))
    throw invalid('Use allowed_payment_method_types.', 'payment_method_types_no_longer_supported')
  for (const name of params.keys())
    if (names !== undefined && !names.includes(name))
      throw invalid(`Received unknown parameter: ${name}`, 'parameter_unknown', name)
}

/** The part of the API that is served: method and path, `:id` for the place of an id. */
export const routes: Readonly<Record<string, Answer>> = {
  'POST /v1/customers': ({ state, params }) => {
    const customer = {
      ...state.thing('cus', 'customer', metadataAt(params)),
      name: textAt(params, 'name'),
      invoice_settings: { default_payment_method: null },
    }
    state.customers.set(customer.id, customer)
    state.emit('customer.created', customer)
    return customer
  },
  'GET /v1/customers/:id': ({ state, id }) => {
    const customer = need(state.customers, 'customer', id)
    return customer.deleted === true ? { id, object: 'customer', deleted: true } : customer
  },
  'GET /v1/customers/:id/payment_methods': ({ state, params, id }) =>
    listOf(
      `/v1/customers/${id}/payment_methods`,
      [...state.methods.values()].filter((method) => method.customer === id),
      params,
    ),
  'GET /v1/prices': ({ state, params }) => {
    const keys = itemsAt(params, 'lookup_keys')
    return listOf(
      '/v1/prices',
      [...state.prices.values()].filter(
        (price) => keys.length === 0 || (price.lookup_key !== null && keys.includes(price.lookup_key)),
      ),
      params,
    )
  },
  'POST /v1/prices': ({ state, params }) => {
    const lookupKey = textAt(params, 'lookup_key')
    if (lookupKey !== null && [...state.prices.values()].some((price) => price.lookup_key === lookupKey))
      throw invalid('A price already uses that lookup key.', 'resource_already_exists')
    const interval = textAt(params, 'recurring.interval')
    const price: Price = {
      ...state.thing('price', 'price', metadataAt(params)),
      active: true,
      currency: textAt(params, 'currency') ?? 'usd',
      unit_amount: wholeAt(params, 'unit_amount') ?? 0,
      lookup_key: lookupKey,
      product: textAt(params, 'product') ?? state.nextId('prod'),
      recurring: interval === null ? null : { interval },
      type: interval === null ? 'one_time' : 'recurring',
    }
    state.prices.set(price.id, price)
    return price
  },
  'POST /v1/checkout/sessions': ({ state, params }) => createSession(state, params),
  'GET /v1/checkout/sessions/:id': ({ state, id }) => need(state.sessions, 'checkout.session', id),
  'GET /v1/checkout/sessions': ({ state, params }) =>
    listOf('/v1/checkout/sessions', state.sessions.values(), params),
  'POST /v1/checkout/sessions/:id/expire': ({ state, id }) => {
    const session = need(state.sessions, 'checkout.session', id)
    expireSession(state, session)
    return session
  },
  'POST /v1/payment_intents': ({ state, params }) => {
    const method = textAt(params, 'payment_method')
    const customer = textAt(params, 'customer')
    if (method !== null && state.methods.get(method)?.customer !== customer)
      throw missing('PaymentMethod', method)
    const intent = createIntent(state, {
      amount: wholeAt(params, 'amount') ?? 0,
      currency: textAt(params, 'currency') ?? 'usd',
      customer,
      method,
      metadata: metadataAt(params),
    })
    if (flagAt(params, 'confirm')) {
      chargeIntent(state, intent, { onSession: !flagAt(params, 'off_session'), returnUrl: null })
      throwDecline(state, intent)
    }
    return show(state, intent, params)
  },
  'GET /v1/payment_intents/:id': ({ state, params, id }) =>
    show(state, need(state.intents, 'payment_intent', id), params),
  'GET /v1/payment_intents': ({ state, params }) => {
    const customer = textAt(params, 'customer')
    return listOf(
      '/v1/payment_intents',
      [...state.intents.values()].filter((intent) => customer === null || intent.customer === customer),
      params,
    )
  },
  'POST /v1/payment_intents/:id/confirm': ({ state, params, id }) => {
    const intent = need(state.intents, 'payment_intent', id)
    if (intent.status !== 'requires_payment_method')
      throw invalid(`This PaymentIntent's status is ${intent.status}.`, 'payment_intent_unexpected_state')
    intent.payment_method = textAt(params, 'payment_method') ?? intent.payment_method
    chargeIntent(state, intent, {
      onSession: !flagAt(params, 'off_session'),
      returnUrl: textAt(params, 'return_url'),
    })
    throwDecline(state, intent)
    return show(state, intent, params)
  },
  'POST /v1/payment_intents/:id/cancel': ({ state, params, id }) => {
    const intent = need(state.intents, 'payment_intent', id)
    cancelIntent(state, intent)
    return show(state, intent, params)
  },
  'POST /v1/refunds': ({ state, params }) =>
    createRefund(state, textAt(params, 'payment_intent') ?? '', wholeAt(params, 'amount')),
  'GET /v1/refunds': ({ state, params }) =>
    listOf('/v1/refunds', ofIntent(state.refunds.values(), params), params),
  'GET /v1/radar/early_fraud_warnings': ({ state, params }) =>
    listOf('/v1/radar/early_fraud_warnings', ofIntent(state.fraudWarnings.values(), params), params),
  'GET /v1/disputes': ({ state, params }) =>
    listOf('/v1/disputes', ofIntent(state.disputes.values(), params), params),
  'GET /v1/invoice_payments': ({ state, params }) => {
    const invoice = textAt(params, 'invoice')
    const intent = textAt(params, 'payment.payment_intent')
    return listOf(
      '/v1/invoice_payments',
      [...state.invoicePayments.values()].filter(
        (payment) =>
          (invoice === null || payment.invoice === invoice) &&
          (intent === null || payment.payment.payment_intent === intent),
      ),
      params,
    )
  },
  'GET /v1/invoices': ({ state, params }) => listOf('/v1/invoices', state.invoices.values(), params),
  'GET /v1/invoices/:id': ({ state, id }) => need(state.invoices, 'invoice', id),
  'GET /v1/invoices/:id/lines': ({ state, params, id }) =>
    listOf(`/v1/invoices/${id}/lines`, need(state.invoices, 'invoice', id).lines.data, params),
  'GET /v1/subscriptions': ({ state, params }) => {
    const status = textAt(params, 'status')
    return listOf(
      '/v1/subscriptions',
      [...state.subscriptions.values()].filter(
        (subscription) => status === 'all' || subscription.status !== 'canceled',
      ),
      params,
    )
  },
  'GET /v1/subscriptions/:id': ({ state, id }) => need(state.subscriptions, 'subscription', id),
  'POST /v1/subscriptions/:id': ({ state, params, id }) => updateSubscription(state, params, id),
  'DELETE /v1/subscriptions/:id': ({ state, id }) => {
    const subscription = need(state.subscriptions, 'subscription', id)
    requireLive(subscription)
    endSubscription(state, subscription)
    return subscription
  },
  'POST /v1/billing_portal/sessions': ({ state, params }) => {
    const customer = need(state.customers, 'customer', textAt(params, 'customer'))
    const thing = state.thing('bps', 'billing_portal.session')
    return {
      ...thing,
      customer: customer.id,
      return_url: textAt(params, 'return_url'),
      url: `${state.baseUrl}/portal/${customer.id}`,
    }
  },
  'GET /v1/events': ({ state, params }) => {
    const types = itemsAt(params, 'types')
    return listOf(
      '/v1/events',
      [...state.events.values()].filter((event) => types.length === 0 || types.includes(event.type)),
      params,
    )
  },
}

function updateSubscription(state: PaymentState, params: ParamMap, id: string): Subscription {
  const subscription = need(state.subscriptions, 'subscription', id)
  requireLive(subscription)
  const [item] = itemsAt(params, 'items')
  if (item instanceof Map) {
    changePrice(state, subscription, need(state.prices, 'price', textAt(item, 'price')), {
      invoiceNow: textAt(params, 'proration_behavior') === 'always_invoice',
      mustBePaid: textAt(params, 'payment_behavior') === 'error_if_incomplete',
    })
  }
  if (params.has('cancel_at_period_end')) {
    subscription.cancel_at_period_end = flagAt(params, 'cancel_at_period_end')
    subscription.canceled_at = subscription.cancel_at_period_end ? state.seconds() : null
    state.emit('customer.subscription.updated', subscription)
  }
  return need(state.subscriptions, 'subscription', id)
}

function ofIntent<Item extends { payment_intent: string }>(items: Iterable<Item>, params: ParamMap): Item[] {
  const intent = textAt(params, 'payment_intent')
  return [...items].filter((item) => intent === null || item.payment_intent === intent)
}

function show(state: PaymentState, intent: PaymentIntent, params: ParamMap): object {
  const expands = itemsAt(params, 'expand')
  const charge = state.charges.get(intent.latest_charge ?? '')
  const method = state.methods.get(intent.payment_method ?? '')
  return {
    ...intent,
    ...(expands.includes('latest_charge') && charge !== undefined ? { latest_charge: charge } : {}),
    ...(expands.includes('payment_method') && method !== undefined ? { payment_method: method } : {}),
  }
}

/** A charge that was declined is answered as an error that shows the intent. */
function throwDecline(state: PaymentState, intent: PaymentIntent): void {
  if (intent.status !== 'requires_payment_method' || intent.last_payment_error === null) return
  throw new Refusal(402, {
    ...intent.last_payment_error,
    charge: state.nextId('ch'),
    payment_intent: structuredClone(intent),
  })
}
