import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { StorableEvent } from '../domain/storable.js'

/** A stored event that waits for its consumer. */
export interface InboxRow {
  id: string
  route: string
  params: Readonly<Record<string, string | readonly string[]>>
  receivedAt: Date
  tries: number
}

/**
 * Stores events, once each, and returns how many were new. A single statement and its own commit: there is nothing to
 * isolate it from, and whatever arrived twice at the same time is kept once by the key.
 */
export async function insertEvents(db: Db, events: readonly StorableEvent[]): Promise<number> {
  const [row] = await readQuery<{ added: number }>(
    db,
    `/* webhooks.insertEvents */
     with added as (
       insert into webhook_inbox (provider, dedupe_key, route, params)
       select provider, dedupe_key, route, params
       from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) with ordinality as e (provider, dedupe_key, route, params, place)
       order by place
       on conflict (provider, dedupe_key) do nothing returning 1
     ) select count(*)::int as added from added`,
    [
      events.map((event) => event.provider),
      events.map((event) => event.dedupeKey),
      events.map((event) => event.route),
      events.map((event) => event.params),
    ],
  )
  return row?.added ?? 0
}

/** What waits for a consumer and is due, oldest first. */
export async function readWaiting(
  db: Db,
  query: { provider: string; now: Date; limit: number },
): Promise<InboxRow[]> {
  const rows = await readQuery<InboxRecord>(
    db,
    `/* webhooks.readWaiting */
     select id, route, params, received_at, tries from webhook_inbox
     where provider = $1 and applied_at is null and quarantined_at is null and retry_at <= $2
     order by id limit $3`,
    [query.provider, query.now, query.limit],
  )
  return rows.map((row) => ({
    id: row.id,
    route: row.route,
    params: row.params,
    receivedAt: row.received_at,
    tries: row.tries,
  }))
}

interface InboxRecord {
  id: string
  route: string
  params: InboxRow['params']
  received_at: Date
  tries: number
}

/** Of these, the ones that nobody has applied meanwhile and nobody is applying now; they stay locked until the end. */
export async function lockWaiting(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `/* webhooks.lockWaiting */
     select id from webhook_inbox where id = any ($1::bigint[]) and applied_at is null and quarantined_at is null
     for update skip locked`,
    [ids],
  )
  return new Set(rows.map((row) => row.id))
}

export interface AppliedRow {
  id: string
  /** What it did, in a word or two. */
  outcome: string
}

/** Writes that events were applied, in the transaction that applied them. They must be locked. */
export async function markApplied(tx: Tx, applied: readonly AppliedRow[], now: Date): Promise<void> {
  if (applied.length === 0) return
  await tx.query(
    `/* webhooks.markApplied */
     update webhook_inbox i set applied_at = $3, outcome = a.outcome, problem = null
     from unnest($1::bigint[], $2::text[]) as a (id, outcome) where i.id = a.id`,
    [applied.map((row) => row.id), applied.map((row) => row.outcome), now],
  )
}
