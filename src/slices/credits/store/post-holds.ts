import type { Tx } from '../../../platform/db/transaction.js'
import { DRAW_ORDER } from './draw-order.js'

export interface HoldRequest {
  attemptId: string
  /** Credits. */
  cost: number
}

export interface HoldLimits {
  /** Credits that must stay available afterwards. */
  reserveCredits: number
  /** Most credits that these holds may take together, or null. */
  capCredits: number | null
  now: Date
  actor: string
}

export interface PostedHolds {
  /** The first so many requests got their hold, the rest did not. */
  held: number
  availableBefore: number
  /** Lots have run out of time and must be expired first; nothing was held. */
  lotsDue: boolean
}

/** Holds the longest prefix of the requests that fits, split over lots in draw order, in one statement. */
export async function postHolds(
  tx: Tx,
  accountId: string,
  requests: readonly HoldRequest[],
  limits: HoldLimits,
): Promise<PostedHolds> {
  const [row] = await tx.query<{ held: number; available: string; lots_due: boolean }>(
    `/* credits.postHolds */
     with balance as materialized (
       select available, seq from credit_balance where account_id = $1 for update
     ), due as materialized (
       select exists (select from credit_lot where account_id = $1 and remaining > 0 and expires_at <= $6) as lots_due
     ), actor as materialized (
       select set_config('tollgate.actor', $7, true), set_config('tollgate.reason', '', true)
     ), request as (
       select attempt_id, cost, place, sum(cost) over (order by place) as upto
       from unnest($2::uuid[], $3::int[]) with ordinality as r (attempt_id, cost, place)
     ), fitting as materialized (
       select request.* from request, balance, due
       where not lots_due and upto <= least(available - $4::bigint, coalesce($5::bigint, available))
     ), lot as materialized (
       select lot_no, sum(remaining) over spent_first - remaining as base, sum(remaining) over spent_first as upto
       from credit_lot where account_id = $1 and remaining > 0
       window spent_first as (order by ${DRAW_ORDER})
     ), part as (
       select f.place, f.attempt_id, lot.lot_no, least(f.upto, lot.upto) - greatest(f.upto - f.cost, lot.base) as amount
       from fitting f join lot on lot.base < f.upto and lot.upto > f.upto - f.cost
     ), posted as (
       insert into credit_transfer (account_id, seq, kind, amount, lot_no, attempt_id, part)
       select $1, balance.seq + row_number() over (order by place, lot_no), 'hold', part.amount, part.lot_no, part.attempt_id,
         row_number() over (partition by place order by lot_no)
       from part, balance, actor
     )
     select (select count(*)::int from fitting) as held, balance.available, due.lots_due from balance, due`,
    [
      accountId,
      requests.map((request) => request.attemptId),
      requests.map((request) => request.cost),
      limits.reserveCredits,
      limits.capCredits,
      limits.now,
      limits.actor,
    ],
  )
  return {
    held: row?.held ?? 0,
    availableBefore: Number(row?.available ?? 0),
    lotsDue: row?.lots_due ?? false,
  }
}
