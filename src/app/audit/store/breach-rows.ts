import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

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
}

export async function readLooks(db: Db): Promise<LookRow[]> {
  const rows = await readQuery<{ kind: LookKind; ended_at: Date; took_ms: number; clean_at: Date | null }>(
    db,
    '/* audit.readLooks */ select kind, ended_at, took_ms, clean_at from audit_look',
  )
  return rows.map((row) => ({
    kind: row.kind,
    endedAt: row.ended_at,
    tookMs: row.took_ms,
    cleanAt: row.clean_at,
  }))
}

export async function writeLook(
  db: Db,
  look: { kind: LookKind; endedAt: Date; tookMs: number; clean: boolean },
): Promise<void> {
  await readQuery(
    db,
    `/* audit.writeLook */
     insert into audit_look as l (kind, ended_at, took_ms, clean_at) values ($1, $2, $3, case when $4::bool then $2::timestamptz end)
     on conflict (kind) do update set ended_at = excluded.ended_at, took_ms = excluded.took_ms,
       clean_at = coalesce(excluded.clean_at, l.clean_at)`,
    [look.kind, look.endedAt, look.tookMs, look.clean],
  )
}
