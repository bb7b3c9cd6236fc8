import { assert } from '../../../kernel/assert.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { SinglesSeen } from '../domain/runaway-rules.js'

/** More than any account sends within an hour before a rule stops it. */
const ROWS_MAX = 5_000

export interface GuardSight {
  /** `held` already, `approved` and so not asked, or to be judged by what was seen. */
  standing: 'held' | 'approved' | 'to-judge'
  seen: SinglesSeen
  /** Of single texts between `weekAgoId` and `hourAgoId`; 0 unless the last hour costs more than the floor. */
  weekCredits: number
}

/**
 * Everything that the guard asks before a claim, as one statement: the account's standing; unless that decides already, the
 * single texts from `hourAgoId` on that are due or have left, so that a flood is seen before it leaves; and the week before,
 * if the hour costs enough to ask. Reminders that were written for later days are no flood.
 */
export async function readGuard(
  db: Db,
  accountId: string,
  asked: { hourAgoId: string; weekAgoId: string; spendFloor: number; now: Date },
): Promise<GuardSight> {
  const [row] = await readQuery<{
    is_held: boolean
    is_approved: boolean
    texts: number
    credits: number
    same_number: number
    same_text: number
    narrow_range: number
    week_credits: string
  }>(
    db,
    `/* messages.guard */
     with control as materialized (
       select singles_held is not null as is_held, coalesce(singles_approved_until > $3, false) as is_approved
       from account_control where account_id = $1
     ), recent as materialized (
       select m.phone, m.cost, md5(b.body) as words from message m join message_body b on b.message_id = m.id
       where (select not is_held and not is_approved from control)
         and m.account_id = $1 and m.campaign_id is null and m.id >= $2
         -- Each answer has a text of the recipient that asks for it.
         and m.answers is null and m.state not in ('cancelled', 'suppressed', 'expired')
         and (m.not_before <= $3 or m.state_reason = 'rate_limited')
       order by m.id desc limit ${String(ROWS_MAX)}
     ), hour as materialized (
       select count(*)::int as texts, coalesce(sum(cost), 0)::int as credits from recent
     )
     select c.is_held, c.is_approved, h.texts, h.credits,
       (select coalesce(max(n), 0)::int from (select count(*) as n from recent group by phone) s) as same_number,
       (select coalesce(max(n), 0)::int from (select count(*) as n from recent group by phone, words) s) as same_text,
       (select coalesce(max(n), 0)::int from (
         select count(distinct phone) as n from recent group by left(phone, length(phone) - 3)) s) as narrow_range,
       case when h.credits <= $5 then 0 else (
         select coalesce(sum(cost), 0) from message
         where account_id = $1 and campaign_id is null and id >= $4 and id < $2 and state in ('accepted', 'unproven')) end as week_credits
     from control c, hour h`,
    [accountId, asked.hourAgoId, asked.now, asked.weekAgoId, asked.spendFloor],
  )
  assert(row !== undefined, 'every account has its control row')
  return {
    standing: row.is_held ? 'held' : row.is_approved ? 'approved' : 'to-judge',
    seen: {
      texts: row.texts,
      credits: row.credits,
      sameNumber: row.same_number,
      sameText: row.same_text,
      narrowRange: row.narrow_range,
    },
    weekCredits: Number(row.week_credits),
  }
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
