import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { CreditLot, LotSource } from '../domain/credit-lot.js'
import { DRAW_ORDER } from './draw-order.js'

interface LotRow {
  lot_no: number
  source: LotSource
  amount: string
  remaining: string
  priority: number
  expires_at: Date | null
  origin: string
  created_at: Date
}

function toLot(row: LotRow): CreditLot {
  return {
    lotNo: row.lot_no,
    source: row.source,
    amountCredits: Number(row.amount),
    remainingCredits: Number(row.remaining),
    priority: row.priority,
    expiresAt: row.expires_at,
    origin: row.origin,
    createdAt: row.created_at,
  }
}

const LOT_COLUMNS = 'lot_no, source, amount, remaining, priority, expires_at, origin, created_at'

export async function findLotByOrigin(tx: Tx, accountId: string, origin: string): Promise<CreditLot | null> {
  const [row] = await tx.query<LotRow>(
    `/* credits.findLotByOrigin */ select ${LOT_COLUMNS} from credit_lot where account_id = $1 and origin = $2`,
    [accountId, origin],
  )
  return row === undefined ? null : toLot(row)
}

export async function findLot(tx: Tx, accountId: string, lotNo: number): Promise<CreditLot | null> {
  const [row] = await tx.query<LotRow>(
    `/* credits.findLot */ select ${LOT_COLUMNS} from credit_lot where account_id = $1 and lot_no = $2`,
    [accountId, lotNo],
  )
  return row === undefined ? null : toLot(row)
}

/** All lots, the ones that are spent next first. */
export async function listLots(db: Db, accountId: string): Promise<CreditLot[]> {
  const rows = await readQuery<LotRow>(
    db,
    `/* credits.listLots */ select ${LOT_COLUMNS} from credit_lot where account_id = $1 order by (remaining = 0), ${DRAW_ORDER}`,
    [accountId],
  )
  return rows.map(toLot)
}

/** Lots whose rest expires between two moments, soonest first. */
export async function listExpiringLots(
  db: Db,
  accountId: string,
  after: Date,
  before: Date,
): Promise<CreditLot[]> {
  const rows = await readQuery<LotRow>(
    db,
    `/* credits.listExpiringLots */
     select ${LOT_COLUMNS} from credit_lot
     where account_id = $1 and remaining > 0 and expires_at > $2 and expires_at <= $3 order by expires_at, lot_no`,
    [accountId, after, before],
  )
  return rows.map(toLot)
}

export interface NewLot {
  accountId: string
  source: LotSource
  amountCredits: number
  priority: number
  expiresAt: Date | null
  origin: string
  actor: string
  reason: string | null
}

/** Makes a lot, which its grant must fill in the same transaction. Returns its number. */
export async function addLot(
  tx: Tx,
  lot: Pick<NewLot, 'accountId' | 'source' | 'amountCredits' | 'priority' | 'expiresAt' | 'origin'>,
): Promise<number> {
  const [row] = await tx.query<{ lot_no: number }>(
    `/* credits.addLot */
     insert into credit_lot (account_id, lot_no, source, amount, priority, expires_at, origin)
     select $1, coalesce(max(lot_no), 0) + 1, $2, $3, $4, $5, $6 from credit_lot where account_id = $1
     returning lot_no`,
    [lot.accountId, lot.source, lot.amountCredits, lot.priority, lot.expiresAt, lot.origin],
  )
  return row?.lot_no ?? 0
}

/** Makes the lot and fills it by its grant; what the account owes is paid from it at once. Returns its number. */
export async function postGrant(tx: Tx, lot: NewLot): Promise<number> {
  const lotNo = await addLot(tx, lot)
  await tx.query(
    `/* credits.postGrant */
     with actor as materialized (
       select set_config('tollgate.actor', $5, true), set_config('tollgate.reason', $6, true)
     ), balance as materialized (
       select seq, debt from credit_balance where account_id = $1 for update
     ), part as (
       select 1 as step, 'grant'::transfer_kind_name as kind, $3::bigint as amount, 'grant:' || $4::text as op_key
       union all
       select 2, 'debt_repayment', least($3::bigint, debt), null from balance where debt > 0
     )
     insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key)
     select $1, balance.seq + step, kind, amount, $2, op_key from part, balance, actor`,
    [lot.accountId, lotNo, lot.amountCredits, lot.origin, lot.actor, lot.reason ?? ''],
  )
  return lotNo
}

/** Empties lots, those whose time is over or those that are named: available → expired. Returns the credits that expired. */
export async function postExpiries(
  tx: Tx,
  accountId: string,
  due: { now: Date } | { lotNos: readonly number[] },
): Promise<number> {
  const rows = await tx.query<{ amount: string }>(
    `/* credits.postExpiries */
     with actor as materialized (
       select set_config('tollgate.actor', 'system:expiry', true), set_config('tollgate.reason', '', true)
     ), balance as materialized (
       select seq from credit_balance where account_id = $1 for update
     ), due as materialized (
       select lot_no, remaining,
         -- A late release can refill an expired lot, which then expires again under the next number.
         (select count(*) from credit_transfer t where t.account_id = $1 and t.kind = 'expiry' and t.op_key like 'expiry:' || l.lot_no || ':%') as times
       from credit_lot l where account_id = $1 and remaining > 0 and (expires_at <= $2 or lot_no = any ($3::int[]))
     )
     insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key)
     select $1, balance.seq + row_number() over (order by lot_no), 'expiry', remaining, lot_no,
       'expiry:' || lot_no || ':' || (times + 1)
     from due, balance, actor
     returning amount`,
    [accountId, 'now' in due ? due.now : null, 'lotNos' in due ? due.lotNos : []],
  )
  return rows.reduce((sum, row) => sum + Number(row.amount), 0)
}

