import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

/** Accounts that have single texts due. Asked account by account: millions may wait for a later day. */
export async function accountsWithSingles(db: Db, now: Date): Promise<AccountId[]> {
  const rows = await readQuery<{ account_id: string }>(
    db,
    `/* messages.accountsWithSingles */
     select account_id from account_control a where exists (
       select from message_due d where d.account_id = a.account_id and d.campaign_id is null and d.not_before <= $1)
     order by account_id`,
    [now],
  )
  return rows.map((row) => trustId<AccountId>(row.account_id))
}

/** Accounts that have anything waiting, in no order. Asked account by account, since the queue may hold millions. */
export async function accountsWaiting(db: Db, limit: number): Promise<AccountId[]> {
  const rows = await readQuery<{ account_id: string }>(
    db,
    `/* messages.accountsWaiting */
     select account_id from account_control a
     where exists (select from message_due d where d.account_id = a.account_id) limit $1`,
    [limit],
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
