import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

/**
 * Accounts that know a number: as a contact, by a record of its consent, or because they have asked it to opt in. An incoming text names the number and the
 * sender, and a sender serves many accounts. The tables are asked account by account, by the keys that they have.
 */
export async function accountsKnowing(db: Db, phone: string): Promise<AccountId[]> {
  const rows = await readQuery<{ id: string }>(
    db,
    `/* inbox.accountsKnowing */
     select a.id from account a
     where exists (select from contact c where c.account_id = a.id and c.phone = $1)
       or exists (select from consent s where s.account_id = a.id and s.phone = $1)
       or exists (select from opt_in_request o where o.account_id = a.id and o.phone = $1)
     order by a.id`,
    [phone],
  )
  return rows.map((row) => trustId<AccountId>(row.id))
}

const NEWEST_TEXTS = 200

/**
 * Of these accounts, the one whose text the number last got from one of these senders, by the newest attempt: among each
 * account's newest single texts to the number, and its campaigns' text to it.
 */
export async function lastToText(
  db: Db,
  accountIds: readonly AccountId[],
  phone: string,
  senders: readonly string[],
): Promise<AccountId | null> {
  const [row] = await readQuery<{ account_id: string }>(
    db,
    `/* inbox.lastToText */
     select a.account_id from (
       select m.id from unnest($1::uuid[]) as one (id)
       cross join lateral (
         select id from message where account_id = one.id and phone = $2 and campaign_id is null order by id desc limit $4
       ) m
       union all
       select m.id from message_tally t
       cross join lateral (select id from message where campaign_id = t.campaign_id and phone = $2 offset 0) m
       where t.account_id = any ($1::uuid[])
     ) texts
     join attempt a on a.message_id = texts.id
     join sender s on s.id = a.sender_id and s.address = any ($3::text[])
     order by a.id desc limit 1`,
    [accountIds, phone, senders, NEWEST_TEXTS],
  )
  return row === undefined ? null : trustId<AccountId>(row.account_id)
}
