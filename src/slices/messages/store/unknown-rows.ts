import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { AttemptState, Evidence } from '../domain/attempt-state.js'
import type { MessageState } from '../domain/message-state.js'
import type { UnknownDecision } from '../domain/unknown-decision.js'

/** An attempt that is or was of unknown outcome, with what the program knows of it. */
export interface UnknownRow {
  attemptId: string
  accountId: string
  messageId: string
  campaignId: string | null
  state: AttemptState
  evidence: Evidence | null
  reason: string | null
  sid: string | null
  attempt: number
  cost: number
  money: 'held' | 'charged' | 'charged_late' | 'given_back'
  provedLate: boolean
  decided: boolean
  claimedAt: Date
  notAfter: Date
  usefulUntil: Date | null
  resolvedAt: Date | null
  policy: 'P0' | 'P1'
  /** It is still believed that the carrier refuses late calls. */
  fenceHolds: boolean
  worker: string
  gate: Record<string, unknown>
  lookUps: number
  lastLookUpAt: Date | null
  lastVerdict: string | null
  lookedUpInVain: boolean
  phone: string
  country: string
  purpose: string
  messageState: MessageState
  calls: number
}

/** `$1` is ε + Λ in milliseconds. */
const UNKNOWN_SQL = `
  select a.id as "attemptId", a.account_id as "accountId", a.message_id as "messageId", c.campaign_id as "campaignId", a.state, a.evidence,
    a.reason, a.sid, a.n as attempt, a.cost, a.resolved_at as "resolvedAt", c.claimed_at as "claimedAt", c.not_after as "notAfter",
    nullif(m.expires_at, 'infinity') as "usefulUntil", c.unknown_policy as policy,
    (select fence_proved_at is not null from platform_control) as "fenceHolds", c.worker, c.gate, m.country, m.purpose, a.phone,
    m.state as "messageState", m.tries as calls, asked.times as "lookUps", last.at as "lastLookUpAt", last.verdict as "lastVerdict",
    asked.in_vain as "lookedUpInVain",
    exists (select from late_proof p where p.attempt_id = a.id and p.closed_as <> 'accepted') as "provedLate",
    exists (select from unknown_decision d where d.attempt_id = a.id) as decided,
    case when a.state in ('dispatching', 'unknown') then 'held' when money.late then 'charged_late' when money.captured then 'charged'
      else 'given_back' end as money
  from attempt a join claim c on c.id = a.claim_id join message m on m.id = a.message_id
  cross join lateral (
    select count(*)::int as times, coalesce(bool_or(l.verdict in ('too_early', 'absent') and l.candidates = 0
      and (l.details->>'askedAt')::timestamptz > c.not_after + $1::float8 * interval '1 millisecond'), false) as in_vain
    from look_up l where l.attempt_id = a.id
  ) asked
  left join lateral (select at, verdict from look_up l where l.attempt_id = a.id order by id desc limit 1) last on true
  cross join lateral (
    select coalesce(bool_or(t.kind = 'late_charge'), false) as late, coalesce(bool_or(t.kind = 'capture'), false) as captured
    from (
      select r.seq, r.kind from credit_transfer h
      join credit_transfer r on ledger_key(r.account_id) = ledger_key(h.account_id) and r.ref_seq = h.seq and r.kind in ('capture', 'release')
      where ledger_key(h.account_id) = ledger_key(a.account_id) and h.attempt_id = a.id and h.kind = 'hold'
      union all
      select l.seq, l.kind from credit_transfer l
      where ledger_key(l.account_id) = ledger_key(a.account_id) and l.attempt_id = a.id and l.kind = 'late_charge'
    ) t
    where not exists (select from credit_transfer f where ledger_key(f.account_id) = ledger_key(a.account_id) and f.ref_seq = t.seq
      and f.kind = 'refund')
  ) money`

export type UnknownKind = 'unknown' | 'unproven' | 'late_proved'

/** Where the attempts of each kind are found. */
const FOUND: Readonly<Record<UnknownKind, string>> = {
  unknown: `select id from attempt where state = 'unknown'`,
  unproven: `select id from attempt where state = 'unproven'`,
  late_proved: `select attempt_id as id from late_proof where closed_as <> 'accepted'`,
}

export interface UnknownQuery {
  /** Null: of all accounts. */
  accountId: string | null
  kinds: readonly UnknownKind[]
  campaignId: string | null
  /** Authorised before this moment. */
  before: Date | null
  afterId: string | null
  limit: number
  windowMs: number
}

/** Oldest first. */
export async function listUnknown(db: Db, query: UnknownQuery): Promise<UnknownRow[]> {
  if (query.kinds.length === 0) return []
  const found = query.kinds.map((kind) => `${FOUND[kind]} and ($2::uuid is null or account_id = $2)`)
  return readQuery<UnknownRow>(
    db,
    `/* messages.listUnknown */ ${UNKNOWN_SQL}
     where a.id in (${found.join(' union ')}) and ($3::uuid is null or c.campaign_id = $3)
       and ($4::timestamptz is null or c.claimed_at < $4) and ($5::uuid is null or a.id > $5)
     order by a.id limit $6`,
    [query.windowMs, query.accountId, query.campaignId, query.before, query.afterId, query.limit],
  )
}

const ONE = `${UNKNOWN_SQL} where a.id = $2 and a.account_id = $3`

export async function readUnknown(
  db: Db,
  accountId: string,
  attemptId: string,
  windowMs: number,
): Promise<UnknownRow | null> {
  const [row] = await readQuery<UnknownRow>(db, `/* messages.readUnknown */ ${ONE}`, [
    windowMs,
    attemptId,
    accountId,
  ])
  return row ?? null
}

/** The same under the account's lock, for whoever decides. */
export async function readUnknownLocked(
  tx: Tx,
  accountId: string,
  attemptId: string,
  windowMs: number,
): Promise<UnknownRow | null> {
  const [row] = await tx.query<UnknownRow>(`/* messages.readUnknownLocked */ ${ONE} for update of a`, [
    windowMs,
    attemptId,
    accountId,
  ])
  return row ?? null
}

export interface DecisionRow {
  accountId: string
  attemptId: string
  messageId: string
  decision: UnknownDecision
  actor: string
  reason: string
}

export async function insertDecision(tx: Tx, row: DecisionRow): Promise<void> {
  await tx.query(
    `/* messages.insertDecision */
     insert into unknown_decision (account_id, attempt_id, message_id, decision, actor, reason) values ($1, $2, $3, $4, $5, $6)`,
    [row.accountId, row.attemptId, row.messageId, row.decision, row.actor, row.reason],
  )
}

/** Over all accounts, for the metrics. */
export async function countUnknown(
  db: Db,
): Promise<{ unknown: number; unproven: number; lateProved: number; oldestClaimedAt: Date | null }> {
  const [row] = await readQuery<{
    unknown: number
    unproven: number
    late_proved: number
    oldest: Date | null
  }>(
    db,
    `/* messages.countUnknown */
     select (select count(*)::int from attempt where state = 'unknown') as unknown,
       (select count(*)::int from attempt where state = 'unproven') as unproven,
       (select count(*)::int from late_proof where closed_as <> 'accepted') as late_proved,
       (select min(c.claimed_at) from attempt a join claim c on c.id = a.claim_id where a.state = 'unknown') as oldest`,
  )
  return {
    unknown: row?.unknown ?? 0,
    unproven: row?.unproven ?? 0,
    lateProved: row?.late_proved ?? 0,
    oldestClaimedAt: row?.oldest ?? null,
  }
}
