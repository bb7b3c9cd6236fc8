import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import { WOKEN_MAX } from '../domain/limits.js'
import type { MessageState } from '../domain/message-state.js'
import type { NewMessage } from '../domain/new-message.js'

export async function insertMessages(
  tx: Tx,
  accountId: string,
  messages: readonly NewMessage[],
): Promise<number> {
  const rows = await tx.query<{ added: number }>(
    `/* messages.insertMessages */
     with input as materialized (
       select uuidv7() as id, r.* from jsonb_to_recordset($2::jsonb) as r (place int, campaign_id uuid, ordinal int,
         contact_id uuid, purpose text, phone text, country text, body text, encoding text, segments smallint, cost int,
         price_version smallint, expires_at timestamptz, not_before timestamptz, idem_key text, answers uuid)
     ), added as (
       insert into message (id, account_id, campaign_id, ordinal, contact_id, purpose, phone, country, segments, cost,
         price_version, expires_at, not_before, idem_key, answers)
       select id, $1, campaign_id, ordinal, contact_id, purpose, phone, country, segments, cost, price_version,
         coalesce(expires_at, 'infinity'), coalesce(not_before, '-infinity'), idem_key, answers
       from input order by place
       on conflict do nothing returning id
     ), bodies as (
       insert into message_body (message_id, body, encoding)
       select input.id, body, encoding from input join added on added.id = input.id
     )
     select count(*)::int as added from added`,
    [
      accountId,
      JSON.stringify(
        messages.map((message, place) => ({
          place,
          campaign_id: message.campaignId,
          ordinal: message.ordinal,
          contact_id: message.contactId,
          purpose: message.purpose,
          phone: message.phone,
          country: message.country,
          body: message.body,
          encoding: message.encoding,
          segments: message.segments,
          cost: message.cost,
          price_version: message.priceVersion,
          expires_at: message.expiresAt,
          not_before: message.notBefore,
          idem_key: message.idemKey,
          answers: message.answers ?? null,
        })),
      ),
    ],
  )
  return rows[0]?.added ?? 0
}

/** Counts per state, kept by a trigger with every move; they always add up to the campaign's messages. */
export interface MessageTally extends Record<MessageState, number> {
  /** Of the accepted: with positive and negative delivery reports. */
  delivered: number
  undelivered: number
  heldCredits: number
  capturedCredits: number
}

const TALLY_SQL = `select pending, dispatching, unknown, accepted, unproven, failed, suppressed, cancelled, expired,
  delivered, undelivered, held_credits, captured_credits from message_tally where campaign_id = $1`

type TallyRow = Record<MessageState | 'delivered' | 'undelivered', number> & {
  held_credits: string
  captured_credits: string
}

function toTally(row: TallyRow | undefined): MessageTally {
  return {
    pending: row?.pending ?? 0,
    dispatching: row?.dispatching ?? 0,
    unknown: row?.unknown ?? 0,
    accepted: row?.accepted ?? 0,
    unproven: row?.unproven ?? 0,
    failed: row?.failed ?? 0,
    suppressed: row?.suppressed ?? 0,
    cancelled: row?.cancelled ?? 0,
    expired: row?.expired ?? 0,
    delivered: row?.delivered ?? 0,
    undelivered: row?.undelivered ?? 0,
    heldCredits: Number(row?.held_credits ?? 0),
    capturedCredits: Number(row?.captured_credits ?? 0),
  }
}

export async function messageTally(db: Db, campaignId: string): Promise<MessageTally> {
  const [row] = await readQuery<TallyRow>(db, `/* messages.tally */ ${TALLY_SQL}`, [campaignId])
  return toTally(row)
}

export async function messageTallyLocked(tx: Tx, campaignId: string): Promise<MessageTally> {
  const [row] = await tx.query<TallyRow>(`/* messages.tallyLocked */ ${TALLY_SQL}`, [campaignId])
  return toTally(row)
}

/** The message of a campaign that the next claim begins with; the first in its order that sleeps when none is due; or null. */
export async function nextPendingCost(
  tx: Tx,
  campaignId: string,
  now: Date,
): Promise<{ ordinal: number; cost: number } | null> {
  const [row] = await tx.query<{ ordinal: number; cost: number }>(
    `/* messages.nextPending */
     with lane as materialized (select account_id from message_tally where campaign_id = $1)
     select m.ordinal, m.cost from (
       (select message_id, place, false as sleeps from message_due where account_id = (select account_id from lane) and campaign_id = $1
          and not_before = '-infinity' order by account_id, campaign_id, not_before, place limit 1)
       union all
       (select message_id, place, not_before > $2 from message_due where account_id = (select account_id from lane) and campaign_id = $1
          and not_before > '-infinity' order by account_id, campaign_id, not_before, place limit ${String(WOKEN_MAX)})
     ) d join message m on m.id = d.message_id
     order by d.sleeps, d.place limit 1`,
    [campaignId, now],
  )
  return row ?? null
}

/** Cancels waiting messages of a campaign, a bounded number at a time. Returns how many. */
export async function cancelPendingRows(
  tx: Tx,
  accountId: string,
  campaignId: string,
  limit: number,
): Promise<number> {
  const rows = await tx.query<{ n: number }>(
    `/* messages.cancelPending */
     with cancelled as (
       update message set state = 'cancelled', state_reason = 'campaign_cancelled'
       where id in (select message_id from message_due where account_id = $1 and campaign_id = $2 limit $3)
       returning 1
     ) select count(*)::int as n from cancelled`,
    [accountId, campaignId, limit],
  )
  return rows[0]?.n ?? 0
}

/** When the last call that is still open can have begun at the latest; null when nothing is in flight. */
export async function drainedBy(
  db: Db,
  accountId: string,
  campaignId: string,
): Promise<{ inFlight: number; drainedBy: Date | null }> {
  const [row] = await readQuery<{ in_flight: number; drained_by: Date | null }>(
    db,
    `/* messages.drainedBy */
     select count(*)::int as in_flight, max(c.not_after) as drained_by
     from attempt a join claim c on c.id = a.claim_id
     where a.account_id = $1 and a.state = 'dispatching' and c.campaign_id = $2`,
    [accountId, campaignId],
  )
  return { inFlight: row?.in_flight ?? 0, drainedBy: row?.drained_by ?? null }
}
