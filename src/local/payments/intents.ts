import { attachCard } from './cards.js'
import type { Charge, PaymentError, PaymentIntent } from './objects.js'
import type { PaymentState } from './payment-state.js'
import { invalid } from './refusal.js'

export interface IntentTerms {
  amount: number
  currency: string
  customer: string | null
  method: string | null
  metadata: Record<string, string>
}

export function createIntent(state: PaymentState, terms: IntentTerms): PaymentIntent {
  const thing = state.thing('pi', 'payment_intent', terms.metadata)
  const intent: PaymentIntent = {
    ...thing,
    amount: terms.amount,
    amount_received: 0,
    currency: terms.currency,
    customer: terms.customer,
    payment_method: terms.method,
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    status: 'requires_payment_method',
    client_secret: `${thing.id}_secret`,
  }
  state.intents.set(intent.id, intent)
  state.emit('payment_intent.created', intent)
  return intent
}

/** Charges the card of an intent. With the customer in front of the screen a bank's question can be answered. */
export function chargeIntent(
  state: PaymentState,
  intent: PaymentIntent,
  how: { onSession: boolean; returnUrl: string | null },
): void {
  if (intent.payment_method === null) throw invalid('A payment method is needed.', 'parameter_missing')
  const card = state.cards.get(intent.payment_method) ?? { kind: 'ok' }
  switch (card.kind) {
    case 'ok':
      succeed(state, intent)
      return
    case 'slow':
      intent.status = 'processing'
      state.emit('payment_intent.processing', intent)
      return
    case 'decline':
      fail(state, intent, {
        type: 'card_error',
        code: 'card_declined',
        decline_code: card.declineCode,
        ...(card.adviceCode === undefined ? {} : { advice_code: card.adviceCode }),
        message: 'Your card was declined.',
      })
      return
    case 'authenticate':
      if (how.onSession) ask(state, intent, how.returnUrl)
      else
        fail(state, intent, {
          type: 'card_error',
          code: 'authentication_required',
          decline_code: 'authentication_required',
          message: 'Your card was declined. This transaction requires authentication.',
        })
  }
}

function ask(state: PaymentState, intent: PaymentIntent, returnUrl: string | null): void {
  intent.status = 'requires_action'
  intent.last_payment_error = null
  intent.next_action = {
    type: 'redirect_to_url',
    redirect_to_url: { url: `${state.baseUrl}/confirm/${intent.id}`, return_url: returnUrl },
  }
  state.emit('payment_intent.requires_action', intent)
}

export function succeed(state: PaymentState, intent: PaymentIntent): void {
  if (intent.status === 'succeeded' || intent.status === 'canceled') return
  const method = state.methods.get(intent.payment_method ?? '')
  if (method !== undefined && intent.customer !== null) attachCard(state, method, intent.customer)
  const charge: Charge = {
    ...state.thing('ch', 'charge', intent.metadata),
    amount: intent.amount,
    amount_refunded: 0,
    refunded: false,
    currency: intent.currency,
    customer: intent.customer,
    payment_intent: intent.id,
    receipt_url: `${state.baseUrl}/receipts/${intent.id}`,
    disputed: false,
  }
  state.charges.set(charge.id, charge)
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.latest_charge = charge.id
  intent.next_action = null
  intent.last_payment_error = null
  state.emit('charge.succeeded', charge)
  state.emit('payment_intent.succeeded', intent)
}

export function fail(state: PaymentState, intent: PaymentIntent, error: PaymentError): void {
  intent.status = 'requires_payment_method'
  intent.next_action = null
  intent.last_payment_error = {
    ...error,
    ...(intent.payment_method === null
      ? {}
      : { payment_method: { id: intent.payment_method, object: 'payment_method' } }),
  }
  state.emit('payment_intent.payment_failed', intent)
}

export function cancelIntent(state: PaymentState, intent: PaymentIntent): void {
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing')
    throw invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      'payment_intent_unexpected_state',
    )
  intent.status = 'canceled'
  intent.next_action = null
  state.emit('payment_intent.canceled', intent)
}

/** The customer at the bank's page: yes or no. */
export function answerBank(state: PaymentState, intent: PaymentIntent, isYes: boolean): void {
  if (intent.status !== 'requires_action') return
  if (isYes) succeed(state, intent)
  else
    fail(state, intent, {
      type: 'card_error',
      code: 'payment_intent_authentication_failure',
      decline_code: 'authentication_required',
      message: 'The customer did not confirm the payment.',
    })
}

/** A slow payment comes to its end. */
export function finishSlow(state: PaymentState, intent: PaymentIntent, isPaid: boolean): void {
  if (intent.status !== 'processing') return
  if (isPaid) succeed(state, intent)
  else
    fail(state, intent, {
      type: 'card_error',
      code: 'payment_intent_payment_attempt_failed',
      decline_code: 'generic_decline',
      message: 'The payment failed.',
    })
}
