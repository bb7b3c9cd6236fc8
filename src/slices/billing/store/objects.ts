import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { ObjectRef } from '../domain/stripe-objects.js'

/** Says that these objects changed at Stripe: each is fetched again, by a fetch that begins after this. */
export async function markDirty(tx: Tx, refs: readonly ObjectRef[]): Promise<void> {
  if (refs.length === 0) return
  const sorted = [...new Map(refs.map((ref) => [ref.id, ref])).values()].sort((left, right) =>
    left.id < right.id ? -1 : 1,
  )
  await tx.query(
    `/* billing.markDirty */
     insert into stripe_object (id, kind, dirty_ord)
     select id, kind, nextval('stripe_ord') from unnest($1::text[], $2::text[]) as r (id, kind)
     on conflict (id) do update set dirty_ord = excluded.dirty_ord, tries = 0, retry_at = '-infinity'`,
    [sorted.map((ref) => ref.id), sorted.map((ref) => ref.kind)],
  )
}

/** Of these, the ones that were never fetched. */
export async function neverFetched(tx: Tx, refs: readonly ObjectRef[]): Promise<ObjectRef[]> {
  const rows = await tx.query<{ id: string }>(
    `/* billing.neverFetched */
     select id from unnest($1::text[]) as r (id) where not exists (
       select from stripe_object o where o.id = r.id and o.fetch_ord > 0)`,
    [refs.map((ref) => ref.id)],
  )
  const missing = new Set(rows.map((row) => row.id))
  return refs.filter((ref) => missing.has(ref.id))
}

export async function readDirty(
  db: Db,
  now: Date,
  limit: number,
): Promise<(ObjectRef & { tries: number })[]> {
  return readQuery(
    db,
    `/* billing.readDirty */
     select id, kind, tries from stripe_object where dirty_ord > fetch_ord and retry_at <= $1 order by dirty_ord limit $2`,
    [now, limit],
  )
}

/** Drawn before an object is fetched: a fetch is as old as its beginning. */
export async function nextOrd(db: Db): Promise<string> {
  const [row] = await readQuery<{ ord: string }>(
    db,
    `/* billing.nextOrd */ select nextval('stripe_ord') as ord`,
  )
  return row?.ord ?? '0'
}

/** False when a later fetch was applied already: what this one saw is history. Holds the object until the commit. */
export async function takeFetch(tx: Tx, ref: ObjectRef, ord: string, outcome: string): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.takeFetch */
     insert into stripe_object as o (id, kind, dirty_ord, fetch_ord, outcome) values ($1, $2, 0, $3, $4)
     on conflict (id) do update set fetch_ord = excluded.fetch_ord, outcome = excluded.outcome, tries = 0, problem = null
       where o.fetch_ord < excluded.fetch_ord
     returning id`,
    [ref.id, ref.kind, ord, outcome],
  )
  return rows.length === 1
}

/** Whether it was ever applied to an account. */
export async function wasOurs(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.wasOurs */ select 1 from stripe_object where id = $1 and outcome in ('ours', 'missing')`,
    [id],
  )
  return rows.length > 0
}

/** What we hold of these weeks, and every subscription that has not ended: Stripe must have it. */
export async function heldSince(db: Db, since: Date): Promise<ObjectRef[]> {
  return readQuery<ObjectRef>(
    db,
    `/* billing.heldSince */
     select 'subscription' as kind, id from billing_subscription where ended_at is null or created_at >= $1
     union all select 'invoice', id from billing_invoice where created_at >= $1
     union all select 'payment', id from billing_payment where created_at >= $1`,
    [since],
  )
}

export async function writeProblem(
  tx: Tx,
  id: string,
  failure: { problem: string; retryAt: Date },
): Promise<void> {
  await tx.query(
    `/* billing.writeProblem */ update stripe_object set tries = tries + 1, problem = $2, retry_at = $3 where id = $1`,
    [id, failure.problem, failure.retryAt],
  )
}
