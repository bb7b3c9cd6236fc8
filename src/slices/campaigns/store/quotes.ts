import type { AccountId, CampaignId, QuoteId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { QuotedHours, QuoteFigures } from '../domain/quote-tally.js'
import type { SkipCounts } from '../domain/skip-reason.js'

export interface StoredQuote extends QuoteFigures {
  id: QuoteId
  campaignId: CampaignId
  priceVersion: number
  contentHash: Buffer
  createdAt: Date
  /** Null for a quote from before this was kept. */
  hours: QuotedHours | null
}

/** What has no column of its own, because nothing is decided on it. */
type Details = Pick<
  QuoteFigures,
  'creditsMin' | 'creditsMax' | 'ucs2Recipients' | 'culprits' | 'countries'
> & {
  hours?: QuotedHours
}

interface QuoteRow {
  id: QuoteId
  campaign_id: CampaignId
  audience_size: number
  recipients: number
  skipped: SkipCounts
  segments_min: number
  segments_typical: number
  segments_max: number
  credits: string
  details: Details
  content_hash: Buffer
  price_version: number
  created_at: Date
}

function toQuote(row: QuoteRow): StoredQuote {
  return {
    ...row.details,
    hours: row.details.hours === undefined ? null : toHours(row.details.hours),
    id: row.id,
    campaignId: row.campaign_id,
    audienceSize: row.audience_size,
    recipients: row.recipients,
    skipped: row.skipped,
    segmentsMin: row.segments_min,
    segmentsTypical: row.segments_typical,
    segmentsMax: row.segments_max,
    credits: Number(row.credits),
    priceVersion: row.price_version,
    contentHash: row.content_hash,
    createdAt: row.created_at,
  }
}

/** JSON knows no dates. */
function toHours(hours: QuotedHours): QuotedHours {
  const { firstOpensAt, lastOpensAt } = hours
  return {
    ...hours,
    firstOpensAt: firstOpensAt === null ? null : new Date(firstOpensAt),
    lastOpensAt: lastOpensAt === null ? null : new Date(lastOpensAt),
  }
}

const COLUMNS = `id, campaign_id, audience_size, recipients, skipped, segments_min, segments_typical, segments_max, credits,
  details, content_hash, price_version, created_at`

export async function insertQuote(tx: Tx, accountId: AccountId, quote: StoredQuote): Promise<void> {
  const details: Details = {
    creditsMin: quote.creditsMin,
    creditsMax: quote.creditsMax,
    ucs2Recipients: quote.ucs2Recipients,
    culprits: quote.culprits,
    countries: quote.countries,
    ...(quote.hours === null ? {} : { hours: quote.hours }),
  }
  await tx.query(
    `/* campaigns.insertQuote */
     insert into campaign_quote (account_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      accountId,
      quote.id,
      quote.campaignId,
      quote.audienceSize,
      quote.recipients,
      JSON.stringify(quote.skipped),
      quote.segmentsMin,
      quote.segmentsTypical,
      quote.segmentsMax,
      quote.credits,
      JSON.stringify(details),
      quote.contentHash,
      quote.priceVersion,
      quote.createdAt,
    ],
  )
}

export async function readQuoteLocked(
  tx: Tx,
  accountId: AccountId,
  campaignId: CampaignId,
  quoteId: QuoteId,
): Promise<StoredQuote | null> {
  const [row] = await tx.query<QuoteRow>(
    `/* campaigns.readQuoteLocked */
     select ${COLUMNS} from campaign_quote where account_id = $1 and campaign_id = $2 and id = $3`,
    [accountId, campaignId, quoteId],
  )
  return row === undefined ? null : toQuote(row)
}

/** The newest quote of a campaign, or the one with this id. */
export async function readQuote(
  db: Db,
  accountId: AccountId,
  campaignId: CampaignId,
  quoteId: QuoteId | null,
): Promise<StoredQuote | null> {
  const [row] = await readQuery<QuoteRow>(
    db,
    `/* campaigns.readQuote */
     select ${COLUMNS} from campaign_quote
     where account_id = $1 and campaign_id = $2 and ($3::uuid is null or id = $3)
     order by created_at desc, id desc limit 1`,
    [accountId, campaignId, quoteId],
  )
  return row === undefined ? null : toQuote(row)
}
