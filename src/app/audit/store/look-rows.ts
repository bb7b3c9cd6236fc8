import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

export interface BrokenRow {
  account_id: string | null
  what: string
}

/** One connection that holds the watch: session lock first, then a snapshot that is one instant of the whole database. */
export interface Watch {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>
  /** Ends the snapshot; the lock stays until `release`. */
  endSnapshot(): Promise<void>
  release(): Promise<void>
}

/** Any fixed number: who holds it looks, in all processes together. */
const WATCH_LOCK = 7_461_002

/** Null when somebody else is looking. */
export async function takeWatch(db: Db, settings: { timeoutMs: number }): Promise<Watch | null> {
  const runner = db.dataSource.createQueryRunner()
  const query = async <Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> =>
    (await runner.query(sql, [...params])) as Row[]
  const [lock] = await query<{ taken: boolean }>(
    '/* audit.takeWatch */ select pg_try_advisory_lock($1) as taken',
    [WATCH_LOCK],
  ).catch(async (error: unknown) => {
    await runner.release()
    throw error
  })
  if (lock?.taken !== true) {
    await runner.release()
    return null
  }
  let open = false
  const endSnapshot = async (): Promise<void> => {
    if (open) await query('/* audit.end */ rollback')
    open = false
  }
  const release = async (): Promise<void> => {
    try {
      await endSnapshot()
      await query('/* audit.releaseWatch */ select pg_advisory_unlock($1)', [WATCH_LOCK])
    } catch {
      // A connection that cannot unlock is broken and has lost its session's lock already.
    } finally {
      await runner.release()
    }
  }
  try {
    await query('/* audit.begin */ begin isolation level serializable, read only, deferrable')
    open = true
    await query(
      `/* audit.settings */ set local statement_timeout = ${String(settings.timeoutMs)}; set local work_mem = '64MB'`,
    )
  } catch (error) {
    await release()
    throw error
  }
  return { query, endSnapshot, release }
}

export interface News {
  accountId: string
  /** The end of its log, or of the part of it that is looked at now. */
  eventSeq: string
}

/** Accounts whose log has grown since the last look, longest unseen first. The end of the log is the whole of it. */
export async function accountsWithNews(watch: Watch, limit: number): Promise<string[]> {
  const rows = await watch.query<{ account_id: string }>(
    `/* audit.accountsWithNews */
     select f.account_id from account_feed f left join audit_checkpoint k using (account_id)
     where f.last_seq > coalesce(k.event_seq, 0)
     order by k.looked_at nulls first, f.account_id limit $1`,
    [limit],
  )
  return rows.map((row) => row.account_id)
}

/** What the news are about: messages, and up to which event of each account that is. */
export async function messagesWithNews(
  watch: Watch,
  accountIds: readonly string[],
  eventsPerAccount: number,
): Promise<{ messageIds: string[]; upTo: News[] }> {
  const rows = await watch.query<{ account_id: string; event_seq: string; message_ids: string[] }>(
    `/* audit.messagesWithNews */
     select n.account_id, coalesce(max(e.seq), max(n.seq), 0) as event_seq,
       coalesce(array_agg(distinct m.id) filter (where m.id is not null), '{}')::text[] as message_ids
     from (
       select n.account_id, coalesce(k.event_seq, 0) as seq
       from unnest($1::uuid[]) as n (account_id) left join audit_checkpoint k using (account_id)
     ) n left join lateral (
       select seq, message_ids from account_event e where e.account_id = n.account_id and e.seq > n.seq order by e.seq limit $2
     ) e on true left join lateral unnest(e.message_ids) as m (id) on true
     group by n.account_id`,
    [accountIds, eventsPerAccount],
  )
  return {
    messageIds: rows.flatMap((row) => row.message_ids),
    upTo: rows.map((row) => ({ accountId: row.account_id, eventSeq: row.event_seq })),
  }
}

export interface Checkpoint extends News {
  block_no: string
  seq: string
  head: Buffer
  available: string
  held: string
  spent: string
  expired: string
  debt: string
}

/** The balances of this snapshot, which are the next checkpoint of whoever's ledger was found sound. */
export async function balancesAt(watch: Watch, news: readonly News[]): Promise<Checkpoint[]> {
  const rows = await watch.query<Omit<Checkpoint, 'accountId' | 'eventSeq'> & { account_id: string }>(
    `/* audit.balancesAt */ select account_id, block_no, seq, head, available, held, spent, expired, debt
     from credit_balance where account_id = any ($1::uuid[])`,
    [news.map((one) => one.accountId)],
  )
  const ends = new Map(news.map((one) => [one.accountId, one.eventSeq]))
  return rows.map(({ account_id, ...balance }) => ({
    ...balance,
    accountId: account_id,
    eventSeq: ends.get(account_id) ?? '0',
  }))
}

/** Moves checkpoints on. A plain statement: only the holder of the watch writes them, and an older one is safe. */
export async function writeCheckpoints(db: Db, checkpoints: readonly Checkpoint[], now: Date): Promise<void> {
  if (checkpoints.length === 0) return
  const column = <Key extends keyof Checkpoint>(key: Key): Checkpoint[Key][] =>
    checkpoints.map((row) => row[key])
  await readQuery(
    db,
    `/* audit.writeCheckpoints */
     insert into audit_checkpoint (looked_at, account_id, event_seq, block_no, seq, head, available, held, spent, expired, debt)
     select $1, c.* from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bigint[], $8::bigint[], $9::bigint[],
       $10::bigint[], $11::bigint[]) as c
     on conflict (account_id) do update set (looked_at, event_seq, block_no, seq, head, available, held, spent, expired, debt) =
       (excluded.looked_at, excluded.event_seq, excluded.block_no, excluded.seq, excluded.head, excluded.available, excluded.held,
        excluded.spent, excluded.expired, excluded.debt)`,
    [
      now,
      column('accountId'),
      column('eventSeq'),
      column('block_no'),
      column('seq'),
      column('head'),
      column('available'),
      column('held'),
      column('spent'),
      column('expired'),
      column('debt'),
    ],
  )
}

/** Of accounts whose ledger is not sound only the log moves on: their ledger is asked from the same place again. */
export async function writeLooked(db: Db, news: readonly News[], now: Date): Promise<void> {
  if (news.length === 0) return
  await readQuery(
    db,
    `/* audit.writeLooked */
     insert into audit_checkpoint (account_id, event_seq, looked_at)
     select account_id, event_seq, $3 from unnest($1::uuid[], $2::bigint[]) as n (account_id, event_seq)
     on conflict (account_id) do update set event_seq = excluded.event_seq, looked_at = excluded.looked_at`,
    [news.map((one) => one.accountId), news.map((one) => one.eventSeq), now],
  )
}
