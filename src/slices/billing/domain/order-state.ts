import type { TransitionTable } from '../../../kernel/transitions.js'

export type OrderState = 'created' | 'open' | 'pending' | 'paid' | 'failed' | 'expired'

/** `pending` waits for a slow payment method. `paid` is the end: what goes back later is the payment's affair. */
export const orderMoves: TransitionTable<OrderState> = {
  created: ['open', 'pending', 'paid', 'failed', 'expired'],
  open: ['pending', 'paid', 'failed', 'expired'],
  pending: ['paid', 'failed', 'expired'],
  // Money is stronger than a word that came before it.
  failed: ['paid'],
  expired: ['paid'],
  paid: [],
}

export interface SessionFacts {
  status: string | null
  paymentStatus: string
}

/** What a Checkout session says about its order. `unpaid` and complete: a payment method that takes days. */
export function orderStateOf({ status, paymentStatus }: SessionFacts): OrderState {
  if (status === 'expired') return 'expired'
  if (status !== 'complete') return 'open'
  return paymentStatus === 'paid' || paymentStatus === 'no_payment_required' ? 'paid' : 'pending'
}
