import 'reflect-metadata'
import { systemClock } from '../src/kernel/clock.js'
import { createProvider, type PaymentProvider } from '../src/slices/billing/index.js'

/** Every request that the slice makes, once each, against a server that checks them; it answers with invented objects. */
function requests(provider: PaymentProvider): Record<string, () => Promise<unknown>> {
  const now = systemClock.now().toJSDate()
  const later = new Date(now.getTime() + 3_600_000)
  const order = {
    orderId: '01912345-0000-7000-8000-000000000000',
    accountId: '01912345-0000-7000-8000-000000000001',
    customerId: 'cus_1',
    expiresAt: later,
    successUrl: 'https://tollgate.test/billing/paid',
    cancelUrl: 'https://tollgate.test/billing/cancelled',
  }
  const change = { itemId: 'si_1', priceId: 'price_1', chargeNow: true, key: 'k' }
  return {
    ping: () => provider.ping(),
    createCustomer: () => provider.createCustomer(order.accountId, 'Acme'),
    checkOutPack: () =>
      provider.checkOutPack({ ...order, name: '1,000 credits', amountMinor: 1_500, currency: 'usd' }),
    checkOutPlan: () => provider.checkOutPlan({ ...order, priceId: 'price_1', trialDays: 14 }),
    expireCheckout: () => provider.expireCheckout('cs_1'),
    charge: async () => {
      const answer = await provider.charge({
        topUpId: order.orderId,
        accountId: order.accountId,
        customerId: 'cus_1',
        cardId: 'pm_card_visa',
        amountMinor: 1_500,
        currency: 'usd',
      })
      if (answer.kind === 'refused') throw new Error(answer.code)
    },
    findCharge: () => provider.findCharge('cus_1', order.orderId, now),
    confirmationUrl: () => provider.confirmationUrl('pi_1', 'https://tollgate.test/'),
    cancelPayment: () => provider.cancelPayment('pi_1'),
    changePlan: () => provider.changePlan('sub_1', change),
    changePlanLater: () => provider.changePlan('sub_1', { ...change, chargeNow: false }),
    cancelAtEnd: () => provider.cancelSubscription('sub_1', true),
    cancelNow: () => provider.cancelSubscription('sub_1', false),
    keepSubscription: () => provider.keepSubscription('sub_1'),
    openPortal: () => provider.openPortal('cus_1', 'https://tollgate.test/'),
    fetchPayment: () => provider.fetchPayment('pi_1'),
    fetchInvoice: () => provider.fetchInvoice('in_1'),
    fetchSubscription: () => provider.fetchSubscription('sub_1'),
    fetchSession: () => provider.fetchSession('cs_1'),
    fetchCustomer: () => provider.fetchCustomer('cus_1'),
    listSince: () => provider.listSince(now),
    listEvents: () => provider.listEvents(now, later),
    // The invented price is another one than ours, which is refused after both requests were taken.
    ensurePlanPrice: () =>
      provider
        .ensurePlanPrice({ code: 'plan_scale', name: 'Scale', amountMinor: 29_900, currency: 'usd' })
        .catch((error: unknown) => {
          if (!String(error).includes('is not the one of the price list')) throw error
        }),
  }
}

const [apiBaseUrl] = process.argv.slice(2)
if (apiBaseUrl === undefined) throw new Error('give the address of the server')
const provider = createProvider({
  apiBaseUrl,
  secretKey: 'sk_test_123',
  webhookSecrets: ['whsec_unused'],
  timeoutMs: 10_000,
  retriesMax: 0,
  publicBaseUrl: 'https://tollgate.test',
})
let refused = 0
for (const [name, ask] of Object.entries(requests(provider))) {
  try {
    await ask()
    process.stdout.write(`taken    ${name}\n`)
  } catch (error) {
    refused += 1
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    process.stdout.write(`REFUSED  ${name}: ${String(error)} ${cause}\n`)
  }
}
process.exit(refused === 0 ? 0 : 1)
