import type { Charge, Dispute, FraudWarning, Refund } from './objects.js'
import { need, type PaymentState } from './payment-state.js'
import { invalid } from './refusal.js'

function chargeOf(state: PaymentState, intentId: string): Charge {
  return need(state.charges, 'charge', need(state.intents, 'payment_intent', intentId).latest_charge)
}

/** The amount that nobody has asked back yet. */
export function refundable(state: PaymentState, intentId: string): number {
  const intent = state.intents.get(intentId)
  if (intent?.status !== 'succeeded') return 0
  const refunded = [...state.refunds.values()]
    .filter((refund) => refund.payment_intent === intentId && !['failed', 'canceled'].includes(refund.status))
    .reduce((sum, refund) => sum + refund.amount, 0)
  return intent.amount_received - refunded
}

export function createRefund(
  state: PaymentState,
  intentId: string,
  amount: number | null,
  status: Refund['status'] = 'succeeded',
): Refund {
  const charge = chargeOf(state, intentId)
  const left = refundable(state, intentId)
  const wanted = amount ?? left
  if (wanted < 1 || wanted > left)
    throw invalid('Refund amount is greater than unrefunded amount on charge.', 'charge_already_refunded')
  const refund: Refund = {
    ...state.thing('re', 'refund'),
    amount: wanted,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: intentId,
    status,
    reason: null,
  }
  state.refunds.set(refund.id, refund)
  sumUp(state, charge)
  state.emit('refund.created', refund)
  state.emit('charge.refunded', charge)
  return refund
}

export function moveRefund(state: PaymentState, refund: Refund, status: Refund['status']): void {
  refund.status = status
  sumUp(state, need(state.charges, 'charge', refund.charge))
  state.emit(status === 'failed' ? 'refund.failed' : 'refund.updated', refund)
}

/** The bank of the card says that its owner knows nothing of the payment. No money moves. */
export function warnOfFraud(state: PaymentState, intentId: string): FraudWarning {
  const charge = chargeOf(state, intentId)
  const warning: FraudWarning = {
    ...state.thing('issfr', 'radar.early_fraud_warning'),
    charge: charge.id,
    payment_intent: intentId,
    fraud_type: 'unauthorized_use_of_card',
    actionable: !charge.refunded && !charge.disputed,
  }
  state.fraudWarnings.set(warning.id, warning)
  state.emit('radar.early_fraud_warning.created', warning)
  return warning
}

function endWarnings(state: PaymentState, charge: Charge): void {
  for (const warning of state.fraudWarnings.values()) {
    if (warning.charge !== charge.id || !warning.actionable) continue
    warning.actionable = false
    state.emit('radar.early_fraud_warning.updated', warning)
  }
}

function sumUp(state: PaymentState, charge: Charge): void {
  charge.amount_refunded = charge.amount - refundable(state, charge.payment_intent)
  charge.refunded = charge.amount_refunded === charge.amount
  if (charge.refunded) endWarnings(state, charge)
}

/** An inquiry (`warning_needs_response`) moves no money; a dispute does, at once. */
export function openDispute(
  state: PaymentState,
  intentId: string,
  how: { inquiry: boolean; amount: number | null },
): Dispute {
  const charge = chargeOf(state, intentId)
  const dispute: Dispute = {
    ...state.thing('dp', 'dispute'),
    amount: how.amount ?? charge.amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: intentId,
    status: how.inquiry ? 'warning_needs_response' : 'needs_response',
    reason: 'fraudulent',
    balance_transactions: [],
  }
  state.disputes.set(dispute.id, dispute)
  charge.disputed = true
  state.emit('charge.dispute.created', dispute)
  endWarnings(state, charge)
  if (!how.inquiry) withdraw(state, dispute)
  return dispute
}

export function withdraw(state: PaymentState, dispute: Dispute): void {
  if (held(dispute) > 0) return
  if (dispute.status.startsWith('warning_')) dispute.status = 'needs_response'
  moveMoney(state, dispute, -dispute.amount)
  state.emit('charge.dispute.funds_withdrawn', dispute)
}

export function reinstate(state: PaymentState, dispute: Dispute): void {
  if (held(dispute) <= 0) return
  moveMoney(state, dispute, held(dispute))
  state.emit('charge.dispute.funds_reinstated', dispute)
}

/** How a dispute ends: won gives the money back, lost keeps it away, an inquiry ends without either. */
export function closeDispute(state: PaymentState, dispute: Dispute, status: string): void {
  dispute.status = status
  state.emit('charge.dispute.closed', dispute)
  if (status === 'won') reinstate(state, dispute)
}

/** A lost dispute is taken up again. */
export function appeal(state: PaymentState, dispute: Dispute): void {
  dispute.status = 'appeal_under_review'
  state.emit('charge.dispute.updated', dispute)
}

function held(dispute: Dispute): number {
  return -dispute.balance_transactions.reduce((sum, moved) => sum + moved.amount, 0)
}

function moveMoney(state: PaymentState, dispute: Dispute, amount: number): void {
  dispute.balance_transactions.push({
    id: state.nextId('txn'),
    object: 'balance_transaction',
    amount,
    currency: dispute.currency,
  })
}
