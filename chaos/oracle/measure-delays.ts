import { readQuery } from '../../src/platform/db/transaction.js'
import type { Db } from '../../src/platform/db/data-source.js'
import type { RecordedText } from './facts.js'

/** From the commit that forbids sending until the last text of that account, campaign or number. */
export interface ForbidDelays {
  /** Pauses, cancels, stops, lapses and revocations. */
  events: number
  /** Attempts that were authorised after the commit although it was still in force. */
  authorisedAfter: number
  /** From the commit to the last such authorisation; 0 when there was none. */
  lastAuthorisedMs: number
  /** From the commit until the carrier took the last text that had been authorised before it. */
  lastReachedMs: { median: number; p99: number; max: number; texts: number }
}

interface ForbidRow {
  at_ms: string
  authorised_after: number
  last_after_ms: string | null
  attempts_before: string[] | null
}

/**
 * Order is the order of the database (`ord` is drawn under the lock), not that of clocks: a claim with a higher number
 * than the event that forbids it, and a lower one than the next event of the same kind, was authorised too late.
 */
export async function measureDelays(db: Db, record: readonly RecordedText[]): Promise<ForbidDelays> {
  const rows = [...(await readControls(db)), ...(await readRevocations(db))]
  const acceptedAt = new Map(record.map((text) => [text.attemptId, text.acceptedAtMs]))
  const reached: number[] = []
  for (const row of rows) {
    const late = (row.attempts_before ?? [])
      .map((id) => (acceptedAt.get(id) ?? 0) - Number(row.at_ms))
      .filter((ms) => ms > 0)
    if (late.length > 0) reached.push(Math.max(...late))
  }
  reached.sort((left, right) => left - right)
  const at = (share: number): number =>
    Math.round(reached[Math.min(reached.length - 1, Math.floor(share * reached.length))] ?? 0)
  return {
    events: rows.length,
    authorisedAfter: rows.reduce((sum, row) => sum + row.authorised_after, 0),
    lastAuthorisedMs: Math.round(Math.max(0, ...rows.map((row) => Number(row.last_after_ms ?? 0)))),
    lastReachedMs: { median: at(0.5), p99: at(0.99), max: at(1), texts: reached.length },
  }
}

function readControls(db: Db): Promise<ForbidRow[]> {
  return readQuery<ForbidRow>(
    db,
    `with span as (
       select kind, key, state, at, ord, coalesce(lead(ord) over (partition by kind, key order by ord), 9223372036854775807) as until,
         lag(state) over (partition by kind, key order by ord) as before from control_event)
     select (extract(epoch from e.at) * 1000)::numeric(20, 1) as at_ms, count(c.id) filter (where c.ord > e.ord)::int as authorised_after,
       max(extract(epoch from c.claimed_at - e.at) * 1000) filter (where c.ord > e.ord) as last_after_ms,
       array_agg(a.id) filter (where c.ord < e.ord) as attempts_before
     from span e
     left join claim c on c.ord < e.until and c.claimed_at > e.at - interval '30 seconds' and (e.kind = 'platform'
       or (e.kind = 'account' and c.account_id = e.key) or (e.kind = 'campaign' and c.campaign_id = e.key))
     left join attempt a on a.claim_id = c.id
     where e.state in ('may_not_send', 'paused', 'cancelled')
       and (e.before in ('may_send', 'running') or (e.kind = 'platform' and e.before is null))
     group by e.kind, e.key, e.ord, e.at`,
  )
}

function readRevocations(db: Db): Promise<ForbidRow[]> {
  return readQuery<ForbidRow>(
    db,
    `with span as (
       select *, coalesce(lead(ord) over (partition by account_id, phone, purpose order by ord), 9223372036854775807) as until
       from consent_event)
     select (extract(epoch from e.recorded_at) * 1000)::numeric(20, 1) as at_ms, count(a.id) filter (where c.ord > e.ord)::int as authorised_after,
       max(extract(epoch from c.claimed_at - e.recorded_at) * 1000) filter (where c.ord > e.ord) as last_after_ms,
       array_agg(a.id) filter (where c.ord < e.ord) as attempts_before
     from span e
     left join message m on m.account_id = e.account_id and m.phone = e.phone and m.purpose = e.purpose
     left join attempt a on a.message_id = m.id
     left join claim c on c.id = a.claim_id and c.ord < e.until and c.claimed_at > e.recorded_at - interval '30 seconds'
     where e.action = 'revoke'
     group by e.id, e.ord, e.recorded_at`,
  )
}
