import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import { wakeFollowers } from '../../../platform/realtime/event-log.js'

/** What followers of breaches wait for. */
export const BREACHES_FOLLOWED = 'audit-breaches'

export interface Breach {
  id: string
  invariant: string
  accountId: string | null
  what: string
  stops: boolean
  firstSeenAt: Date
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  acknowledgedReason: string | null
  clearedAt: Date | null
}

interface BreachRecord {
  id: string
  invariant: string
  account_id: string | null
  what: string
  stops: boolean
  first_seen_at: Date
  acknowledged_at: Date | null
  acknowledged_by: string | null
  acknowledged_reason: string | null
  cleared_at: Date | null
}

const BREACHES = `select b.id, b.invariant, b.account_id, b.what, b.stops, b.first_seen_at, a.at as acknowledged_at,
    a.actor as acknowledged_by, a.reason as acknowledged_reason, c.at as cleared_at
  from audit_breach b
  left join audit_breach_end a on a.breach_id = b.id and a.kind = 'acknowledged'
  left join audit_breach_end c on c.breach_id = b.id and c.kind = 'cleared'`

function toBreach(row: BreachRecord): Breach {
  return {
    id: row.id,
    invariant: row.invariant,
    accountId: row.account_id,
    what: row.what,
    stops: row.stops,
    firstSeenAt: row.first_seen_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedReason: row.acknowledged_reason,
    clearedAt: row.cleared_at,
  }
}

/** Breaches that no full audit has found gone, answered for or not. */
export async function openBreaches(db: Db): Promise<Breach[]> {
  const rows = await readQuery<BreachRecord>(
    db,
    `/* audit.openBreaches */ ${BREACHES} where c.at is null order by b.id`,
  )
  return rows.map(toBreach)
}

export interface BreachQuery {
  accountId: string | null
  /** Only those that nobody has answered for and that were not found gone. */
  openOnly: boolean
  beforeId: string | null
  limit: number
}

/** Newest first. */
export async function listBreachRows(db: Db, query: BreachQuery): Promise<Breach[]> {
  const rows = await readQuery<BreachRecord>(
    db,
    `/* audit.listBreaches */ ${BREACHES}
     where ($1::uuid is null or b.account_id = $1) and ($2::bigint is null or b.id < $2)
       and (not $3::bool or (a.at is null and c.at is null))
     order by b.id desc limit $4`,
    [query.accountId, query.beforeId, query.openOnly, query.limit],
  )
  return rows.map(toBreach)
}

/** What stands in each of these accounts, answered for or not; the newest few of each. */
export async function breachesOfAccounts(
  db: Db,
  accountIds: readonly string[],
  perAccount: number,
): Promise<Breach[]> {
  const rows = await readQuery<BreachRecord>(
    db,
    `/* audit.breachesOfAccounts */ select s.* from unnest($1::uuid[]) as n (account_id) cross join lateral (
       ${BREACHES} where b.account_id = n.account_id and c.at is null order by b.id desc limit $2) s`,
    [accountIds, perAccount],
  )
  return rows.map(toBreach)
}

/** Oldest first, after an id. Only the holder of the watch writes them, so ids are in the order of commits. */
export async function breachRowsAfter(db: Db, afterId: string, limit: number): Promise<Breach[]> {
  const rows = await readQuery<BreachRecord>(
    db,
    `/* audit.breachesAfter */ ${BREACHES} where b.id > $1 order by b.id limit $2`,
    [afterId, limit],
  )
  return rows.map(toBreach)
}

export async function lastBreachId(db: Db): Promise<string> {
  const [row] = await readQuery<{ id: string }>(
    db,
    '/* audit.lastBreach */ select coalesce(max(id), 0) as id from audit_breach',
  )
  return row?.id ?? '0'
}

export async function findBreach(tx: Tx, id: string): Promise<Breach | null> {
  const [row] = await tx.query<BreachRecord>(`/* audit.findBreach */ ${BREACHES} where b.id = $1`, [id])
  return row === undefined ? null : toBreach(row)
}

export interface NewBreach {
  invariant: string
  accountId: string | null
  what: string
  stops: boolean
}

export async function insertBreaches(
  tx: Tx,
  breaches: readonly NewBreach[],
  now: Date,
): Promise<{ id: string; invariant: string }[]> {
  if (breaches.length > 0) await wakeFollowers(tx, BREACHES_FOLLOWED)
  return tx.query<{ id: string; invariant: string }>(
    `/* audit.insertBreaches */
     insert into audit_breach (invariant, account_id, what, stops, first_seen_at)
     select invariant, account_id, what, stops, $5
     from unnest($1::text[], $2::uuid[], $3::text[], $4::bool[]) as b (invariant, account_id, what, stops)
     returning id, invariant`,
    [
      breaches.map((breach) => breach.invariant),
      breaches.map((breach) => breach.accountId),
      breaches.map((breach) => breach.what),
      breaches.map((breach) => breach.stops),
      now,
    ],
  )
}

export async function insertEnds(
  tx: Tx,
  ends: {
    ids: readonly string[]
    kind: 'acknowledged' | 'cleared'
    actor: string
    reason: string
    now: Date
  },
): Promise<void> {
  await tx.query(
    `/* audit.insertEnds */
     insert into audit_breach_end (breach_id, kind, actor, reason, at)
     select id, $2, $3, $4, $5 from unnest($1::bigint[]) as b (id)`,
    [ends.ids, ends.kind, ends.actor, ends.reason, ends.now],
  )
}

export type LookKind = 'news' | 'full'

export interface LookRow {
  kind: LookKind
  endedAt: Date
  tookMs: number
  cleanAt: Date | null
  /** It ended by an error and says nothing about the data. */
  failed: boolean
}

export async function readLooks(db: Db): Promise<LookRow[]> {
  const rows = await readQuery<{
    kind: LookKind
    ended_at: Date
    took_ms: number
    clean_at: Date | null
    failed: boolean
  }>(db, '/* audit.readLooks */ select kind, ended_at, took_ms, clean_at, failed from audit_look')
  return rows.map((row) => ({
    kind: row.kind,
    endedAt: row.ended_at,
    tookMs: row.took_ms,
    cleanAt: row.clean_at,
    failed: row.failed,
  }))
}

export async function writeLook(
  db: Db,
  look: { kind: LookKind; endedAt: Date; tookMs: number; clean: boolean; failed: boolean },
): Promise<void> {
  await readQuery(
    db,
    `/* audit.writeLook */
     insert into audit_look as l (kind, ended_at, took_ms, clean_at, failed)
     values ($1, $2, $3, case when $4::bool then $2::timestamptz end, $5)
     on conflict (kind) do update set ended_at = excluded.ended_at, took_ms = excluded.took_ms, failed = excluded.failed,
       clean_at = coalesce(excluded.clean_at, l.clean_at)`,
    [look.kind, look.endedAt, look.tookMs, look.clean, look.failed],
  )
}
