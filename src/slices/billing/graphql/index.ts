import { BillingResolver } from './billing.resolver.js'
import { PurchasesResolver } from './purchases.resolver.js'
import { ReconciliationResolver } from './reconciliation.resolver.js'

export const billingResolvers = [BillingResolver, PurchasesResolver, ReconciliationResolver] as const