/** Takes credits out of available over the lots in draw order. The caller has checked that they are there. */
export async function postDeduction(
  tx: Tx,
  accountId: string,
  credits: number,
  opKey: string,
  actor: string,
  reason: string,
): Promise<void> {
  await tx.query(
    `/* credits.postDeduction */
     with actor as materialized (
       select set_config('tollgate.actor', $4, true), set_config('tollgate.reason', $5, true)
     ), balance as materialized (
       select seq from credit_balance where account_id = $1 for update
     ), lot as materialized (
       select lot_no, sum(remaining) over spent_first - remaining as base, sum(remaining) over spent_first as upto
       from credit_lot where account_id = $1 and remaining > 0
       window spent_first as (order by ${DRAW_ORDER})
     )
     insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key)
     select $1, balance.seq + row_number() over (order by base), 'deduction', least(upto, $2::bigint) - base, lot_no,
       -- Numbered from 1 whatever the lots are: the second use of a key meets the first part of the first use.
       $3::text || ':' || row_number() over (order by base)
     from lot, balance, actor where base < $2::bigint`,
    [accountId, credits, opKey, actor, reason],
  )
}

/**
 * Takes credits of one lot back. What the lot no longer has becomes debt, and other lots pay that debt as far as they
 * reach. Holds in flight are not touched: their release pays the debt, their capture was earned.
 */
export async function postClawback(
  tx: Tx,
  accountId: string,
  lotNo: number,
  credits: number,
  opKey: string,
  actor: string,
  reason: string,
): Promise<void> {
  await tx.query(
    `/* credits.postClawback */
     with actor as materialized (
       select set_config('tollgate.actor', $5, true), set_config('tollgate.reason', $6, true)
     ), balance as materialized (
       select seq from credit_balance where account_id = $1 for update
     ), target as materialized (
       select least(remaining, $3::bigint) as taken, $3::bigint - least(remaining, $3::bigint) as short
       from credit_lot where account_id = $1 and lot_no = $2
     ), other as materialized (
       select lot_no, sum(remaining) over spent_first - remaining as base, sum(remaining) over spent_first as upto
       from credit_lot where account_id = $1 and remaining > 0 and lot_no <> $2
       window spent_first as (order by ${DRAW_ORDER})
     ), part as (
       select 1 as step, 0::numeric as place, 'clawback'::transfer_kind_name as kind, taken as amount, $2::int as lot_no,
         $4::text || ':1' as op_key from target where taken > 0
       union all
       select 2, 0, 'debt_charge', short, $2::int, $4::text || case when taken > 0 then ':2' else ':1' end
       from target where short > 0
       union all
       select 3, base, 'debt_repayment', least(upto, short) - base, other.lot_no, null from other, target where base < short
     )
     insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key)
     select $1, balance.seq + row_number() over (order by step, place), kind, amount, lot_no, op_key
     from part, balance, actor`,
    [accountId, lotNo, credits, opKey, actor, reason],
  )
}

/**
 * How many credits of a lot are out of its owner's reach for good: taken back (as credits or as debt), expired, or
 * deducted. What remains of the lot, is held, or was spent, is not among them.
 */
export async function goneForGood(tx: Tx, accountId: string, lotNo: number): Promise<number> {
  const [row] = await tx.query<{ credits: string }>(
    `/* credits.goneForGood */
     select coalesce(sum(amount), 0) as credits from credit_transfer
     where account_id = $1 and op_key is not null and lot_no = $2
       and kind in ('clawback', 'debt_charge', 'expiry', 'deduction')`,
    [accountId, lotNo],
  )
  return Number(row?.credits ?? 0)
}

/** How many credits of a lot ran out of time, in all. */
export async function expiredOf(tx: Tx, accountId: string, lotNo: number): Promise<number> {
  const [row] = await tx.query<{ credits: string }>(
    `/* credits.expiredOf */
     select coalesce(sum(amount), 0) as credits from credit_transfer
     where account_id = $1 and op_key is not null and kind = 'expiry' and lot_no = $2`,
    [accountId, lotNo],
  )
  return Number(row?.credits ?? 0)
}

/** What the transfers of one numbered key (`<opKey>:1`, `<opKey>:2`, …) took together, or null when it is unused. */
export async function findTaken(
  tx: Tx,
  accountId: string,
  opKey: string,
): Promise<{ credits: number; firstLotNo: number } | null> {
  const [row] = await tx.query<{ credits: string | null; first_lot_no: number }>(
    `/* credits.findTaken */
     select sum(amount) as credits, (array_agg(lot_no order by seq))[1] as first_lot_no from credit_transfer
     where account_id = $1 and op_key is not null and kind in ('clawback', 'debt_charge', 'deduction')
       and regexp_replace(op_key, ':[0-9]+$', '') = $2`,
    [accountId, opKey],
  )
  return row === undefined || row.credits === null
    ? null
    : { credits: Number(row.credits), firstLotNo: row.first_lot_no }
}

/** Accounts that have credits in a lot whose time is over. */
export async function accountsWithDueLots(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await readQuery<{ account_id: string }>(
    db,
    `/* credits.accountsWithDueLots */
     select distinct account_id from credit_lot where remaining > 0 and expires_at <= $1 order by account_id limit $2`,
    [now, limit],
  )
  return rows.map((row) => row.account_id)
}
