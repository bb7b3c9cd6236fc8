import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { CreditLot } from './domain/credit-lot.js'
import { findBalance, type CreditBalance } from './store/balance.js'
import { listLots } from './store/lots.js'

/** What the account has now, or null when there is no such account: for showing, never for deciding. */
export async function readCreditBalance(db: Db, accountId: AccountId): Promise<CreditBalance | null> {
  return findBalance(db, accountId)
}

export async function readCreditLots(db: Db, accountId: AccountId): Promise<CreditLot[]> {
  return listLots(db, accountId)
}
