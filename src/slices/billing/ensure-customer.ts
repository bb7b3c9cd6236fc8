import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { accountName, customerOf, insertCustomer } from './store/customers.js'

/** The account's customer at Stripe, made when there is none. Two at once make one: the key is the account's. */
export async function ensureCustomer(deps: BillingDeps, accountId: AccountId): Promise<string> {
  const known = await customerOf(deps.db, accountId)
  if (known !== null) return known.customerId
  const made = await deps.provider.createCustomer(accountId, await accountName(deps.db, accountId))
  await inTransaction(deps.db, { name: 'billing.ensureCustomer', accountId }, (tx) =>
    insertCustomer(tx, accountId, made, deps.clock.now().toJSDate()),
  )
  return (await customerOf(deps.db, accountId))?.customerId ?? made
}
