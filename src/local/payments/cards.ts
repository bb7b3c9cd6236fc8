import type { CardBehaviour, PaymentMethod } from './objects.js'
import type { PaymentState } from './payment-state.js'

/** Cards for the page, by number, as Stripe's own test cards behave. */
export const testCards: Readonly<Record<string, CardBehaviour>> = {
  '4242424242424242': { kind: 'ok' },
  '4000000000000002': { kind: 'decline', declineCode: 'generic_decline' },
  '4000000000009995': { kind: 'decline', declineCode: 'insufficient_funds' },
  '4000000000009987': { kind: 'decline', declineCode: 'lost_card' },
  '4000002760003184': { kind: 'authenticate' },
  '4000000000000077': { kind: 'slow' },
}

/** A card as somebody types it in, of no customer yet. */
export function newCard(
  state: PaymentState,
  number: string,
  behaviour: CardBehaviour = { kind: 'ok' },
): PaymentMethod {
  const method: PaymentMethod = {
    ...state.thing('pm', 'payment_method'),
    type: 'card',
    customer: null,
    card: { brand: 'visa', last4: number.slice(-4) },
  }
  state.methods.set(method.id, method)
  if (behaviour.kind !== 'ok') state.cards.set(method.id, behaviour)
  return method
}

/** As Stripe does for `setup_future_usage`: the customer has the card once it has paid. One that was declined is not kept. */
export function attachCard(state: PaymentState, method: PaymentMethod, customerId: string): void {
  if (method.customer !== null) return
  method.customer = customerId
  state.emit('payment_method.attached', method)
}
