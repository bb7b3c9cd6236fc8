import type { BillingDeps } from './billing-deps.js'
import { accountOfCustomer, lockCustomer, setCard } from './store/customers.js'
import { nextOrd } from './store/objects.js'
import { lockSetting, makeDue } from './store/top-up-settings.js'
import { switchTopUpOff } from './switch-top-up-off.js'
import { applyFetch, applyNothing, type SyncOutcome } from './sync-outcome.js'

/**
 * Keeps the card that automatic top-up charges: the customer's default one, or the one that paid first as long as it is
 * there. Without a card top-up is switched off.
 */
export async function syncCustomer(deps: BillingDeps, id: string): Promise<SyncOutcome> {
  const ref = { kind: 'customer', id } as const
  const ord = await nextOrd(deps.db)
  const fetched = await deps.provider.fetchCustomer(id)
  if (fetched === null) return applyNothing(deps, { ref, ord }, 'gone')
  const accountId = await accountOfCustomer(deps.db, id)
  if (accountId === null) return applyNothing(deps, { ref, ord }, 'not-ours')
  return applyFetch(deps, { ref, ord, accountId }, async (tx) => {
    const customer = await lockCustomer(tx, accountId)
    const known = customer?.cardId ?? null
    const kept = known !== null && fetched.cardIds.includes(known) ? known : null
    const cardId = fetched.defaultCardId ?? kept ?? fetched.cardIds[0] ?? null
    await setCard(tx, accountId, cardId)
    const now = deps.clock.now().toJSDate()
    if (cardId === null) await switchTopUpOff(tx, accountId, 'card-removed', now)
    if (cardId !== known && (await lockSetting(tx, accountId))?.enabled === true)
      await makeDue(tx, accountId, null)
    return { changed: cardId !== known, differences: [] }
  })
}
