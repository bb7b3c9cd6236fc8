import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

/** Being switched on begins with what ends from now on: nothing of the past is sent. */
export async function writeSetting(
  tx: Tx,
  accountId: AccountId,
  enabled: boolean,
  by: { actor: string; now: Date },
): Promise<void> {
  await tx.query(
    `/* emails.writeSetting */
     insert into email_setting as s (account_id, enabled, through_seq, changed_at, changed_by)
     select account_id, $2, last_seq, $3, $4 from account_feed where account_id = $1
     on conflict (account_id) do update set enabled = $2, changed_at = $3, changed_by = $4,
       through_seq = case when $2 and not s.enabled then excluded.through_seq else s.through_seq end`,
    [accountId, enabled, by.now, by.actor],
  )
}

const ENABLED_SQL = 'select enabled from email_setting where account_id = $1'

export async function readEnabled(db: Db, accountId: AccountId): Promise<boolean> {
  const [row] = await readQuery<{ enabled: boolean }>(db, `/* emails.readEnabled */ ${ENABLED_SQL}`, [
    accountId,
  ])
  return row?.enabled ?? false
}

export interface Watermark {
  accountId: AccountId
  throughSeq: number
}

/** Accounts that follow texts with e-mails and have had events since; those after `afterId` first. */
export async function readBehind(
  db: Db,
  { afterId, limit }: { afterId: string; limit: number },
): Promise<Watermark[]> {
  const rows = await readQuery<{ account_id: AccountId; through_seq: string }>(
    db,
    `/* emails.readBehind */
     select s.account_id, s.through_seq from email_setting s join account_feed f on f.account_id = s.account_id
     where s.enabled and f.last_seq > s.through_seq order by s.account_id <= $1, s.account_id limit $2`,
    [afterId, limit],
  )
  return rows.map((row) => ({ accountId: row.account_id, throughSeq: Number(row.through_seq) }))
}

/** Never backwards, whoever else looked at the same events. */
export async function moveWatermark(tx: Tx, accountId: AccountId, throughSeq: number): Promise<void> {
  await tx.query(
    `/* emails.moveWatermark */ update email_setting set through_seq = $2 where account_id = $1 and through_seq < $2`,
    [accountId, throughSeq],
  )
}
