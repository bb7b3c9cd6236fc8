import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import type { PaymentProvider } from './provider-types.js'

export interface BillingLog {
  info(fields: Record<string, unknown>, event: string): void
  warn(fields: Record<string, unknown>, event: string): void
}

export interface BillingDeps {
  readonly db: Db
  readonly clock: Clock
  readonly provider: PaymentProvider
  readonly log: BillingLog
  /** Where customers come back to after paying. */
  readonly publicBaseUrl: string
}

/** Who moves credits when money does: the ledger's actor for everything that Stripe decides. */
export const BILLING_ACTOR = 'system:billing'
