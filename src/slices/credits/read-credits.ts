import type { Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { CreditLot } from './domain/credit-lot.js'
import { findBalance, type CreditBalance } from './store/balance.js'
import { listExpiringLots, listLots } from './store/lots.js'

/** What the account has now, or null when there is no such account: for showing, never for deciding. */
export async function readCreditBalance(db: Db, accountId: AccountId): Promise<CreditBalance | null> {
  return findBalance(db, accountId)
}

export async function readCreditLots(db: Db, accountId: AccountId): Promise<CreditLot[]> {
  return listLots(db, accountId)
}

/** Lots whose rest runs out of time within so many days, soonest first. */
export async function readExpiringLots(
  deps: { db: Db; clock: Clock },
  accountId: AccountId,
  withinDays: number,
): Promise<CreditLot[]> {
  const now = deps.clock.now()
  return listExpiringLots(deps.db, accountId, now.toJSDate(), now.plus({ days: withinDays }).toJSDate())
}
