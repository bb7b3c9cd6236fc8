import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface UnreachableMark {
  phone: string
  code: number
  words: string
  markedAt: Date
}

export async function upsertUnreachable(
  tx: Tx,
  accountId: AccountId,
  numbers: readonly { phone: string; code: number; words: string }[],
  at: Date,
): Promise<void> {
  await tx.query(
    `/* contacts.markUnreachable */
     insert into unreachable as u (account_id, phone, code, words, marked_at)
     select distinct on (phone) $1::uuid, phone, code, words, $5::timestamptz
     from unnest($2::text[], $3::int[], $4::text[]) as n (phone, code, words) order by phone
     on conflict (account_id, phone) do update set code = excluded.code, words = excluded.words, marked_at = excluded.marked_at,
       cleared_at = null, cleared_by = null
     where u.cleared_at is not null`,
    [
      accountId,
      numbers.map((number) => number.phone),
      numbers.map((number) => number.code),
      numbers.map((number) => number.words),
      at,
    ],
  )
}

export async function clearUnreachableRow(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  cleared: { by: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `/* contacts.clearUnreachable */ update unreachable set cleared_at = $3, cleared_by = $4
     where account_id = $1 and phone = $2 and cleared_at is null returning phone`,
    [accountId, phone, cleared.at, cleared.by],
  )
  return rows.length === 1
}

export async function listUnreachable(
  db: Db,
  accountId: AccountId,
  phones: readonly string[],
): Promise<UnreachableMark[]> {
  return readQuery<UnreachableMark>(
    db,
    `/* contacts.listUnreachable */ select phone, code, words, marked_at as "markedAt" from unreachable
     where account_id = $1 and phone = any ($2::text[]) and cleared_at is null`,
    [accountId, phones],
  )
}

export async function isMarkedUnreachable(tx: Tx, accountId: AccountId, phone: string): Promise<boolean> {
  const rows = await tx.query(
    '/* contacts.isUnreachable */ select from unreachable where account_id = $1 and phone = $2 and cleared_at is null',
    [accountId, phone],
  )
  return rows.length > 0
}
