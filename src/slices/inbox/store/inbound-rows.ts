import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { ReplyClass } from '../domain/classify-reply.js'

export interface NewInboundText {
  id: string
  sid: string
  accountId: AccountId | null
  contactId: string | null
  phone: string
  sender: string
  body: string
  class: ReplyClass
  mediaCount: number
  outcome: string
  receivedAt: Date
}

export async function hasInbound(tx: Tx, sid: string): Promise<boolean> {
  const rows = await tx.query('/* inbox.hasInbound */ select from inbound_text where sid = $1', [sid])
  return rows.length > 0
}

export async function insertInbound(tx: Tx, text: NewInboundText): Promise<void> {
  await tx.query(
    `/* inbox.insertInbound */
     insert into inbound_text (id, sid, account_id, contact_id, phone, sender, body, class, media_count, outcome, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      text.id,
      text.sid,
      text.accountId,
      text.contactId,
      text.phone,
      text.sender,
      text.body,
      text.class,
      text.mediaCount,
      text.outcome,
      text.receivedAt,
    ],
  )
}

/** False when this account has had this opt-out before. */
export async function markOptOut(
  tx: Tx,
  mark: { sid: string; accountId: AccountId; phone: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `/* inbox.markOptOut */ insert into inbound_opt_out (sid, account_id, phone, at) values ($1, $2, $3, $4)
     on conflict do nothing returning sid`,
    [mark.sid, mark.accountId, mark.phone, mark.at],
  )
  return rows.length === 1
}

export async function contactOf(tx: Tx, accountId: AccountId, phone: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    '/* inbox.contactOf */ select id from contact where account_id = $1 and phone = $2 and deleted_at is null',
    [accountId, phone],
  )
  return row?.id ?? null
}

export interface UnattributedText {
  id: string
  phone: string
  sender: string
  body: string
  class: ReplyClass
  outcome: string
  receivedAt: Date
}

/** Texts that belong to no account as far as can be told, newest first. */
export async function listUnattributedRows(
  db: Db,
  page: { beforeId: string | null; limit: number },
): Promise<UnattributedText[]> {
  return readQuery<UnattributedText>(
    db,
    `/* inbox.unattributed */
     select id, phone, sender, body, class, outcome, received_at as "receivedAt" from inbound_text
     where account_id is null and ($1::uuid is null or id < $1) order by id desc limit $2`,
    [page.beforeId, page.limit],
  )
}
