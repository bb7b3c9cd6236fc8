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

/** In the frozen order. */
export async function listRecipientRows(db: Db, query: RecipientQuery): Promise<Recipient[]> {
  const rows = await readQuery<RecipientRow>(
    db,
    `/* campaigns.recipients */
     select * from (
       select r.ordinal, r.contact_id, r.phone, r.skip_reason, m.id as message_id, m.state_reason, m.segments, m.cost, m.tries,
         case when m.id is not null then m.state::text when r.skip_reason is not null then 'skipped'
           when k.state = 'cancelled' then 'cancelled' else 'pending' end as state
       from recipient r join campaign_control k using (campaign_id)
       left join message m on m.campaign_id = r.campaign_id and m.ordinal = r.ordinal
       where k.account_id = $1 and r.campaign_id = $2 and r.ordinal > $4
         -- Few among many: said where the index of the skipped can be seen.
         and (not $6::boolean or r.skip_reason is not null)
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
