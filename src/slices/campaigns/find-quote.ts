import type { CampaignId, QuoteId } from '../../kernel/ids.js'
import { currentPriceBook, readBalance } from '../credits/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { contentHash } from './content-hash.js'
import { whyStale, type StaleReason } from './domain/quote-freshness.js'
import { readAccountRules } from './store/account-rules.js'
import { readCampaign, type Campaign } from './store/campaigns.js'
import { readQuote, type StoredQuote } from './store/quotes.js'

/** A quote with what has to be asked anew each time it is shown. */
export interface QuoteView extends StoredQuote {
  /** Why it no longer holds; empty while a start with it is possible. */
  staleReasons: StaleReason[]
  /** Credits that campaigns may use now: available beyond the reserve. */
  availableCredits: number
  /** How many credits are missing for all recipients; the campaign would pause there and continue after a top-up. */
  shortfallCredits: number
  /** How long sending takes at the senders' rate, without quiet hours and pauses. */
  expectedSeconds: number
}

/** The newest quote of a campaign, or a certain one; null for anything that is not of this account. */
export async function findQuote(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId; quoteId?: QuoteId | null },
): Promise<QuoteView | null> {
  const campaign = await readCampaign(deps.db, caller.accountId, input.campaignId)
  if (campaign === null) return null
  const quote = await readQuote(deps.db, caller.accountId, campaign.id, input.quoteId ?? null)
  return quote === null ? null : quoteView(deps, campaign, quote)
}

export async function quoteView(
  deps: CampaignDeps,
  campaign: Campaign,
  quote: StoredQuote,
): Promise<QuoteView> {
  const now = deps.clock.now().toJSDate()
  const [balance, rules, book] = await Promise.all([
    readBalance(deps.db, campaign.accountId),
    readAccountRules(deps.db, campaign.accountId),
    currentPriceBook(deps.db, now),
  ])
  const availableCredits = Math.max(0, balance.available - rules.reserveCredits)
  return {
    ...quote,
    staleReasons: staleReasons(campaign, quote, book.version, now),
    availableCredits,
    shortfallCredits: Math.max(0, quote.credits - availableCredits),
    expectedSeconds: Math.ceil(quote.recipients / deps.sendRatePerSecond),
  }
}

export function staleReasons(
  campaign: Campaign,
  quote: StoredQuote,
  currentPriceVersion: number,
  now: Date,
): StaleReason[] {
  return whyStale({
    contentMatches: quote.contentHash.equals(contentHash(campaign, quote.priceVersion)),
    quotePriceVersion: quote.priceVersion,
    currentPriceVersion,
    quotedAt: quote.createdAt,
    now,
  })
}
