import type pg from 'pg'
import { pause } from '../stage/waiting.js'
import { postText } from './post-text.js'

/** How most programs send paid texts. Neither is careless: both lock, both retry, both charge each message once. */
export const plainKinds = ['inside-transaction', 'at-least-once'] as const
export type PlainKind = (typeof plainKinds)[number]

const IDLE_MS = 200
const LEASE_SECONDS = 6

interface Row {
  id: number
  phone: string
  body: string
}

/** One message each turn. False when there is nothing to do. */
export const turns: Readonly<Record<PlainKind, (pool: pg.Pool, carrierUrl: string) => Promise<boolean>>> = {
  'inside-transaction': sendInsideTransaction,
  'at-least-once': sendAtLeastOnce,
}

/** The call is made with the transaction open: charge and text are one, as long as nothing fails after the call. */
async function sendInsideTransaction(pool: pg.Pool, carrierUrl: string): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<Row>(
      `select id, phone, body from plain.message where state = 'pending' order by id limit 1 for update skip locked`,
    )
    const [message] = rows
    if (message === undefined) {
      await client.query('rollback')
      return false
    }
    const sid = await postText(carrierUrl, message.phone, message.body)
    await client.query(`update plain.message set state = 'sent', sid = $2 where id = $1`, [message.id, sid])
    const paid = await client.query('update plain.credit set available = available - 1 where available > 0')
    if (paid.rowCount === 1)
      await client.query('insert into plain.charge (message_id) values ($1)', [message.id])
    await client.query('commit')
    return true
  } catch {
    await client.query('rollback')
    await pause(IDLE_MS)
    return true
  } finally {
    client.release(true)
  }
}

/** A lease, the call, then the charge; whoever fails before the end lets the lease run out, and another one tries again. */
async function sendAtLeastOnce(pool: pg.Pool, carrierUrl: string): Promise<boolean> {
  const { rows } = await pool.query<Row>(
    `update plain.message set lease_until = now() + make_interval(secs => $1)
     where id = (select id from plain.message where state = 'pending' and lease_until < now()
       and (select available from plain.credit) > 0 order by id limit 1 for update skip locked)
     returning id, phone, body`,
    [LEASE_SECONDS],
  )
  const [message] = rows
  if (message === undefined) return false
  try {
    const sid = await postText(carrierUrl, message.phone, message.body)
    await pool.query(
      `with done as (update plain.message set state = 'sent', sid = $2 where id = $1 and state = 'pending' returning id),
         paid as (update plain.credit set available = available - 1 where available > 0 and exists (select from done) returning 1)
       insert into plain.charge (message_id) select id from done where exists (select from paid)`,
      [message.id, sid],
    )
  } catch {
    // Nobody knows; the lease says when it is tried again.
  }
  return true
}

export async function sendForEver(
  pool: pg.Pool,
  kind: PlainKind,
  carrierUrl: string,
  isStopping: () => boolean,
): Promise<void> {
  while (!isStopping()) {
    const worked = await turns[kind](pool, carrierUrl).catch(() => false)
    if (!worked) await pause(IDLE_MS)
  }
}
