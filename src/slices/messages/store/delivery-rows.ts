import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { AttemptState } from '../domain/attempt-state.js'

/** What applying a report needs to know of its attempt. */
export interface ReportedAttempt {
  id: string
  message_id: string
  campaign_id: string | null
  state: AttemptState
  sid: string | null
  phone: string
  status: string | null
  error_code: number | null
}

/** Which account each of these attempts belongs to. Ids that are no attempt are missing. */
export async function attemptOwners(db: Db, attemptIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await readQuery<{ id: string; account_id: string }>(
    db,
    '/* messages.attemptOwners */ select id, account_id from attempt where id = any ($1::uuid[])',
    [attemptIds],
  )
  return new Map(rows.map((row) => [row.id, row.account_id]))
}

export async function readReported(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
): Promise<Map<string, ReportedAttempt>> {
  const rows = await tx.query<ReportedAttempt>(
    `/* messages.readReported */
     select a.id, a.message_id, m.campaign_id, a.state, a.sid, a.phone, d.status, d.error_code
     from attempt a join message m on m.id = a.message_id left join delivery d on d.attempt_id = a.id
     where a.id = any ($2::uuid[]) and a.account_id = $1`,
    [accountId, attemptIds],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Of these carrier ids, the ones that are known already, each with the attempt it belongs to. */
export async function readSidOwners(tx: Tx, sids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ sid: string; attempt_id: string }>(
    `/* messages.readSidOwners */
     select sid, attempt_id from carrier_observation where sid = any ($1::text[])
     union all select sid, id from attempt where sid = any ($1::text[])`,
    [sids],
  )
  return new Map(rows.map((row) => [row.sid, row.attempt_id]))
}

export interface DeliveryRow {
  attemptId: string
  messageId: string
  campaignId: string | null
  status: string
  errorCode: number | null
}

/** First deliveries of attempts. One that exists already is a bug of the caller, who holds the account's lock. */
export async function insertDeliveries(
  tx: Tx,
  accountId: string,
  rows: readonly DeliveryRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `/* messages.insertDeliveries */
     insert into delivery (attempt_id, message_id, account_id, campaign_id, status, error_code, updated_at)
     select attempt_id, message_id, $1, campaign_id, status, error_code, $7
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::int[]) as d (attempt_id, message_id, campaign_id, status, error_code)`,
    [...columnsOf(accountId, rows), now],
  )
}

export async function updateDeliveries(
  tx: Tx,
  accountId: string,
  rows: readonly DeliveryRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `/* messages.updateDeliveries */
     update delivery d set status = n.status, error_code = n.error_code, updated_at = $7
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::int[]) as n (attempt_id, message_id, campaign_id, status, error_code)
     where d.attempt_id = n.attempt_id and d.account_id = $1`,
    [...columnsOf(accountId, rows), now],
  )
}

function columnsOf(accountId: string, rows: readonly DeliveryRow[]): unknown[] {
  return [
    accountId,
    rows.map((row) => row.attemptId),
    rows.map((row) => row.messageId),
    rows.map((row) => row.campaignId),
    rows.map((row) => row.status),
    rows.map((row) => row.errorCode),
  ]
}
