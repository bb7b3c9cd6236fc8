import { attachCard, newCard, testCards } from './cards.js'
import { chargeIntent, createIntent } from './intents.js'
import { itemsAt, metadataAt, textAt, wholeAt, type ParamMap } from './form.js'
import type { CardBehaviour, PaymentMethod, Price, Session } from './objects.js'
import { need, type PaymentState } from './payment-state.js'
import { invalid } from './refusal.js'
import { createSubscription } from './subscriptions.js'

const DAY_SECONDS = 86_400

export function createSession(state: PaymentState, params: ParamMap): Session {
  const mode = textAt(params, 'mode')
  if (mode !== 'payment' && mode !== 'subscription') throw invalid('mode is not known.', undefined, 'mode')
  const customer = need(state.customers, 'customer', textAt(params, 'customer'))
  const [item] = itemsAt(params, 'line_items')
  if (!(item instanceof Map)) throw invalid('line_items is missing.', 'parameter_missing', 'line_items')
  const price = textAt(item, 'price') === null ? null : need(state.prices, 'price', textAt(item, 'price'))
  const amount = price?.unit_amount ?? wholeAt(item, 'price_data.unit_amount') ?? 0
  const currency = price?.currency ?? textAt(item, 'price_data.currency') ?? 'usd'
  const expiresAt = wholeAt(params, 'expires_at') ?? state.seconds() + DAY_SECONDS
  const thing = state.thing('cs', 'checkout.session', metadataAt(params))
  const session: Session = {
    ...thing,
    mode,
    status: 'open',
    payment_status: 'unpaid',
    client_reference_id: textAt(params, 'client_reference_id'),
    customer: customer.id,
    payment_intent: null,
    subscription: null,
    invoice: null,
    amount_total: amount * (wholeAt(item, 'quantity') ?? 1),
    currency,
    expires_at: expiresAt,
    url: `${state.baseUrl}/pay/${thing.id}`,
    success_url: textAt(params, 'success_url') ?? '',
    cancel_url: textAt(params, 'cancel_url') ?? '',
  }
  state.sessions.set(session.id, session)
  state.carts.set(session.id, {
    price,
    trialDays: wholeAt(params, 'subscription_data.trial_period_days') ?? 0,
    metadata: metadataAt(
      params,
      mode === 'payment' ? 'payment_intent_data.metadata' : 'subscription_data.metadata',
    ),
  })
  return session
}

export function expireSession(state: PaymentState, session: Session): void {
  if (session.status !== 'open') throw invalid('Only open sessions can be expired.')
  session.status = 'expired'
  session.url = null
  state.emit('checkout.session.expired', session)
}

export type PayResult = 'paid' | 'pending' | 'declined' | 'confirm' | 'closed'

/** The customer pays a session with a card. A card that is declined leaves it open for another one. */
export function paySession(
  state: PaymentState,
  session: Session,
  card: { number: string; behaviour?: CardBehaviour },
): PayResult {
  if (session.status !== 'open' || session.expires_at <= state.seconds()) return 'closed'
  const cart = state.carts.get(session.id)
  const behaviour = card.behaviour ?? testCards[card.number] ?? { kind: 'ok' }
  const method = newCard(state, card.number, behaviour)
  if (session.mode === 'subscription' && cart?.price != null)
    return subscribe(state, session, { method, price: cart.price, cart, behaviour })
  const intent = createOrReuse(state, session, method, cart?.metadata ?? {})
  chargeIntent(state, intent, { onSession: true, returnUrl: session.success_url })
  if (intent.status === 'requires_payment_method') return 'declined'
  if (intent.status === 'requires_action') return 'confirm'
  complete(state, session, intent.status === 'succeeded' ? 'paid' : 'unpaid')
  return intent.status === 'succeeded' ? 'paid' : 'pending'
}

function createOrReuse(
  state: PaymentState,
  session: Session,
  method: PaymentMethod,
  metadata: Record<string, string>,
) {
  const known = session.payment_intent === null ? undefined : state.intents.get(session.payment_intent)
  const intent =
    known ??
    createIntent(state, {
      amount: session.amount_total,
      currency: session.currency,
      customer: session.customer,
      method: method.id,
      metadata,
    })
  intent.payment_method = method.id
  session.payment_intent = intent.id
  return intent
}

function subscribe(
  state: PaymentState,
  session: Session,
  terms: {
    method: PaymentMethod
    price: Price
    cart: { trialDays: number; metadata: Record<string, string> }
    behaviour: CardBehaviour
  },
): PayResult {
  const { method, price, cart, behaviour } = terms
  // A first payment that is declined makes no subscription: the page asks for another card.
  if (behaviour.kind !== 'ok' && cart.trialDays === 0) return 'declined'
  attachCard(state, method, session.customer)
  const { subscription, invoice } = createSubscription(state, {
    customer: session.customer,
    price,
    method: method.id,
    trialDays: cart.trialDays,
    metadata: cart.metadata,
  })
  session.subscription = subscription.id
  session.invoice = invoice.id
  complete(state, session, invoice.total === 0 ? 'no_payment_required' : 'paid')
  return 'paid'
}

export function complete(
  state: PaymentState,
  session: Session,
  paymentStatus: Session['payment_status'],
): void {
  session.status = 'complete'
  session.payment_status = paymentStatus
  session.url = null
  state.emit('checkout.session.completed', session)
}

/** A session whose payment took its time: it is told of the end of it. */
export function settleSession(state: PaymentState, intentId: string, isPaid: boolean): void {
  for (const session of state.sessions.values()) {
    if (session.payment_intent !== intentId) continue
    if (session.status === 'open') {
      if (isPaid) complete(state, session, 'paid')
    } else if (session.payment_status === 'unpaid') {
      if (isPaid) session.payment_status = 'paid'
      state.emit(`checkout.session.async_payment_${isPaid ? 'succeeded' : 'failed'}`, session)
    }
  }
}
