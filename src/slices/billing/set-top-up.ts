import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { priceOf, TOP_UP_CREDITS_MAX, TOP_UP_MINOR_MIN, type TopUpSetting } from './domain/top-up-plan.js'
import { lockCustomer } from './store/customers.js'
import { topUpPrice } from './store/price-list.js'
import { clearDue, makeDue, writeSetting } from './store/top-up-settings.js'

export type TopUpTerms = Omit<TopUpSetting, 'restUntil'>

export type SetTopUpResult =
  | { ok: true }
  | { ok: false; reason: 'no-card' | 'out-of-range' | 'target-below-threshold' | 'cap-too-small' }

/**
 * Switches automatic top-up on, off or to other terms. Switching it on forgets earlier declines and looks at the balance
 * at once. The month's cap counts what this month has charged already. Refused without a saved card, and for terms
 * under which no top-up could ever happen.
 */
export async function setTopUp(
  deps: Pick<BillingDeps, 'db' | 'clock'>,
  accountId: AccountId,
  terms: TopUpTerms,
): Promise<SetTopUpResult> {
  const problem = await problemOf(deps, terms)
  if (problem !== null) return { ok: false, reason: problem }
  return inTransaction(deps.db, { name: 'billing.setTopUp', accountId }, async (tx) => {
    const customer = await lockCustomer(tx, accountId)
    if (terms.enabled && (customer?.cardId ?? null) === null) return { ok: false, reason: 'no-card' }
    await writeSetting(tx, accountId, terms, deps.clock.now().toJSDate())
    if (terms.enabled) await makeDue(tx, accountId, null)
    else await clearDue(tx, accountId)
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'top-up-setting', enabled: terms.enabled },
    })
    return { ok: true }
  })
}

async function problemOf(
  { db }: Pick<BillingDeps, 'db'>,
  terms: TopUpTerms,
): Promise<Exclude<SetTopUpResult, { ok: true }>['reason'] | null> {
  const { thresholdCredits, credits, mode, monthlyCapMinor } = terms
  const isCount = (value: number): boolean =>
    Number.isSafeInteger(value) && value >= 1 && value <= TOP_UP_CREDITS_MAX
  if (![thresholdCredits, credits, monthlyCapMinor].every(isCount)) return 'out-of-range'
  if (mode === 'target' && credits <= thresholdCredits) return 'target-below-threshold'
  const price = await topUpPrice(db)
  const least = mode === 'fixed' ? credits : credits - thresholdCredits
  const leastMinor = price === null ? 0 : Math.max(TOP_UP_MINOR_MIN, priceOf(least, price))
  return leastMinor > monthlyCapMinor ? 'cap-too-small' : null
}
