import type Stripe from 'stripe'
import type { FetchedPayment } from '../provider-types.js'
import { declineOf, isMissing } from './failures.js'
import { dateOf, idOf } from './read-fields.js'

/**
 * One payment with everything that money did on it. Whatever happens between these questions has an event of its own,
 * which asks again.
 */
export async function fetchPayment(stripe: Stripe, id: string): Promise<FetchedPayment | null> {
  const intent = await stripe.paymentIntents
    .retrieve(id, { expand: ['latest_charge', 'payment_method'] })
    .catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
  if (intent === null) return null
  const orderId = intent.metadata['order_id'] ?? null
  const topUpId = intent.metadata['top_up_id'] ?? null
  const ours = orderId !== null || topUpId !== null
  const charged = intent.latest_charge
  return {
    id: intent.id,
    status: intent.status,
    currency: intent.currency,
    amountMinor: intent.amount,
    receivedMinor: intent.amount_received,
    customerId: idOf(intent.customer),
    cardId: cardOf(intent.payment_method),
    orderId,
    topUpId,
    invoiceId: ours ? null : await findInvoice(stripe, id),
    refunds: intent.amount_received > 0 ? await readRefunds(stripe, id) : [],
    disputes: intent.amount_received > 0 ? await readDisputes(stripe, id) : [],
    fraudWarned: intent.amount_received > 0 && (await isWarned(stripe, id)),
    failure: intent.last_payment_error === null ? null : declineOf(intent.last_payment_error),
    receiptUrl: typeof charged === 'object' && charged !== null ? charged.receipt_url : null,
    createdAt: dateOf(intent.created),
  }
}

/** Null for a method that is no card: top-ups charge cards only. */
function cardOf(method: Stripe.PaymentIntent['payment_method']): string | null {
  if (typeof method === 'object' && method !== null && method.type !== 'card') return null
  return idOf(method)
}

async function findInvoice(stripe: Stripe, id: string): Promise<string | null> {
  const found = await stripe.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: id },
    limit: 1,
  })
  const [first] = found.data
  return first === undefined ? null : idOf(first.invoice)
}

async function readRefunds(stripe: Stripe, id: string): Promise<FetchedPayment['refunds']> {
  const refunds: FetchedPayment['refunds'][number][] = []
  for await (const refund of stripe.refunds.list({ payment_intent: id, limit: 100 }))
    refunds.push({ id: refund.id, status: refund.status, amountMinor: refund.amount })
  return refunds
}

/** Early fraud warnings come before disputes; one that needs nothing any more (refunded, disputed) is history. */
async function isWarned(stripe: Stripe, id: string): Promise<boolean> {
  const warnings = await stripe.radar.earlyFraudWarnings.list({ payment_intent: id, limit: 100 })
  return warnings.data.some((warning) => warning.actionable)
}

async function readDisputes(stripe: Stripe, id: string): Promise<FetchedPayment['disputes']> {
  const disputes: FetchedPayment['disputes'][number][] = []
  for await (const dispute of stripe.disputes.list({ payment_intent: id, limit: 100 }))
    disputes.push({
      id: dispute.id,
      status: dispute.status,
      amountMinor: dispute.amount,
      // Our balance may be in another currency than the charge: then only the direction can be compared.
      movedMinor: dispute.balance_transactions.map((moved) =>
        moved.currency === dispute.currency ? moved.amount : Math.sign(moved.amount) * dispute.amount,
      ),
    })
  return disputes
}
