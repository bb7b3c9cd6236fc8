import { assert } from '../../../kernel/assert.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

/** Countries that the account may text. */
export async function readAllowedCountries(tx: Tx, accountId: AccountId): Promise<string[]> {
  const [row] = await tx.query<{ allowed_countries: string[] }>(
    '/* appointments.allowedCountries */ select allowed_countries from account_control where account_id = $1',
    [accountId],
  )
  assert(row !== undefined, 'every account has its control row')
  return row.allowed_countries
}
