import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { ObjectKind, ObjectRef } from '../domain/stripe-objects.js'

export interface Difference {
  id: string
  objectId: string
  objectKind: ObjectKind
  accountId: AccountId | null
  what: string
  foundAt: Date
}

/** Exactly these differences stand for the object from now on: the others are resolved. */
export async function keepDifferences(
  tx: Tx,
  ref: ObjectRef,
  found: { accountId: AccountId | null; what: readonly string[]; now: Date },
): Promise<void> {
  await tx.query(
    `/* billing.keepDifferences */
     with resolved as (
       update billing_difference set resolved_at = $5
       where object_id = $1 and resolved_at is null and not what = any ($4::text[])
     )
     insert into billing_difference (object_id, object_kind, account_id, what, found_at)
     select $1, $2, $3, what, $5 from unnest($4::text[]) as w (what)
     on conflict (object_id, what) where resolved_at is null do nothing`,
    [ref.id, ref.kind, found.accountId, found.what, found.now],
  )
}

/** People have dealt with it: it needs no fetch to be gone. */
export async function resolveDifference(
  tx: Tx,
  difference: { objectId: string; what: string; now: Date },
): Promise<void> {
  await tx.query(
    `/* billing.resolveDifference */
     update billing_difference set resolved_at = $3 where object_id = $1 and what = $2 and resolved_at is null`,
    [difference.objectId, difference.what, difference.now],
  )
}

const COLUMNS = `id::text as id, object_id as "objectId", object_kind as "objectKind", account_id as "accountId", what,
  found_at as "foundAt"`

export async function openDifferences(db: Db, limit: number): Promise<Difference[]> {
  return readQuery<Difference>(
    db,
    `/* billing.openDifferences */
     select ${COLUMNS} from billing_difference where resolved_at is null order by id limit $1`,
    [limit],
  )
}

export async function findDifference(db: Db, id: string): Promise<Difference | null> {
  const [row] = await readQuery<Difference>(
    db,
    `/* billing.findDifference */ select ${COLUMNS} from billing_difference where id = $1::bigint and resolved_at is null`,
    [id],
  )
  return row ?? null
}

export async function readCursor(db: Db, name: string): Promise<Date | null> {
  const [row] = await readQuery<{ seconds: string }>(
    db,
    `/* billing.readCursor */ select created_from as seconds from stripe_cursor where name = $1`,
    [name],
  )
  return row === undefined ? null : new Date(Number(row.seconds) * 1000)
}

/** Cursors only move forward. */
export async function moveCursor(tx: Tx, name: string, to: Date, now: Date): Promise<void> {
  await tx.query(
    `/* billing.moveCursor */
     insert into stripe_cursor as c (name, created_from, moved_at) values ($1, $2, $3)
     on conflict (name) do update set created_from = greatest(c.created_from, excluded.created_from), moved_at = excluded.moved_at`,
    [name, Math.floor(to.getTime() / 1000), now],
  )
}
