import type pg from 'pg'
import { pause } from '../stage/waiting.js'
import { postText } from './post-text.js'

/** How most programs send paid texts. Neither is careless: both lock, both retry, both charge each message once and before it is sent. */
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
    if (message === undefined || !(await chargeWithin(client, message.id))) {
      await client.query('rollback')
      return false
    }
    const sid = await postText(carrierUrl, message.phone, message.body)
    await client.query(`update plain.message set state = 'sent', sid = $2 where id = $1`, [message.id, sid])
    await client.query('commit')
    return true
  } catch {
    await client.query('rollback')
    await pause(IDLE_MS)
    return true
  } finally {
    client.release()
  }
}

/** False when there are no credits left. One row each, so that senders do not wait for each other's calls. */
async function chargeWithin(client: pg.PoolClient, messageId: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `update plain.credit set message_id = $1 where id = (
       select id from plain.credit where message_id is null order by id limit 1 for update skip locked)`,
    [messageId],
  )
  return rowCount === 1
}

/** A lease and the charge, then the call; whoever fails before the end lets the lease run out, and another one tries again. */
async function sendAtLeastOnce(pool: pg.Pool, carrierUrl: string): Promise<boolean> {
  const message = await lease(pool)
  if (message === null) return false
  try {
    const sid = await postText(carrierUrl, message.phone, message.body)
    await pool.query(`update plain.message set state = 'sent', sid = $2 where id = $1`, [message.id, sid])
  } catch {
    // Nobody knows; the lease says when it is tried again.
  }
  return true
}

async function lease(pool: pg.Pool): Promise<Row | null> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<Row & { charged: boolean }>(
      `update plain.message m set lease_until = now() + make_interval(secs => $1)
       where id = (select id from plain.message where state = 'pending' and lease_until < now()
         order by id limit 1 for update skip locked)
       returning id, phone, body, exists (select from plain.credit c where c.message_id = m.id) as charged`,
      [LEASE_SECONDS],
    )
    const [message] = rows
    const isPaid = message !== undefined && (message.charged || (await chargeWithin(client, message.id)))
    await client.query(isPaid ? 'commit' : 'rollback')
    return isPaid ? message : null
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
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
