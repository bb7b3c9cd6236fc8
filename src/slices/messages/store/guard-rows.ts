import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { SinglesSeen } from '../domain/runaway-rules.js'

/** More than any account sends within an hour before a rule stops it. */
const ROWS_MAX = 5_000

/**
 * The single texts from an id on that are due or have left, so that a flood is seen before it leaves. Reminders that were
 * written for later days are no flood.
 */
export async function readSinglesSince(
  db: Db,
  accountId: string,
  sinceId: string,
  now: Date,
): Promise<SinglesSeen> {
  const [row] = await readQuery<{
    texts: number
    credits: number
    same_number: number
    same_text: number
    narrow_range: number
  }>(
    db,
    `/* messages.singlesSince */
     with recent as materialized (
       select m.phone, m.cost, md5(b.body) as words from message m join message_body b on b.message_id = m.id
       where m.account_id = $1 and m.campaign_id is null and m.id >= $2
         and m.state not in ('cancelled', 'suppressed', 'expired')
         and (m.not_before <= $3 or m.state_reason = 'rate_limited')
       order by m.id desc limit ${String(ROWS_MAX)}
     )
     select (select count(*)::int from recent) as texts, (select coalesce(sum(cost), 0)::int from recent) as credits,
       (select coalesce(max(n), 0)::int from (select count(*) as n from recent group by phone) s) as same_number,
       (select coalesce(max(n), 0)::int from (select count(*) as n from recent group by phone, words) s) as same_text,
       (select coalesce(max(n), 0)::int from (
         select count(distinct phone) as n from recent group by left(phone, length(phone) - 3)) s) as narrow_range`,
    [accountId, sinceId, now],
  )
  return {
    texts: row?.texts ?? 0,
    credits: row?.credits ?? 0,
    sameNumber: row?.same_number ?? 0,
    sameText: row?.same_text ?? 0,
    narrowRange: row?.narrow_range ?? 0,
  }
}

/** Credits of single texts between two ids. */
export async function readSinglesCredits(
  db: Db,
  accountId: string,
  fromId: string,
  untilId: string,
): Promise<number> {
  const [row] = await readQuery<{ credits: string }>(
    db,
    `/* messages.singlesCredits */
     select coalesce(sum(cost), 0) as credits from message
     where account_id = $1 and campaign_id is null and id >= $2 and id < $3 and state in ('accepted', 'unproven')`,
    [accountId, fromId, untilId],
  )
  return Number(row?.credits ?? 0)
}

/** Whether an approval keeps the guard quiet, or it holds already. */
export async function readGuard(
  db: Db,
  accountId: string,
  now: Date,
): Promise<{ isHeld: boolean; isApproved: boolean }> {
  const [row] = await readQuery<{ is_held: boolean; is_approved: boolean }>(
    db,
    `/* messages.guard */
     select singles_held is not null as is_held, coalesce(singles_approved_until > $2, false) as is_approved
     from account_control where account_id = $1`,
    [accountId, now],
  )
  return { isHeld: row?.is_held ?? false, isApproved: row?.is_approved ?? false }
}

/** Claims share-lock this row: none that begins later passes. False when it is held or approved already. */
export async function writeSinglesHeld(
  tx: Tx,
  accountId: string,
  seen: Record<string, unknown>,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `/* messages.holdSingles */
     update account_control set singles_held = $2, gate_epoch = gate_epoch + 1, changed_at = clock_timestamp()
     where account_id = $1 and singles_held is null and coalesce(singles_approved_until <= $3, true) returning 1`,
    [accountId, JSON.stringify(seen), now],
  )
  return rows.length === 1
}

export async function writeSinglesApproved(tx: Tx, accountId: string, until: Date): Promise<boolean> {
  const rows = await tx.query(
    `/* messages.approveSingles */
     update account_control set singles_held = null, singles_approved_until = $2, changed_at = clock_timestamp()
     where account_id = $1 and singles_held is not null returning 1`,
    [accountId, until],
  )
  return rows.length === 1
}

export interface GuardEvent {
  accountId: string
  campaignId: string | null
  kind: 'held' | 'approved'
  rule: string | null
  seen: Record<string, unknown>
  actor: string
  reason: string | null
}

export async function insertGuardEvent(tx: Tx, event: GuardEvent): Promise<void> {
  await tx.query(
    `/* messages.guardEvent */
     insert into guard_event (account_id, campaign_id, kind, rule, seen, actor, reason) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      event.accountId,
      event.campaignId,
      event.kind,
      event.rule,
      JSON.stringify(event.seen),
      event.actor,
      event.reason,
    ],
  )
}
