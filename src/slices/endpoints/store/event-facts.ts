import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

export interface MessageFact {
  id: string
  contactId: string | null
  reason: string | null
  errorCode: number | null
}

/** Of the carrier's report when there is one, else of the last attempt. */
export async function readMessageFacts(
  db: Db,
  accountId: AccountId,
  ids: readonly string[],
): Promise<MessageFact[]> {
  return readQuery<MessageFact>(
    db,
    `/* endpoints.readMessageFacts */
     select m.id, m.contact_id as "contactId", m.state_reason as reason, coalesce(d.error_code, a.error_code) as "errorCode"
     from message m
     left join delivery d on d.attempt_id = m.attempt_id
     left join lateral (select error_code from attempt where message_id = m.id order by n desc limit 1) a on true
     where m.id = any ($2::uuid[]) and m.account_id = $1`,
    [accountId, ids],
  )
}

export interface ConsentFact {
  id: string
  phone: string
  purpose: string
  occurredAt: Date
}

export async function readConsentFacts(
  db: Db,
  accountId: AccountId,
  ids: readonly string[],
): Promise<ConsentFact[]> {
  return readQuery<ConsentFact>(
    db,
    `/* endpoints.readConsentFacts */
     select id, phone, purpose, occurred_at as "occurredAt" from consent_event
     where id = any ($2::uuid[]) and account_id = $1`,
    [accountId, ids],
  )
}

export interface ReplyFact {
  id: string
  from: string
  to: string
  text: string
  contactId: string | null
  receivedAt: Date
}

export async function readReplyFacts(
  db: Db,
  accountId: AccountId,
  ids: readonly string[],
): Promise<ReplyFact[]> {
  return readQuery<ReplyFact>(
    db,
    `/* endpoints.readReplyFacts */
     select id, phone as "from", sender as "to", body as "text", contact_id as "contactId", received_at as "receivedAt"
     from inbound_text where id = any ($2::uuid[]) and account_id = $1`,
    [accountId, ids],
  )
}
