import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import { assert } from '../../../kernel/assert.js'

/** All in credits. */
export interface CreditBalance {
  available: number
  held: number
  spent: number
  expired: number
  debt: number
  /** Of the newest transfer. */
  seq: number
}

type BalanceRow = Record<keyof CreditBalance, string>

function toBalance(row: BalanceRow | undefined): CreditBalance {
  assert(row !== undefined, 'every account has a balance')
  return {
    available: Number(row.available),
    held: Number(row.held),
    spent: Number(row.spent),
    expired: Number(row.expired),
    debt: Number(row.debt),
    seq: Number(row.seq),
  }
}

export async function readBalanceLocked(tx: Tx, accountId: string): Promise<CreditBalance> {
  const [row] = await tx.query<BalanceRow>(
    `/* credits.readBalanceLocked */
     select available, held, spent, expired, debt, seq from credit_balance where account_id = $1 for update`,
    [accountId],
  )
  return toBalance(row)
}

export async function readBalance(db: Db, accountId: string): Promise<CreditBalance> {
  const [row] = await readQuery<BalanceRow>(
    db,
    `/* credits.readBalance */
     select available, held, spent, expired, debt, seq from credit_balance where account_id = $1`,
    [accountId],
  )
  return toBalance(row)
}

export async function findBalance(db: Db, accountId: string): Promise<CreditBalance | null> {
  const [row] = await readQuery<BalanceRow>(
    db,
    `/* credits.findBalance */
     select available, held, spent, expired, debt, seq from credit_balance where account_id = $1`,
    [accountId],
  )
  return row === undefined ? null : toBalance(row)
}

export async function hasBalance(tx: Tx, accountId: string): Promise<boolean> {
  const rows = await tx.query('/* credits.hasBalance */ select 1 from credit_balance where account_id = $1', [
    accountId,
  ])
  return rows.length === 1
}
