import { assert } from '../../kernel/assert.js'
import type { Db } from '../db/data-source.js'
import { readQuery, type Tx } from '../db/transaction.js'

/** The Postgres channel that says "this account has new events". A hint only: the sequence in the table is the truth. */
export const EVENT_CHANNEL = 'tollgate_account_event'

export type EventTopic =
  | 'messages'
  | 'campaigns'
  | 'credits'
  | 'imports'
  | 'consent'
  | 'account'
  | 'operations'
  | 'billing'
  | 'inbox'
  | 'appointments'

export interface NewEvent {
  accountId: string
  topic: EventTopic
  campaignId?: string | null
  /** All the messages that one batch moved: one event stands for hundreds of them. */
  messageIds?: readonly string[]
  /** Small: ids, states, counts. Never a body or a phone number. */
  payload: Record<string, unknown>
}

export interface AccountEvent {
  accountId: string
  /** 1, 2, 3, … per account, without gaps, in commit order. */
  seq: number
  at: Date
  topic: EventTopic
  campaignId: string | null
  messageIds: string[]
  payload: Record<string, unknown>
}

/**
 * Appends events of one account in the caller's transaction and wakes the listeners when it commits. The sequence is
 * drawn under the account's lock, so readers that ask for `seq > n` never miss one that commits later.
 */
export async function appendEvents(tx: Tx, accountId: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  assert(tx.lockedAccountId === accountId, 'events are appended under the lock of their account')
  await tx.query(
    `/* realtime.appendEvents */
     with feed as (
       update account_feed set last_seq = last_seq + $2 where account_id = $1 returning last_seq - $2 as base
     ), added as (
       insert into account_event (account_id, seq, topic, campaign_id, message_ids, payload)
       select $1, feed.base + e.place, e.topic, e.campaign_id, e.message_ids, e.payload
       from feed, jsonb_to_recordset($3::jsonb)
         as e (place int, topic text, campaign_id uuid, message_ids uuid[], payload jsonb)
     )
     select pg_notify('${EVENT_CHANNEL}', $1::text)`,
    [
      accountId,
      events.length,
      JSON.stringify(
        events.map((event, index) => ({
          place: index + 1,
          topic: event.topic,
          campaign_id: event.campaignId ?? null,
          message_ids: event.messageIds ?? null,
          payload: event.payload,
        })),
      ),
    ],
  )
}

export async function appendEvent(tx: Tx, event: NewEvent): Promise<void> {
  await appendEvents(tx, event.accountId, [event])
}

/** Wakes whoever follows something that is no account's: they wait for its name as others wait for an account's id. */
export async function wakeFollowers(tx: Tx, name: string): Promise<void> {
  await tx.query(`/* realtime.wakeFollowers */ select pg_notify('${EVENT_CHANNEL}', $1)`, [name])
}

export interface EventQuery {
  accountId: string
  afterSeq: number
  topics?: readonly EventTopic[]
  campaignId?: string
  /** At most 500. */
  limit: number
}

/** Events after a sequence number, in order. */
export async function readEvents(db: Db, query: EventQuery): Promise<AccountEvent[]> {
  assert(query.limit <= 500, 'events are read in pages')
  const rows = await readQuery<EventRow>(
    db,
    `/* realtime.readEvents */
     select account_id, seq, at, topic, campaign_id, coalesce(message_ids, '{}')::text[] as message_ids, payload
     from account_event
     where account_id = $1 and seq > $2 and ($3::text[] is null or topic = any ($3)) and ($4::uuid is null or campaign_id = $4)
     order by seq limit $5`,
    [query.accountId, query.afterSeq, query.topics ?? null, query.campaignId ?? null, query.limit],
  )
  return rows.map(toEvent)
}

/** How far back rare events are looked for: millions of texts, and some tenths of a second at the very most. */
const LOOKED_BACK_MAX = 200_000

/** The newest events of some topics, newest first, and the place after which later ones are to be followed. */
export async function readNewestEvents(
  db: Db,
  query: { accountId: string; topics: readonly EventTopic[]; limit: number },
): Promise<{ seq: number; events: AccountEvent[] }> {
  const seq = await lastSeq(db, query.accountId)
  const rows = await readQuery<EventRow>(
    db,
    `/* realtime.readNewestEvents */
     select account_id, seq, at, topic, campaign_id, coalesce(message_ids, '{}')::text[] as message_ids, payload
     from account_event where account_id = $1 and seq <= $2 and seq > $2 - ${String(LOOKED_BACK_MAX)} and topic = any ($3)
     order by seq desc limit $4`,
    [query.accountId, seq, query.topics, query.limit],
  )
  return { seq, events: rows.map(toEvent) }
}

function toEvent(row: EventRow): AccountEvent {
  return {
    accountId: row.account_id,
    seq: Number(row.seq),
    at: row.at,
    topic: row.topic,
    campaignId: row.campaign_id,
    messageIds: row.message_ids,
    payload: row.payload,
  }
}

interface EventRow {
  account_id: string
  seq: string
  at: Date
  topic: EventTopic
  campaign_id: string | null
  message_ids: string[]
  payload: Record<string, unknown>
}

/** The newest sequence number of an account; 0 before its first event. */
export async function lastSeq(db: Db, accountId: string): Promise<number> {
  const [row] = await readQuery<{ last_seq: string }>(
    db,
    '/* realtime.lastSeq */ select last_seq from account_feed where account_id = $1',
    [accountId],
  )
  return Number(row?.last_seq ?? 0)
}
