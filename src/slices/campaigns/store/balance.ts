import { assert } from '../../../kernel/assert.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

/** Under the account's lock, which everything that moves credits takes: it cannot change before the commit. */
export async function readBalanceIn(
  tx: Tx,
  accountId: AccountId,
): Promise<{ available: number; debt: number }> {
  assert(
    tx.lockedAccountId === accountId,
    'a balance that is decided on is read under the lock of its account',
  )
  const [row] = await tx.query<{ available: string; debt: string }>(
    '/* campaigns.balance */ select available, debt from credit_balance where account_id = $1',
    [accountId],
  )
  assert(row !== undefined, 'every account has a balance')
  return { available: Number(row.available), debt: Number(row.debt) }
}
