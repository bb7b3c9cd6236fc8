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

export async function endOptIn(
  tx: Tx,
  id: string,
  end: { state: 'confirmed' | 'withdrawn'; at: Date; confirmedBy: string | null; eventIds: string[] | null },
): Promise<void> {
  await tx.query(
    `/* inbox.endOptIn */ update opt_in_request set state = $2, ended_at = $3, confirmed_by = $4, event_ids = $5
     where id = $1 and state = 'waiting'`,
    [id, end.state, end.at, end.confirmedBy, end.eventIds],
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
