import { refundable } from '../src/local/payments/money-back.js'
import { clearFraudWarning } from '../src/slices/billing/index.js'
import { pick } from './customer-steps.js'
import type { Stage } from './stage.js'

/** Gives money back: in part, in several parts, as pending; later some of it fails. */
export function refundSome(stage: Stage): void {
  const { control, state } = stage.payments
  const payments = [...state.intents.keys()].filter((id) => refundable(state, id) > 0)
  if (payments.length === 0) return
  const id = pick(stage, payments)
  const left = refundable(state, id)
  const amount = stage.random.next() < 0.4 ? left : 1 + Math.floor(stage.random.next() * left)
  control.refund(id, amount, stage.random.next() < 0.3 ? 'pending' : 'succeeded')
}

export function moveSomeRefund(stage: Stage): void {
  const { control, state } = stage.payments
  const refunds = [...state.refunds.values()].filter(
    (refund) => !['failed', 'canceled'].includes(refund.status),
  )
  if (refunds.length === 0) return
  const refund = pick(stage, refunds)
  if (refund.status === 'pending')
    control.moveRefund(
      refund.id,
      pick(stage, ['succeeded', 'failed', 'canceled', 'requires_action'] as const),
    )
  else control.moveRefund(refund.id, 'failed')
}

export function disputeSome(stage: Stage): void {
  const { control, state } = stage.payments
  const disputed = new Set([...state.disputes.values()].map((dispute) => dispute.payment_intent))
  const payments = [...state.intents.values()].filter(
    (intent) => intent.status === 'succeeded' && !disputed.has(intent.id),
  )
  if (payments.length === 0) return
  const intent = pick(stage, payments)
  const amount = stage.random.next() < 0.7 ? intent.amount : Math.ceil(intent.amount / 2)
  control.dispute(intent.id, { inquiry: stage.random.next() < 0.4, amount })
}

/** A bank reports a payment as fraud; often an administrator looks into it, and clears it. */
export async function warnSome(stage: Stage): Promise<void> {
  const { control, state } = stage.payments
  const paid = [...state.intents.values()].filter((intent) => intent.status === 'succeeded')
  const warned = [...state.fraudWarnings.values()].map((warning) => warning.payment_intent)
  if (warned.length > 0 && stage.random.next() < 0.6) {
    const paymentId = pick(stage, warned)
    const clearance = { paymentId, actor: 'admin:storm', reason: 'The owner called.' }
    if ((await clearFraudWarning(stage.deps, clearance)).ok) stage.cleared.add(paymentId)
    return
  }
  if (paid.length > 0) control.warnOfFraud(pick(stage, paid).id)
}

export function moveSomeDispute(stage: Stage): void {
  const { control, state } = stage.payments
  const disputes = [...state.disputes.values()]
  if (disputes.length === 0) return
  const dispute = pick(stage, disputes)
  if (dispute.status.startsWith('warning_needs'))
    control.moveDispute(dispute.id, pick(stage, ['withdraw', 'warning_closed'] as const))
  else if (dispute.status === 'lost') control.moveDispute(dispute.id, 'appeal')
  else if (['needs_response', 'appeal_under_review'].includes(dispute.status))
    control.moveDispute(dispute.id, pick(stage, ['won', 'lost', 'reinstate', 'withdraw'] as const))
}
