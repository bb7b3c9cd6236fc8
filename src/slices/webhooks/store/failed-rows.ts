import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface FailureRecord {
  id: string
  problem: string
  now: Date
  /** When it is due again, unless this was its last try. */
  retryAt: Date
  triesMax: number
}

/** Counts a failure against an event; the last one sets it aside. */
export async function writeFailure(tx: Tx, failure: FailureRecord): Promise<{ quarantined: boolean }> {
  const [row] = await tx.query<{ quarantined: boolean }>(
    `/* webhooks.writeFailure */
     update webhook_inbox set tries = tries + 1, problem = $2, retry_at = $4,
       quarantined_at = case when tries + 1 >= $5 then $3::timestamptz end
     where id = $1 and applied_at is null and quarantined_at is null
     returning quarantined_at is not null as quarantined`,
    [failure.id, failure.problem, failure.now, failure.retryAt, failure.triesMax],
  )
  return { quarantined: row?.quarantined ?? false }
}

/** As an administrator sees it: no field of the event itself, since those hold phone numbers and texts. */
export interface StoredWebhook {
  id: string
  provider: string
  route: string
  receivedAt: Date
  tries: number
  problem: string | null
  outcome: string | null
  appliedAt: Date | null
  quarantinedAt: Date | null
  replayedAt: Date | null
}

interface StoredRecord {
  id: string
  provider: string
  route: string
  received_at: Date
  tries: number
  problem: string | null
  outcome: string | null
  applied_at: Date | null
  quarantined_at: Date | null
  replayed_at: Date | null
}

const COLUMNS = `id, provider, route, received_at, tries, problem, outcome, applied_at, quarantined_at, replayed_at`

function toStored(row: StoredRecord): StoredWebhook {
  return {
    id: row.id,
    provider: row.provider,
    route: row.route,
    receivedAt: row.received_at,
    tries: row.tries,
    problem: row.problem,
    outcome: row.outcome,
    appliedAt: row.applied_at,
    quarantinedAt: row.quarantined_at,
    replayedAt: row.replayed_at,
  }
}

/** Events that were set aside, oldest first, after the given id. */
export async function readQuarantined(
  db: Db,
  query: { afterId: string | null; limit: number },
): Promise<StoredWebhook[]> {
  const rows = await readQuery<StoredRecord>(
    db,
    `/* webhooks.readQuarantined */
     select ${COLUMNS} from webhook_inbox
     where quarantined_at is not null and ($1::bigint is null or id > $1) order by id limit $2`,
    [query.afterId, query.limit],
  )
  return rows.map(toStored)
}

/** Makes an event due again, with all its tries; null when there is none of this id, or it waits anyway. */
export async function resetEvent(
  tx: Tx,
  reset: { id: string; actor: string; now: Date },
): Promise<StoredWebhook | null> {
  const [row] = await tx.query<StoredRecord>(
    `/* webhooks.resetEvent */
     update webhook_inbox set tries = 0, retry_at = '-infinity', quarantined_at = null, applied_at = null, outcome = null,
       replayed_at = $2, replayed_by = $3
     where id = $1 and (applied_at is not null or quarantined_at is not null)
     returning ${COLUMNS}`,
    [reset.id, reset.now, reset.actor],
  )
  return row === undefined ? null : toStored(row)
}

export async function eventExists(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query('/* webhooks.eventExists */ select 1 from webhook_inbox where id = $1', [id])
  return rows.length > 0
}

/** Events received for one route, oldest first. */
export async function readOfRoute(
  db: Db,
  query: { provider: string; keyPrefix: string; limit: number },
): Promise<(StoredWebhook & { params: Readonly<Record<string, string | readonly string[]>> })[]> {
  const rows = await readQuery<StoredRecord & { params: Record<string, string | readonly string[]> }>(
    db,
    `/* webhooks.readOfRoute */
     select ${COLUMNS}, params from webhook_inbox
     where provider = $1 and dedupe_key >= $2 and dedupe_key < $2 || chr(1114111) order by id limit $3`,
    [query.provider, query.keyPrefix, query.limit],
  )
  return rows.map((row) => ({ ...toStored(row), params: row.params }))
}

/** Has applied events waited for again: those of this outcome whose parameter `key` has one of these values. */
export async function reopenEvents(
  tx: Tx,
  which: { provider: string; outcome: string; key: string; values: readonly string[] },
): Promise<number> {
  const rows = await tx.query(
    `/* webhooks.reopenEvents */
     update webhook_inbox set applied_at = null, outcome = null, tries = 0, retry_at = '-infinity'
     where provider = $1 and outcome = $2 and applied_at is not null and params ->> $3 = any ($4::text[])
     returning id`,
    [which.provider, which.outcome, which.key, which.values],
  )
  return rows.length
}
