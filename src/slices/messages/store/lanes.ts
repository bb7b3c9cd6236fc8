import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

/** Accounts that have single texts due. */
export async function accountsWithSingles(db: Db, now: Date): Promise<AccountId[]> {
  const rows = await readQuery<{ account_id: string }>(
    db,
    `/* messages.accountsWithSingles */
     select distinct account_id from message_due where campaign_id is null and not_before <= $1`,
    [now],
  )
  return rows.map((row) => trustId<AccountId>(row.account_id))
}

/** The row of a sender address, made when it is first used. */
export async function senderId(db: Db, address: string): Promise<number> {
  await readQuery(
    db,
    '/* messages.addSender */ insert into sender (address) values ($1) on conflict (address) do nothing',
    [address],
  )
  const [row] = await readQuery<{ id: number }>(
    db,
    '/* messages.senderId */ select id from sender where address = $1',
    [address],
  )
  if (row === undefined) throw new Error('a sender that was just added is there')
  return row.id
}
