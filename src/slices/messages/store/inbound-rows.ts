import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

/**
 * Accounts that know a number, as a contact or by a record of its consent. An incoming text names the number and the
 * sender, and a sender serves many accounts. Both tables belong to contacts and are asked account by account, by the
 * keys that they have.
 */
export async function accountsKnowing(db: Db, phone: string): Promise<AccountId[]> {
  const rows = await readQuery<{ id: string }>(
    db,
    `/* messages.accountsKnowing */
     select a.id from account a
     where exists (select from contact c where c.account_id = a.id and c.phone = $1)
       or exists (select from consent s where s.account_id = a.id and s.phone = $1)
     order by a.id`,
    [phone],
  )
  return rows.map((row) => trustId<AccountId>(row.id))
}
