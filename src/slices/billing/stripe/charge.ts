import Stripe from 'stripe'
import type { ChargeAnswer, ChargeRequest } from '../provider-types.js'
import { declineOf, isRefusal } from './failures.js'
import { secondsOf } from './read-fields.js'

/**
 * Charges a saved card without its owner. One key for one top-up: however often this is posted, there is one payment. A
 * declined charge is an answer; no answer, or a server's error, is `unknown`, because Stripe replays errors it has stored.
 */
export async function charge(stripe: Stripe, request: ChargeRequest): Promise<ChargeAnswer> {
  const { topUpId, accountId, customerId, cardId, amountMinor, currency } = request
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: amountMinor,
        currency,
        customer: customerId,
        payment_method: cardId,
        off_session: true,
        confirm: true,
        allowed_payment_method_types: ['card'],
        description: 'Automatic top-up',
        metadata: { top_up_id: topUpId, account_id: accountId },
      },
      { idempotencyKey: `topup:${topUpId}` },
    )
    return { kind: 'accepted', paymentId: intent.id }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError)
      return { kind: 'declined', paymentId: error.payment_intent?.id ?? null, decline: declineOf(error) }
    if (isRefusal(error) && !saysNothing(error)) return { kind: 'refused', code: error.code ?? error.type }
    return { kind: 'unknown' }
  }
}

/**
 * A wrong key of ours says nothing about the card; and other parameters under a key that is known say that there may be a
 * payment under it already.
 */
function saysNothing(error: unknown): boolean {
  const { StripeAuthenticationError, StripeIdempotencyError, StripePermissionError } = Stripe.errors
  return (
    error instanceof StripeAuthenticationError ||
    error instanceof StripePermissionError ||
    error instanceof StripeIdempotencyError
  )
}

/** The payment of a top-up whose answer was lost. Lists show what searches may show minutes later. */
export async function findCharge(
  stripe: Stripe,
  customerId: string,
  topUpId: string,
  since: Date,
): Promise<string | null> {
  const list = stripe.paymentIntents.list({
    customer: customerId,
    created: { gte: secondsOf(since) },
    limit: 100,
  })
  for await (const intent of list) if (intent.metadata['top_up_id'] === topUpId) return intent.id
  return null
}

export async function confirmationUrl(
  stripe: Stripe,
  paymentId: string,
  returnUrl: string,
): Promise<string | null> {
  const before = await stripe.paymentIntents.retrieve(paymentId)
  const waiting = before.next_action?.redirect_to_url?.url
  if (before.status === 'requires_action' && waiting) return waiting
  if (before.status !== 'requires_payment_method' && before.status !== 'requires_confirmation') return null
  const card = before.last_payment_error?.payment_method?.id
  const intent = await stripe.paymentIntents.confirm(paymentId, {
    return_url: returnUrl,
    off_session: false,
    ...(card === undefined ? {} : { payment_method: card }),
  })
  return intent.next_action?.redirect_to_url?.url ?? null
}

/** Ends a payment that nobody confirmed. One that has moved on meanwhile is left alone. */
export async function cancelPayment(stripe: Stripe, paymentId: string): Promise<void> {
  try {
    await stripe.paymentIntents.cancel(paymentId, { cancellation_reason: 'abandoned' })
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
}
