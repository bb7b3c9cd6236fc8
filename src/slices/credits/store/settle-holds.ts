import type { Tx } from '../../../platform/db/transaction.js'

/** The holds of the attempts $2, by their own index. Materialized, so that nothing else is joined to the table first. */
const ATTEMPT_HOLDS = `attempt_hold as materialized (
       select account_id, seq, amount, lot_no from credit_transfer
       where ledger_key(account_id) = ledger_key($1) and attempt_id = any ($2::uuid[]) and kind = 'hold'
     )`

/** Captures every hold of these attempts. Raises 23505 when one of them is resolved already. Returns credits captured. */
export async function postCaptures(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
): Promise<number> {
  const [row] = await tx.query<{ credits: string }>(
    `/* credits.postCaptures */
     with actor as materialized (
       select set_config('tollgate.actor', $3, true), set_config('tollgate.reason', '', true)
     ), balance as materialized (
       select seq from credit_balance where account_id = $1 for update
     ), ${ATTEMPT_HOLDS}, posted as (
       insert into credit_transfer (account_id, seq, kind, amount, lot_no, ref_seq)
       select $1, balance.seq + row_number() over (order by hold.seq), 'capture', hold.amount, hold.lot_no, hold.seq
       from attempt_hold hold, balance, actor
       returning amount
     )
     select coalesce(sum(amount), 0) as credits from posted`,
    [accountId, attemptIds, actor],
  )
  return Number(row?.credits ?? 0)
}

/** Releases every hold of these attempts to its lot; a debt is paid first. Raises 23505 when one is resolved already. */
export async function postReleases(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
): Promise<number> {
  const [row] = await tx.query<{ credits: string }>(
    `/* credits.postReleases */
     with actor as materialized (
       select set_config('tollgate.actor', $3, true), set_config('tollgate.reason', '', true)
     ), balance as materialized (
       select seq, debt from credit_balance where account_id = $1 for update
     ), ${ATTEMPT_HOLDS}, hold as materialized (
       select seq, amount, lot_no, sum(amount) over (order by seq) as upto from attempt_hold
     ), part as (
       select 1 as step, 'release'::transfer_kind_name as kind, amount, lot_no, seq as ref_seq, seq as place from hold
       union all
       select 2, 'debt_repayment', least(amount, debt - (upto - amount)), lot_no, null, hold.seq
       from hold, balance where upto - amount < debt
     ), posted as (
       insert into credit_transfer (account_id, seq, kind, amount, lot_no, ref_seq)
       select $1, balance.seq + row_number() over (order by step, place), kind, amount, lot_no, ref_seq
       from part, balance, actor
     )
     select coalesce(sum(amount), 0) as credits from hold`,
    [accountId, attemptIds, actor],
  )
  return Number(row?.credits ?? 0)
}

/** Gives back what these attempts were charged, in time or late, each credit to the lot it came from; a debt is paid first. */
export async function postRefunds(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
  actor: string,
  reason: string,
): Promise<number> {
  const [row] = await tx.query<{ credits: string }>(
    `/* credits.postRefunds */
     with actor as materialized (
       select set_config('tollgate.actor', $3, true), set_config('tollgate.reason', $4, true)
     ), balance as materialized (
       select seq, debt from credit_balance where account_id = $1 for update
     ), ${ATTEMPT_HOLDS}, charge as materialized (
       select c.seq, c.amount, c.lot_no
       from attempt_hold hold
       join credit_transfer c on ledger_key(c.account_id) = ledger_key($1) and c.ref_seq = hold.seq and c.kind in ('capture', 'release')
         and c.kind = 'capture'
       union all
       select seq, amount, lot_no from credit_transfer
       where ledger_key(account_id) = ledger_key($1) and attempt_id = any ($2::uuid[]) and kind = 'late_charge'
     ), capture as materialized (
       select c.seq, c.amount, c.lot_no, sum(c.amount) over (order by c.seq) as upto from charge c
       where not exists (select from credit_transfer r where ledger_key(r.account_id) = ledger_key($1) and r.ref_seq = c.seq and r.kind = 'refund')
     ), part as (
       select 1 as step, 'refund'::transfer_kind_name as kind, amount, lot_no, seq as ref_seq, seq as place from capture
       union all
       select 2, 'debt_repayment', least(amount, debt - (upto - amount)), lot_no, null, capture.seq
       from capture, balance where upto - amount < debt
     ), posted as (
       insert into credit_transfer (account_id, seq, kind, amount, lot_no, ref_seq)
       select $1, balance.seq + row_number() over (order by step, place), kind, amount, lot_no, ref_seq
       from part, balance, actor
     )
     select coalesce(sum(amount), 0) as credits from capture`,
    [accountId, attemptIds, actor, reason],
  )
  return Number(row?.credits ?? 0)
}

/** The attempts of a message of this account, or null when there is no such message. */
export async function attemptsOfMessage(
  tx: Tx,
  accountId: string,
  messageId: string,
): Promise<string[] | null> {
  const [row] = await tx.query<{ attempt_ids: string[] }>(
    `/* credits.attemptsOfMessage */
     select coalesce((select array_agg(a.id) from attempt a where a.message_id = m.id), '{}') as attempt_ids
     from message m where m.id = $2 and m.account_id = $1`,
    [accountId, messageId],
  )
  return row?.attempt_ids ?? null
}
