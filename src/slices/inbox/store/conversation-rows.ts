import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { Attention } from '../domain/attention.js'
import type { ReplyClass } from '../domain/classify-reply.js'

export interface Conversation {
  id: string
  phone: string
  contactId: string | null
  firstName: string | null
  lastName: string | null
  lastInboundId: string
  lastInboundAt: Date
  lastAt: Date
  lastBody: string
  unread: number
  attention: Attention | null
  optedOutAt: Date | null
  assignedTo: string | null
  closedAt: Date | null
}

const SELECT = `select v.id, v.phone, c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName",
    v.last_inbound_id as "lastInboundId", v.last_inbound_at as "lastInboundAt", v.last_at as "lastAt", i.body as "lastBody",
    v.unread, v.attention, v.opted_out_at as "optedOutAt", v.assigned_to as "assignedTo", v.closed_at as "closedAt"
  from conversation v
  join inbound_text i on i.id = v.last_inbound_id
  left join contact c on c.account_id = v.account_id and c.phone = v.phone and c.deleted_at is null`

/** Adds a text to the conversation with its number, and begins one when there is none. It opens a closed one. */
export async function addToConversation(
  tx: Tx,
  accountId: AccountId,
  text: { id: string; phone: string; at: Date; attention: Attention | null; opted: 'out' | 'in' | null },
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `/* inbox.addToConversation */
     insert into conversation as v (account_id, phone, last_inbound_id, last_inbound_at, last_at, unread, attention, opted_out_at)
     values ($1, $2, $3, $4, $4, 1, $5, case when $6 = 'out' then $4::timestamptz end)
     on conflict (account_id, phone) do update set last_inbound_id = excluded.last_inbound_id,
       last_inbound_at = greatest(v.last_inbound_at, excluded.last_inbound_at), last_at = greatest(v.last_at, excluded.last_at),
       unread = v.unread + 1, attention = coalesce(excluded.attention, v.attention), closed_at = null,
       opted_out_at = case $6 when 'out' then excluded.opted_out_at when 'in' then null else v.opted_out_at end
     returning v.id`,
    [accountId, text.phone, text.id, text.at, text.attention, text.opted],
  )
  return row?.id ?? ''
}

/** In an account that has a conversation with the number; the text itself belongs to another account. */
export async function noteOptOut(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  at: Date,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    '/* inbox.noteOptOut */ update conversation set opted_out_at = $3 where account_id = $1 and phone = $2 returning id',
    [accountId, phone, at],
  )
  return row?.id ?? null
}

export interface ConversationFilter {
  /** Only those with unread texts. */
  unread: boolean
  /** Closed ones, or open ones. */
  closed: boolean
  attention: boolean
}

/** Newest text first. */
export async function listConversationRows(
  db: Db,
  accountId: AccountId,
  filter: ConversationFilter,
  page: { before: { at: string; id: string } | null; limit: number },
): Promise<(Conversation & { lastAtText: string })[]> {
  return readQuery<Conversation & { lastAtText: string }>(
    db,
    `/* inbox.listConversations */
     select q.*, to_char(q."lastAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "lastAtText" from (${SELECT}
     where v.account_id = $1 and (v.closed_at is not null) = $2 and (not $3 or v.unread > 0) and (not $4 or v.attention is not null)
       and ($5::timestamptz is null or (v.last_at, v.id) < ($5, $6::uuid))
     order by v.last_at desc, v.id desc limit $7) q`,
    [
      accountId,
      filter.closed,
      filter.unread,
      filter.attention,
      page.before?.at ?? null,
      page.before?.id ?? null,
      page.limit,
    ],
  )
}

export async function readConversation(
  db: Db,
  accountId: AccountId,
  id: string,
): Promise<Conversation | null> {
  const [row] = await readQuery<Conversation>(
    db,
    `/* inbox.readConversation */ ${SELECT} where v.account_id = $1 and v.id = $2`,
    [accountId, id],
  )
  return row ?? null
}

export async function lockConversation(
  tx: Tx,
  accountId: AccountId,
  id: string,
): Promise<Conversation | null> {
  const [row] = await tx.query<Conversation>(
    `/* inbox.lockConversation */ ${SELECT} where v.account_id = $1 and v.id = $2 for update of v`,
    [accountId, id],
  )
  return row ?? null
}

export interface ConversationChange {
  read: boolean
  closed: boolean | null
  /** Undefined leaves it. */
  assignedTo: string | null | undefined
}

export async function changeConversation(
  tx: Tx,
  id: string,
  change: ConversationChange,
  now: Date,
): Promise<void> {
  await tx.query(
    `/* inbox.changeConversation */
     update conversation set unread = case when $2 then 0 else unread end, attention = case when $2 then null else attention end,
       closed_at = case when $3::boolean is null then closed_at when $3 then coalesce(closed_at, $6) end,
       assigned_to = case when $4 then $5::uuid else assigned_to end
     where id = $1`,
    [id, change.read, change.closed, change.assignedTo !== undefined, change.assignedTo ?? null, now],
  )
}

export interface InboxTotals {
  conversations: number
  unreadConversations: number
  unreadTexts: number
}

export async function readTotals(db: Db, accountId: AccountId): Promise<InboxTotals> {
  const [row] = await readQuery<InboxTotals>(
    db,
    `/* inbox.totals */
     select count(*)::int as conversations, count(*) filter (where unread > 0)::int as "unreadConversations",
       coalesce(sum(unread), 0)::int as "unreadTexts"
     from conversation where account_id = $1 and closed_at is null`,
    [accountId],
  )
  return row ?? { conversations: 0, unreadConversations: 0, unreadTexts: 0 }
}

export type ThreadKind = 'inbound' | 'outbound'

/** One text of a conversation, in either direction. */
export interface ThreadRow {
  id: string
  kind: ThreadKind
  at: Date
  body: string
  class: ReplyClass | null
  outcome: string | null
  mediaCount: number
  /** What the inbox wrote it for; null for texts of campaigns and others. */
  writtenAs: string | null
  answers: string | null
  actor: string | null
  state: string | null
}

/** Newest first. Ids are time-ordered in both directions, so one order holds them all. */
export async function readThread(
  db: Db,
  accountId: AccountId,
  phone: string,
  page: { beforeId: string | null; limit: number },
): Promise<ThreadRow[]> {
  return readQuery<ThreadRow>(
    db,
    `/* inbox.thread */
     (select i.id, 'inbound' as kind, i.received_at as at, i.body, i.class, i.outcome, i.media_count as "mediaCount",
        null as "writtenAs", null::uuid as answers, null as actor, null as state
      from inbound_text i
      where i.account_id = $1 and i.phone = $2 and ($3::uuid is null or i.id < $3) order by i.id desc limit $4)
     union all
     (select m.id, 'outbound', m.created_at, b.body, null, null, 0, cm.kind, cm.answers, cm.actor, m.state::text
      from (
        (select id from message
         where account_id = $1 and phone = $2 and campaign_id is null and ($3::uuid is null or id < $3) order by id desc limit $4)
        union
        (select s.id from contact c cross join lateral (
           select id from message where account_id = $1 and contact_id = c.id and ($3::uuid is null or id < $3)
           order by id desc limit $4) s
         where c.account_id = $1 and c.phone = $2)
      ) t
      join message m on m.id = t.id
      join message_body b on b.message_id = m.id
      left join conversation_message cm on cm.message_id = m.id)
     order by id desc limit $4`,
    [accountId, phone, page.beforeId, page.limit],
  )
}
