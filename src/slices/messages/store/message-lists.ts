import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { MessageState } from '../domain/message-state.js'
import type { Purpose } from '../domain/new-message.js'

/** A message as lists show it, with the newest attempt and its delivery. */
export interface ListedMessage {
  id: string
  campaignId: string | null
  ordinal: number | null
  contactId: string | null
  purpose: Purpose
  phone: string
  country: string
  segments: number
  cost: number
  state: MessageState
  reason: string | null
  /** What the gate saw when it put the message off or ended it, in words. */
  reasonDetail: string | null
  tries: number
  notBefore: Date | null
  expiresAt: Date | null
  createdAt: Date
  /** What its newest attempt relied on. */
  consentEventId: string | null
  sid: string | null
  errorCode: number | null
  delivery: string | null
  deliveryErrorCode: number | null
  deliveryAt: Date | null
}

const MESSAGE_SQL = `
  select m.id, m.campaign_id as "campaignId", m.ordinal, m.contact_id as "contactId", m.purpose, m.phone, m.country, m.segments,
    m.cost, m.state, m.state_reason as reason, m.state_detail as "reasonDetail", m.tries, nullif(m.not_before, '-infinity') as "notBefore",
    nullif(m.expires_at, 'infinity') as "expiresAt", m.created_at as "createdAt", a.consent_event_id as "consentEventId", a.sid,
    a.error_code as "errorCode",
    d.status as delivery, d.error_code as "deliveryErrorCode", d.updated_at as "deliveryAt"
  from message m
  left join attempt a on a.message_id = m.id and a.n = m.tries
  left join delivery d on d.attempt_id = a.id`

export interface MessageFilter {
  states: readonly MessageState[] | null
  contactId: string | null
  since: Date | null
}

/** Newest first; ids are time-ordered. `sinceId` is the lowest id of the filter's instant. */
export async function listNewest(
  db: Db,
  accountId: string,
  filter: MessageFilter & { sinceId: string | null },
  page: { beforeId: string | null; limit: number },
): Promise<ListedMessage[]> {
  // Only the conditions that are asked for: one statement for all of them would be planned for none of them.
  const values: unknown[] = [accountId, page.limit]
  const conditions = ['m.account_id = $1']
  const add = (condition: (place: string) => string, value: unknown): void => {
    values.push(value)
    conditions.push(condition(`$${String(values.length)}`))
  }
  if (filter.states !== null) add((place) => `m.state = any (${place}::message_state[])`, filter.states)
  if (filter.contactId !== null) add((place) => `m.contact_id = ${place}`, filter.contactId)
  if (filter.sinceId !== null) add((place) => `m.id >= ${place}`, filter.sinceId)
  if (page.beforeId !== null) add((place) => `m.id < ${place}`, page.beforeId)
  return readQuery<ListedMessage>(
    db,
    `/* messages.listNewest */ ${MESSAGE_SQL} where ${conditions.join(' and ')} order by m.id desc limit $2`,
    values,
  )
}

/** The messages of a campaign in their frozen order. */
export async function listOfCampaign(
  db: Db,
  accountId: string,
  filter: MessageFilter & { campaignId: string },
  page: { afterOrdinal: number | null; limit: number },
): Promise<ListedMessage[]> {
  return readQuery<ListedMessage>(
    db,
    `/* messages.listOfCampaign */ ${MESSAGE_SQL}
     where m.account_id = $1 and m.campaign_id = $2 and m.ordinal > $3
       and ($4::message_state[] is null or m.state = any ($4)) and ($5::uuid is null or m.contact_id = $5)
       and ($6::timestamptz is null or m.created_at >= $6)
     order by m.ordinal limit $7`,
    [
      accountId,
      filter.campaignId,
      page.afterOrdinal ?? -1,
      filter.states,
      filter.contactId,
      filter.since,
      page.limit,
    ],
  )
}

export async function readListed(
  db: Db,
  accountId: string,
  messageId: string,
): Promise<ListedMessage | null> {
  const [row] = await readQuery<ListedMessage>(
    db,
    `/* messages.readListed */ ${MESSAGE_SQL} where m.account_id = $1 and m.id = $2`,
    [accountId, messageId],
  )
  return row ?? null
}

export async function readBodies(
  db: Db,
  accountId: string,
  messageIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await readQuery<{ message_id: string; body: string }>(
    db,
    `/* messages.readBodies */
     select b.message_id, b.body from message_body b join message m on m.id = b.message_id
     where b.message_id = any ($2::uuid[]) and m.account_id = $1`,
    [accountId, messageIds],
  )
  return new Map(rows.map((row) => [row.message_id, row.body]))
}

/** The newest messages to a number whose authorisation relied on a consent event. */
export async function listRelying(
  db: Db,
  accountId: string,
  event: { id: string; phone: string },
  limit: number,
): Promise<string[]> {
  const rows = await readQuery<{ id: string }>(
    db,
    `/* messages.listRelying */
     select texts.id from (
       select id from message where account_id = $1 and phone = $3 and campaign_id is null
       union all
       select m.id from message_tally t
       cross join lateral (select id from message where campaign_id = t.campaign_id and phone = $3 offset 0) m
       where t.account_id = $1
     ) texts
     where exists (select from attempt a where a.message_id = texts.id and a.consent_event_id = $2)
     order by texts.id desc limit $4`,
    [accountId, event.id, event.phone, limit],
  )
  return rows.map((row) => row.id)
}
