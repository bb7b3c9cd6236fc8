import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { SendableMessage, SentText } from '../domain/attribute-sent.js'

/** The newest thing that this database knows to have been sent; null when it knows of none. */
export async function lastClaimedAt(db: Db): Promise<Date | null> {
  const [row] = await readQuery<{ at: Date | null }>(
    db,
    `/* messages.lastClaimedAt */ select max(claimed_at) as at from (
       select claimed_at from claim where not gate ? 'restored' order by id desc limit 1000) newest`,
  )
  return row?.at ?? null
}

/** When the first message was written: nothing of ours was sent before. */
export async function firstMessageAt(db: Db): Promise<Date | null> {
  const [row] = await readQuery<{ at: Date | null }>(
    db,
    '/* messages.firstMessageAt */ select min(created_at) as at from message',
  )
  return row?.at ?? null
}

/** Of these carrier ids, those that this database has, as an attempt's, as an observation, or as a stray. */
export async function sidsOnRecord(db: Db, sids: readonly string[]): Promise<Set<string>> {
  const rows = await readQuery<{ sid: string }>(
    db,
    `/* messages.sidsOnRecord */
     select sid from attempt where sid = any ($1::text[])
     union select sid from carrier_observation where sid = any ($1::text[])
     union select sid from carrier_stray where sid = any ($1::text[])`,
    [sids],
  )
  return new Set(rows.map((row) => row.sid))
}

/** What waits or is open for these numbers. Goes through what waits and what is open, not through all that was ever sent. */
export async function sendableMessages(
  db: Db,
  phones: readonly string[],
  sender: string,
): Promise<SendableMessage[]> {
  const rows = await readQuery<{
    id: string
    account_id: string
    campaign_id: string | null
    phone: string
    body: string
    cost: number
    attempt_id: string | null
    claimed_at: Date | null
    place: string
  }>(
    db,
    `/* messages.sendableMessages */
     select m.id, m.account_id, m.campaign_id, m.phone, b.body, m.cost, a.id as attempt_id,
       c.claimed_at, row_number() over (order by m.campaign_id nulls first, m.ordinal, m.id) as place
     from (select message_id from message_due
       union select message_id from attempt where state in ('dispatching', 'unknown') and phone = any ($1::text[])
       union select message_id from attempt where state = 'unproven' and phone = any ($1::text[])) open
     join message m on m.id = open.message_id
     join message_body b on b.message_id = m.id
     left join attempt a on a.id = m.attempt_id
     left join claim c on c.id = a.claim_id
     left join sender s on s.id = a.sender_id
     where m.phone = any ($1::text[]) and m.state in ('pending', 'dispatching', 'unknown', 'unproven')
       and (a.id is null or s.address = $2)`,
    [phones, sender],
  )
  return rows.map((row) => ({
    messageId: row.id,
    accountId: row.account_id,
    campaignId: row.campaign_id,
    phone: row.phone,
    body: row.body,
    cost: row.cost,
    attemptId: row.attempt_id,
    sinceMs: row.claimed_at?.getTime() ?? null,
    place: Number(row.place),
  }))
}

export interface ImportableRow {
  id: string
  /** Whose attempt is open for the same number, so that a second one cannot be written. */
  phone_busy: boolean
  consent_event_id: string | null
}

/** Of these, the messages that still wait; locked, in the order given. */
export async function lockImportable(
  tx: Tx,
  accountId: string,
  messageIds: readonly string[],
  senderId: number,
): Promise<Map<string, ImportableRow>> {
  const rows = await tx.query<ImportableRow>(
    `/* messages.lockImportable */
     select m.id, c.event_id as consent_event_id,
       (select true from attempt a where a.sender_id = $3 and a.phone = m.phone and a.state in ('dispatching', 'unknown')) is not null as phone_busy
     from message m left join consent c on c.account_id = m.account_id and c.phone = m.phone and c.purpose = m.purpose
     where m.id = any ($2::uuid[]) and m.account_id = $1 and m.state = 'pending' for update of m`,
    [accountId, messageIds, senderId],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Which of these carrier ids were taken meanwhile. */
export async function takenSids(tx: Tx, sids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ sid: string }>(
    `/* messages.takenSids */
     select sid from attempt where sid = any ($1::text[])
     union select sid from carrier_observation where sid = any ($1::text[])`,
    [sids],
  )
  return new Set(rows.map((row) => row.sid))
}

/** Texts that no message fits, kept so that they are known the next time. */
export async function insertStrays(
  tx: Tx,
  strays: readonly SentText[],
  sender: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `/* messages.insertStrays */
     insert into carrier_stray (sid, phone, sender, sent_at, found_at)
     select sid, phone, $4, sent_at, $5 from unnest($1::text[], $2::text[], $3::timestamptz[]) as s (sid, phone, sent_at)
     on conflict (sid) do nothing`,
    [
      strays.map((stray) => stray.sid),
      strays.map((stray) => stray.phone),
      strays.map((stray) => stray.sentAt),
      sender,
      now,
    ],
  )
}

/** The attempt of each of these carrier ids. */
export async function attemptsOfSids(
  db: Db,
  sids: readonly string[],
): Promise<Map<string, { attemptId: string; accountId: string }>> {
  const rows = await readQuery<{ sid: string; id: string; account_id: string }>(
    db,
    '/* messages.attemptsOfSids */ select sid, id, account_id from attempt where sid = any ($1::text[])',
    [sids],
  )
  return new Map(rows.map((row) => [row.sid, { attemptId: row.id, accountId: row.account_id }]))
}
