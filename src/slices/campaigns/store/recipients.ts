import type { AccountId, CampaignId, ContactId, MessageId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { SkipReason } from '../domain/skip-reason.js'
import type { RecipientState } from '../domain/recipient-state.js'

export interface Recipient {
  ordinal: number
  contactId: ContactId
  phone: string
  state: RecipientState
  skipReason: SkipReason | null
  messageId: MessageId | null
  /** Why the message is in its state, when there is a reason. */
  stateReason: string | null
  segments: number | null
  credits: number | null
  tries: number | null
}

export interface RecipientQuery {
  accountId: AccountId
  campaignId: CampaignId
  states: readonly RecipientState[] | null
  after: number | null
  limit: number
}

interface RecipientRow {
  ordinal: number
  contact_id: ContactId
  phone: string
  state: RecipientState
  skip_reason: SkipReason | null
  message_id: MessageId | null
  state_reason: string | null
  segments: number | null
  cost: number | null
  tries: number | null
}

/** States of recipients that may have no message. */
const withoutMessage: ReadonlySet<RecipientState> = new Set(['pending', 'skipped', 'cancelled'])

const MESSAGE = `select id, ordinal, state, state_reason, segments, cost, tries from message where campaign_id = $2`
const RECIPIENT = `select ordinal, contact_id, phone, skip_reason from recipient where campaign_id = $2`

/*
 * One after the other until the page is full: the order comes from the first of the two, and nothing stands before it in the
 * join, or all recipients would be looked up and sorted for each page. From the messages when only they can be in
 * the states, so that few among many need no look at the others. By place and phone: a campaign that has just begun is in no
 * statistics, and each index of messages must do, whichever of them is taken.
 */
const fromRecipients = `
  (${RECIPIENT} and ordinal > $4
     -- Few among many: said where the index of the skipped can be seen.
     and (not $6::boolean or skip_reason is not null) order by ordinal offset 0) r
  left join lateral (${MESSAGE} and ordinal = r.ordinal and phone = r.phone offset 0) m on true`
const fromMessages = `
  (${MESSAGE} and ordinal > $4 and state = any ($3::text[]::message_state[]) and not $6::boolean order by ordinal offset 0) m
  join lateral (${RECIPIENT} and ordinal = m.ordinal offset 0) r on true`
/** Also whose campaign it is: another account's has no state here. */
const CAMPAIGN_STATE = `(select state from campaign_control where account_id = $1 and campaign_id = $2)`

/** In the frozen order. */
export async function listRecipientRows(db: Db, query: RecipientQuery): Promise<Recipient[]> {
  const isOfMessages = query.states?.every((state) => !withoutMessage.has(state)) ?? false
  const rows = await readQuery<RecipientRow>(
    db,
    `/* campaigns.recipients */
     select * from (
       select r.ordinal, r.contact_id, r.phone, r.skip_reason, m.id as message_id, m.state_reason, m.segments, m.cost, m.tries,
         case when m.id is not null then m.state::text when r.skip_reason is not null then 'skipped'
           when ${CAMPAIGN_STATE} = 'cancelled' then 'cancelled' else 'pending' end as state
       from ${isOfMessages ? fromMessages : fromRecipients}
       where ${CAMPAIGN_STATE} is not null
     ) x where ($3::text[] is null or state = any ($3)) order by ordinal limit $5`,
    [
      query.accountId,
      query.campaignId,
      query.states,
      query.after ?? 0,
      query.limit,
      query.states?.every((state) => state === 'skipped') ?? false,
    ],
  )
  return rows.map((row) => ({
    ordinal: row.ordinal,
    contactId: row.contact_id,
    phone: row.phone,
    state: row.state,
    skipReason: row.skip_reason,
    messageId: row.message_id,
    stateReason: row.state_reason,
    segments: row.segments,
    credits: row.cost,
    tries: row.tries,
  }))
}
