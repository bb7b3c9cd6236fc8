import type { Tx } from '../../../platform/db/transaction.js'
import { DRAW_ORDER } from './draw-order.js'
import { addLot } from './lots.js'

export interface UnchargedAttempt {
  attemptId: string
  cost: number
}

/** Of these attempts, the ones whose whole hold was given back (released, or captured and refunded) and that were not charged since. */
export async function findGivenBack(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
): Promise<UnchargedAttempt[]> {
  const rows = await tx.query<{ attempt_id: string; cost: string }>(
    `/* credits.findGivenBack */
     with hold as materialized (
       select account_id, seq, amount, attempt_id from credit_transfer
       where ledger_key(account_id) = ledger_key($1) and attempt_id = any ($2::uuid[]) and kind = 'hold'
     )
     select hold.attempt_id, sum(hold.amount) as cost from hold
     left join credit_transfer r on ledger_key(r.account_id) = ledger_key($1) and r.ref_seq = hold.seq and r.kind in ('capture', 'release')
     left join credit_transfer f on ledger_key(f.account_id) = ledger_key($1) and f.ref_seq = r.seq and f.kind = 'refund'
     where not exists (select from credit_transfer l where ledger_key(l.account_id) = ledger_key($1)
       and l.attempt_id = hold.attempt_id and l.kind = 'late_charge')
     group by hold.attempt_id
     having bool_and(coalesce(r.kind = 'release', false) or f.seq is not null)
     order by min(hold.seq)`,
    [accountId, attemptIds],
  )
  return rows.map((row) => ({ attemptId: row.attempt_id, cost: Number(row.cost) }))
}

export interface LateCharge {
  accountId: string
  attemptId: string
  cost: number
  /** How much of it the account does not have. */
  shortfall: number
  actor: string
  reason: string
}

/**
 * Charges from the lots in draw order. A shortfall is advanced by a lot of its own, spent at once, and owed: so every
 * credit that is spent has a lot to go back to, should this be refunded, whatever has paid the debt meanwhile.
 */
export async function postLateCharge(tx: Tx, charge: LateCharge): Promise<void> {
  const { accountId, attemptId, cost, shortfall, actor, reason } = charge
  const origin = `late:${attemptId}`
  const advanced = { accountId, source: 'adjustment', priority: 50, expiresAt: null, origin } as const
  const lotNo = shortfall > 0 ? await addLot(tx, { ...advanced, amountCredits: shortfall }) : null
  await tx.query(
    `/* credits.postLateCharge */
     with actor as materialized (
       select set_config('tollgate.actor', $7, true), set_config('tollgate.reason', $8, true)
     ), balance as materialized (
       select seq from credit_balance where account_id = $1 for update
     ), lot as materialized (
       select lot_no, sum(remaining) over spent_first - remaining as base, sum(remaining) over spent_first as upto
       from credit_lot where account_id = $1 and remaining > 0
       window spent_first as (order by ${DRAW_ORDER})
     ), taken as (
       select lot_no, least(upto, $3::bigint) - base as amount from lot where base < $3::bigint
       union all select $5::int, $4::bigint where $4::bigint > 0
     ), part as (
       select 1 as step, 0 as place, 'grant'::transfer_kind_name as kind, $4::bigint as amount, $5::int as lot_no,
         null::uuid as attempt_id, null::smallint as part, 'grant:' || $6::text as op_key where $4::bigint > 0
       union all
       select 2, lot_no, 'late_charge', amount, lot_no, $2::uuid, row_number() over (order by lot_no)::smallint, null from taken
       union all
       select 3, 0, 'debt_charge', $4::bigint, $5::int, null, null, $6::text where $4::bigint > 0
     )
     insert into credit_transfer (account_id, seq, kind, amount, lot_no, attempt_id, part, op_key)
     select $1, balance.seq + row_number() over (order by step, place), kind, amount, lot_no, attempt_id, part, op_key
     from part, balance, actor`,
    [accountId, attemptId, cost, shortfall, lotNo, origin, actor, reason],
  )
}
