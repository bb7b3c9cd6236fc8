import { newId, type AccountId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { chargeTopUp } from './charge-top-up.js'
import { monthOf, planTopUp } from './domain/top-up-plan.js'
import { lockCustomer } from './store/customers.js'
import { topUpPrice, type PriceListItem } from './store/price-list.js'
import { availableOf, clearDue, isFrozen, lockSetting, makeDue, readDue } from './store/top-up-settings.js'
import { commitAmount, committedIn, insertTopUp, openTopUpOf, type TopUpId } from './store/top-ups.js'

/**
 * Starts what is due: accounts whose credits fell below their mark, noted by the hold that did it. However many look at
 * once, one top-up runs for an account (unique index), and what a month has charged and waits for never passes its cap
 * (constraint). The charge is posted after the commit.
 */
export async function startTopUps(
  deps: BillingDeps,
  options: { limit: number } = { limit: 50 },
): Promise<{ started: number }> {
  const accountIds = await readDue(deps.db, deps.clock.now().toJSDate(), options.limit)
  const price = accountIds.length === 0 ? null : await topUpPrice(deps.db)
  let started = 0
  for (const accountId of accountIds) {
    try {
      const topUpId = await inTransaction(deps.db, { name: 'billing.startTopUp', accountId }, (tx) =>
        start(tx, deps, accountId, price),
      )
      if (topUpId === null) continue
      started += 1
      await chargeTopUp(deps, topUpId)
    } catch (error) {
      // One account's trouble keeps nobody else waiting; the sweep over open top-ups takes this one up again.
      deps.log.warn({ accountId, err: error }, 'billing.top-up.failed')
    }
  }
  return { started }
}

async function start(
  tx: Tx,
  deps: BillingDeps,
  accountId: AccountId,
  price: PriceListItem | null,
): Promise<TopUpId | null> {
  const now = deps.clock.now().toJSDate()
  const month = monthOf(now)
  const setting = await lockSetting(tx, accountId)
  const cardId = (await lockCustomer(tx, accountId))?.cardId ?? null
  const plan = planTopUp({
    setting,
    price,
    now,
    availableCredits: await availableOf(tx, accountId),
    hasCard: cardId !== null,
    frozen: await isFrozen(tx, accountId),
    openTopUp: (await openTopUpOf(tx, accountId)) !== null,
    committedMinor: await committedIn(tx, accountId, month),
  })
  if (!plan.start) {
    if (plan.lookAgainAt === null) await clearDue(tx, accountId)
    else await makeDue(tx, accountId, plan.lookAgainAt)
    return null
  }
  if (setting === null || price === null || cardId === null) return null
  const id = newId<TopUpId>()
  const { credits, amountMinor } = plan
  await commitAmount(tx, accountId, month, amountMinor, setting.monthlyCapMinor)
  await insertTopUp(tx, {
    id,
    accountId,
    credits,
    amountMinor,
    month,
    cardId,
    now,
    currency: price.currency,
  })
  await clearDue(tx, accountId)
  await appendEvent(tx, {
    accountId,
    topic: 'billing',
    payload: { kind: 'top-up', topUpId: id, state: 'requested', credits },
  })
  return id
}
