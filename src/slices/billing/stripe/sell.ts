import Stripe from 'stripe'
import { AppError } from '../../../kernel/errors.js'
import type { Decline } from '../domain/decline-table.js'
import type { CheckoutRequest, CreditPackCheckout, PlanCheckout, PlanPrice } from '../provider-types.js'
import { declineOf } from './failures.js'
import { secondsOf } from './read-fields.js'

export async function createCustomer(stripe: Stripe, accountId: string, name: string): Promise<string> {
  const customer = await stripe.customers.create(
    { name, metadata: { account_id: accountId } },
    { idempotencyKey: `customer:${accountId}` },
  )
  return customer.id
}

/** The order is written before; its id is the key, so that an order has one session however often this is asked. */
export async function checkOutPack(
  stripe: Stripe,
  request: CreditPackCheckout,
): Promise<{ sessionId: string; url: string | null }> {
  const { name, amountMinor, currency, ...common } = request
  const session = await stripe.checkout.sessions.create(
    {
      ...sessionParams(common),
      mode: 'payment',
      line_items: [
        { quantity: 1, price_data: { currency, unit_amount: amountMinor, product_data: { name } } },
      ],
      payment_intent_data: {
        metadata: { order_id: common.orderId, account_id: common.accountId },
        // Only methods that can be charged again are offered; the first card that pays serves top-ups.
        setup_future_usage: 'off_session',
      },
    },
    { idempotencyKey: `order:${common.orderId}` },
  )
  return { sessionId: session.id, url: session.url }
}

export async function checkOutPlan(
  stripe: Stripe,
  request: PlanCheckout,
): Promise<{ sessionId: string; url: string | null }> {
  const { priceId, trialDays, ...common } = request
  const session = await stripe.checkout.sessions.create(
    {
      ...sessionParams(common),
      mode: 'subscription',
      line_items: [{ quantity: 1, price: priceId }],
      subscription_data: {
        metadata: { order_id: common.orderId, account_id: common.accountId },
        ...(trialDays > 0 ? { trial_period_days: trialDays } : {}),
      },
    },
    { idempotencyKey: `order:${common.orderId}` },
  )
  return { sessionId: session.id, url: session.url }
}

function sessionParams(request: CheckoutRequest) {
  return {
    customer: request.customerId,
    client_reference_id: request.orderId,
    metadata: { order_id: request.orderId, account_id: request.accountId },
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    expires_at: secondsOf(request.expiresAt),
  }
}

export async function expireCheckout(stripe: Stripe, sessionId: string): Promise<void> {
  try {
    await stripe.checkout.sessions.expire(sessionId)
  } catch (error) {
    // Completed or expired meanwhile: the next fetch shows which.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
}

/** Stripe's price of a plan, found by its lookup key or made. */
export async function ensurePlanPrice(stripe: Stripe, plan: PlanPrice): Promise<string> {
  const lookupKey = `tollgate_${plan.code}`
  const found = await stripe.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 })
  const [known] = found.data
  if (known !== undefined) {
    if (known.unit_amount === plan.amountMinor && known.currency === plan.currency) return known.id
    throw new AppError({
      code: 'billing.price-differs',
      publicMessage: 'This plan cannot be bought at the moment.',
      internalMessage: `the price ${known.id} of ${plan.code} is not the one of the price list`,
    })
  }
  const price = await stripe.prices.create(
    {
      currency: plan.currency,
      unit_amount: plan.amountMinor,
      recurring: { interval: 'month' },
      lookup_key: lookupKey,
      product_data: { name: plan.name },
    },
    { idempotencyKey: `price:${plan.code}` },
  )
  return price.id
}

/** A larger plan is charged now or not given; a smaller one is billed from the next period on. */
export async function changePlan(
  stripe: Stripe,
  subscriptionId: string,
  change: { itemId: string; priceId: string; chargeNow: boolean; key: string },
): Promise<{ ok: true } | { ok: false; decline: Decline }> {
  try {
    await stripe.subscriptions.update(
      subscriptionId,
      {
        items: [{ id: change.itemId, price: change.priceId }],
        proration_behavior: change.chargeNow ? 'always_invoice' : 'none',
        payment_behavior: change.chargeNow ? 'error_if_incomplete' : 'allow_incomplete',
      },
      { idempotencyKey: change.key },
    )
    return { ok: true }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError) return { ok: false, decline: declineOf(error) }
    throw error
  }
}

export async function cancelSubscription(
  stripe: Stripe,
  subscriptionId: string,
  atPeriodEnd: boolean,
): Promise<void> {
  if (atPeriodEnd) await stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true })
  else await stripe.subscriptions.cancel(subscriptionId)
}

/** Takes a cancellation at the end of the period back. */
export async function keepSubscription(stripe: Stripe, subscriptionId: string): Promise<void> {
  await stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: false })
}

export async function openPortal(stripe: Stripe, customerId: string, returnUrl: string): Promise<string> {
  const session = await stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl })
  return session.url
}
