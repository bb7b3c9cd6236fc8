import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

/** What was agreed to elsewhere, as it is recorded once the person has said so on the phone. */
export interface AgreedElsewhere {
  purposes: string[]
  level: string
  method: string
  source: string | null
  exactText: string | null
  language: string | null
  evidence: Record<string, unknown>
  actor: string | null
  occurredAt: string
}

export interface OptInRow {
  id: string
  phone: string
  agreed: AgreedElsewhere
  requestText: string
  messageId: string | null
  requestedAt: Date
  expiresAt: Date
  state: 'waiting' | 'confirmed' | 'expired' | 'withdrawn'
  confirmedBy: string | null
}

const COLUMNS = `id, phone, agreed, request_text as "requestText", message_id as "messageId", requested_at as "requestedAt",
  expires_at as "expiresAt", state, confirmed_by as "confirmedBy"`

export async function insertOptIn(
  tx: Tx,
  accountId: AccountId,
  row: Omit<OptInRow, 'state' | 'confirmedBy'>,
): Promise<void> {
  await tx.query(
    `/* inbox.insertOptIn */
     insert into opt_in_request (id, account_id, phone, agreed, request_text, message_id, requested_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      row.id,
      accountId,
      row.phone,
      JSON.stringify(row.agreed),
      row.requestText,
      row.messageId,
      row.requestedAt,
      row.expiresAt,
    ],
  )
}

/** The request that waits for this number, ended as expired when its time is over. */
export async function waitingOptIn(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  now: Date,
): Promise<OptInRow | null> {
  await tx.query(
    `/* inbox.expireOptIn */ update opt_in_request set state = 'expired', ended_at = expires_at
     where account_id = $1 and phone = $2 and state = 'waiting' and expires_at <= $3`,
    [accountId, phone, now],
  )
  const [row] = await tx.query<OptInRow>(
    `/* inbox.waitingOptIn */ select ${COLUMNS} from opt_in_request where account_id = $1 and phone = $2 and state = 'waiting'`,
    [accountId, phone],
  )
  return row ?? null
}

/**
 * Since when the text that asks may have been on the phone; null while it has not left, or where the carrier says that it
 * did not arrive. A message names an attempt while its call is under way or its outcome is unknown, too: the person may
 * have the text long before we hear of it.
 */
export async function askedSince(tx: Tx, messageId: string): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date }>(
    `/* inbox.askedSince */
     select c.claimed_at as at from message m join attempt a on a.id = m.attempt_id join claim c on c.id = a.claim_id
     where m.id = $1
       and not exists (select from delivery d where d.attempt_id = a.id and d.status in ('failed', 'undelivered'))`,
    [messageId],
  )
  return row?.at ?? null
}

export async function markConfirmed(
  tx: Tx,
  id: string,
  end: { at: Date; confirmedBy: string; eventIds: string[] },
): Promise<void> {
  await tx.query(
    `/* inbox.confirmOptIn */ update opt_in_request set state = 'confirmed', ended_at = $2, confirmed_by = $3, event_ids = $4
     where id = $1 and state = 'waiting'`,
    [id, end.at, end.confirmedBy, end.eventIds],
  )
}

/** Ends what waits for these numbers, with `purposes` only what asks for one of them. */
export async function endWaiting(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
  { purposes, at }: { purposes: readonly string[] | null; at: Date },
): Promise<void> {
  await tx.query(
    `/* inbox.withdrawOptIns */
     update opt_in_request set state = case when expires_at <= $4 then 'expired' else 'withdrawn' end,
       ended_at = least(expires_at, $4)
     where account_id = $1 and phone = any ($2::text[]) and state = 'waiting'
       and ($3::text[] is null or agreed -> 'purposes' ?| $3)`,
    [accountId, phones, purposes, at],
  )
}

/** Newest first. */
export async function listOptInRows(
  db: Db,
  accountId: AccountId,
  page: { beforeId: string | null; limit: number },
): Promise<OptInRow[]> {
  return readQuery<OptInRow>(
    db,
    `/* inbox.listOptIns */ select ${COLUMNS} from opt_in_request
     where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [accountId, page.beforeId, page.limit],
  )
}
