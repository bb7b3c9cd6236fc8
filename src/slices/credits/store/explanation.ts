import { assert } from '../../../kernel/assert.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { BalanceFacts } from '../domain/balance-explanation.js'
import type { LotSource } from '../domain/credit-lot.js'

/**
 * What the balance is made of, in one snapshot. Reads the few transfers with a key, not those of messages. What was advanced
 * for a late charge was granted and owed in one step: it stands there as spent and owed.
 */
export async function readBalanceFacts(db: Db, accountId: string): Promise<BalanceFacts | null> {
  const [row] = await readQuery<
    Record<'available' | 'held' | 'spent' | 'debt', string> & {
      granted: Partial<Record<LotSource, number>> | null
      taken_back: string | null
      deducted: string | null
      expired: string | null
    }
  >(
    db,
    `/* credits.readBalanceFacts */
     select b.available, b.held, b.spent, b.debt, moved.*,
       (select jsonb_object_agg(source, credits) from (
          select l.source, sum(t.amount) as credits
          from credit_transfer t join credit_lot l on l.account_id = t.account_id and l.lot_no = t.lot_no
          where t.account_id = b.account_id and t.op_key is not null and t.kind = 'grant'
            and not starts_with(t.op_key, 'grant:late:') group by l.source
        ) g) as granted
     from credit_balance b cross join lateral (
       select sum(amount) filter (where kind in ('clawback', 'debt_charge')) as taken_back,
         sum(amount) filter (where kind = 'deduction') as deducted, sum(amount) filter (where kind = 'expiry') as expired
       from credit_transfer t where t.account_id = b.account_id and t.op_key is not null and not starts_with(t.op_key, 'late:')
     ) moved
     where b.account_id = $1`,
    [accountId],
  )
  if (row === undefined) return null
  return {
    granted: row.granted ?? {},
    takenBack: Number(row.taken_back ?? 0),
    deducted: Number(row.deducted ?? 0),
    expired: Number(row.expired ?? 0),
    spent: Number(row.spent),
    held: Number(row.held),
    debt: Number(row.debt),
    available: Number(row.available),
  }
}

/** Of one hold or late charge `h`: how the hold was settled (r), and whether the charge was given back (f). */
const SETTLED = `left join credit_transfer r on ledger_key(r.account_id) = ledger_key(h.account_id) and r.ref_seq = h.seq and r.kind in ('capture', 'release')
     left join credit_transfer f on ledger_key(f.account_id) = ledger_key(h.account_id) and f.ref_seq = coalesce(r.seq, h.seq) and f.kind = 'refund'`
const SPENT = `coalesce(sum(h.amount) filter (where (r.kind = 'capture' or h.kind = 'late_charge') and f.seq is null), 0)`
const HELD = `coalesce(sum(h.amount) filter (where h.kind = 'hold' and r.seq is null), 0)`
const REFUNDED = `coalesce(sum(h.amount) filter (where f.seq is not null), 0)`

/** Where spent and held credits went: one campaign, the messages without one, or holds without any message. */
export interface UseOfCredits {
  use: 'campaign' | 'single_messages' | 'no_message'
  campaignId: string | null
  messages: number
  spent: number
  held: number
  refunded: number
}

/** All uses, and what the balance says was spent and held, in one snapshot. */
export async function readUses(
  db: Db,
  accountId: string,
): Promise<{ uses: UseOfCredits[]; spent: number; held: number }> {
  const rows = await readQuery<
    Record<'messages' | 'spent' | 'held' | 'refunded' | 'all_spent' | 'all_held', string> & {
      campaign_id: string | null
      no_message: boolean | null
    }
  >(
    db,
    `/* credits.readUses */
     with used as (
       select m.campaign_id, m.id is null as no_message, count(distinct m.id) as messages,
         ${SPENT} as spent, ${HELD} as held, ${REFUNDED} as refunded
       from credit_transfer h ${SETTLED}
       left join attempt a on a.id = h.attempt_id left join message m on m.id = a.message_id
       where h.account_id = $1 and h.kind in ('hold', 'late_charge')
       group by m.campaign_id, m.id is null
     )
     select used.*, b.spent as all_spent, b.held as all_held
     from credit_balance b left join used on true where b.account_id = $1
     order by used.spent + used.held desc, used.campaign_id`,
    [accountId],
  )
  const [first] = rows
  assert(first !== undefined, 'every account has a balance')
  return {
    spent: Number(first.all_spent),
    held: Number(first.all_held),
    uses: rows
      .filter((row) => row.no_message !== null)
      .map((row) => ({
        use:
          row.campaign_id !== null ? 'campaign' : row.no_message === true ? 'no_message' : 'single_messages',
        campaignId: row.campaign_id,
        messages: Number(row.messages),
        spent: Number(row.spent),
        held: Number(row.held),
        refunded: Number(row.refunded),
      })),
  }
}

