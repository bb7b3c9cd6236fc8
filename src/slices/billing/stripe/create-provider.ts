import type Stripe from 'stripe'
import { AppError } from '../../../kernel/errors.js'
import { assertNoTransaction } from '../../../platform/db/transaction.js'
import type { BillingConfig } from '../billing-config.js'
import type { PaymentProvider } from '../provider-types.js'
import { connectStripe, ping } from './connect.js'
import { toOutage } from './failures.js'
import { fetchCustomer, fetchInvoice, fetchSession, fetchSubscription } from './fetch-objects.js'
import { fetchPayment } from './fetch-payment.js'
import { listEvents, listSince } from './list-objects.js'
import { cancelPayment, charge, confirmationUrl, findCharge } from './charge.js'
import {
  cancelSubscription,
  changePlan,
  checkOutPack,
  checkOutPlan,
  createCustomer,
  ensurePlanPrice,
  expireCheckout,
  keepSubscription,
  openPortal,
} from './sell.js'

/**
 * Stripe behind the slice's own words. Every call asserts that no transaction is open, and every error that is not an
 * answer becomes an AppError: `never` when Stripe said no, `later` when it could not be asked.
 */
export function createProvider(config: BillingConfig): PaymentProvider {
  const stripe = connectStripe(config)
  return {
    livemode: config.secretKey.startsWith('sk_live_') || config.secretKey.startsWith('rk_live_'),
    ping: call(stripe, 'balance', ping),
    createCustomer: call(stripe, 'customers.create', createCustomer),
    checkOutPack: call(stripe, 'checkout.sessions.create', checkOutPack),
    checkOutPlan: call(stripe, 'checkout.sessions.create', checkOutPlan),
    expireCheckout: call(stripe, 'checkout.sessions.expire', expireCheckout),
    charge: call(stripe, 'paymentIntents.create', charge),
    findCharge: call(stripe, 'paymentIntents.list', findCharge),
    confirmationUrl: call(stripe, 'paymentIntents.confirm', confirmationUrl),
    cancelPayment: call(stripe, 'paymentIntents.cancel', cancelPayment),
    ensurePlanPrice: call(stripe, 'prices', ensurePlanPrice),
    changePlan: call(stripe, 'subscriptions.update', changePlan),
    cancelSubscription: call(stripe, 'subscriptions.cancel', cancelSubscription),
    keepSubscription: call(stripe, 'subscriptions.update', keepSubscription),
    openPortal: call(stripe, 'billingPortal.sessions.create', openPortal),
    fetchPayment: call(stripe, 'payment', fetchPayment),
    fetchInvoice: call(stripe, 'invoice', fetchInvoice),
    fetchSubscription: call(stripe, 'subscription', fetchSubscription),
    fetchSession: call(stripe, 'session', fetchSession),
    fetchCustomer: call(stripe, 'customer', fetchCustomer),
    listSince: call(stripe, 'lists', listSince),
    listEvents: call(stripe, 'events', listEvents),
  }
}

function call<Args extends unknown[], Result>(
  stripe: Stripe,
  what: string,
  ask: (stripe: Stripe, ...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    assertNoTransaction()
    try {
      return await ask(stripe, ...args)
    } catch (error) {
      throw error instanceof AppError ? error : toOutage(error, what)
    }
  }
}