/** What one message cost, and why: segments × credits per segment, by the price book that it was priced with. */
export interface MessageCost {
  messageId: string
  campaignId: string | null
  /** Place in the campaign; null without one. */
  ordinal: number | null
  country: string
  segments: number
  priceVersion: number
  /** Null when the price book has no such country, which no sent message should show. */
  creditsPerSegment: number | null
  cost: number
  spent: number
  held: number
  refunded: number
}

type MessageCostRow = Record<'cost' | 'spent' | 'held' | 'refunded', string> & {
  message_id: string
  campaign_id: string | null
  ordinal: number | null
  country: string
  segments: number
  price_version: number
  credits_per_segment: number | null
}

const MESSAGE_COST = `m.id as message_id, m.campaign_id, m.ordinal, m.country, m.segments, m.price_version, m.cost,
       p.credits_per_segment, ${SPENT} as spent, ${HELD} as held, ${REFUNDED} as refunded
     from message m
     join attempt a on a.message_id = m.id
     cross join lateral (
       select account_id, seq, amount, kind from credit_transfer
       where ledger_key(account_id) = ledger_key(m.account_id) and attempt_id = a.id and kind = 'hold'
       union all
       select account_id, seq, amount, kind from credit_transfer
       where ledger_key(account_id) = ledger_key(m.account_id) and attempt_id = a.id and kind = 'late_charge'
     ) h
     ${SETTLED}
     left join price_book p on p.version = m.price_version and p.country = m.country`

function toMessageCost(row: MessageCostRow): MessageCost {
  return {
    messageId: row.message_id,
    campaignId: row.campaign_id,
    ordinal: row.ordinal,
    country: row.country,
    segments: row.segments,
    priceVersion: row.price_version,
    creditsPerSegment: row.credits_per_segment,
    cost: Number(row.cost),
    spent: Number(row.spent),
    held: Number(row.held),
    refunded: Number(row.refunded),
  }
}

/** The messages of one campaign that have held credits at some time, in the order of the campaign. */
export async function readCampaignCosts(
  db: Db,
  accountId: string,
  campaignId: string,
  page: { afterOrdinal: number; limit: number },
): Promise<MessageCost[]> {
  const rows = await readQuery<MessageCostRow>(
    db,
    `/* credits.readCampaignCosts */
     select ${MESSAGE_COST}
     where m.account_id = $1 and m.campaign_id = $2 and m.ordinal > $3
     group by m.id, p.credits_per_segment order by m.ordinal limit $4`,
    [accountId, campaignId, page.afterOrdinal, page.limit],
  )
  return rows.map(toMessageCost)
}

/** The messages without a campaign that have held credits at some time, oldest first. */
export async function readSingleCosts(
  db: Db,
  accountId: string,
  page: { afterMessageId: string | null; limit: number },
): Promise<MessageCost[]> {
  const rows = await readQuery<MessageCostRow>(
    db,
    `/* credits.readSingleCosts */
     select ${MESSAGE_COST}
     where m.account_id = $1 and m.campaign_id is null and ($2::uuid is null or m.id > $2)
     group by m.id, p.credits_per_segment order by m.id limit $3`,
    [accountId, page.afterMessageId, page.limit],
  )
  return rows.map(toMessageCost)
}
