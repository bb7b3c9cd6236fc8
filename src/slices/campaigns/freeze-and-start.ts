import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { PriceBook } from '../credits/index.js'
import { totalSkipped, type SkipCounts, type SkipReason } from './domain/skip-reason.js'
import { holdRunaway } from './hold-runaway.js'
import { moveCampaign } from './move-campaign.js'
import { audienceQuery } from './quote-campaign.js'
import { readAccountRulesLocked } from './store/account-rules.js'
import { countAudience, freezeAudience } from './store/audience.js'
import type { Campaign } from './store/campaigns.js'
import { writePlan } from './store/control.js'
import { insertPreparation } from './store/preparation.js'
import type { StoredQuote } from './store/quotes.js'

export interface StartOrder {
  quote: StoredQuote
  /** Credits that the campaign may use at most. */
  capCredits: number
  /** A person who starts now is told that more people would get it than were quoted; a scheduled start stops at the cap. */
  mayHaveGrown: boolean
  book: PriceBook
  by: string
  now: Date
}

export type FreezeResult =
  | { ok: true; audienceSize: number; recipients: number }
  | { ok: false; reason: 'audience-empty' | 'audience-grew' | 'too-late' }

/** Reasons that only the rendered text shows, so that a count of contacts cannot know them yet. */
const KNOWN_WHEN_RENDERED: readonly SkipReason[] = ['field_missing', 'body_empty', 'body_too_long']

/**
 * The start itself, in the caller's transaction: the audience is frozen with an order, the ceiling is set, and the
 * campaign runs. All of it commits together or nothing does. Contacts who come later do not join. Contacts who are
 * deleted later are skipped if their text is not prepared yet; after that the consent gate decides, as for everybody.
 */
export async function freezeAndStart(tx: Tx, campaign: Campaign, order: StartOrder): Promise<FreezeResult> {
  const { quote, book, now, by } = order
  if (campaign.expiresAt !== null && campaign.expiresAt <= now) return { ok: false, reason: 'too-late' }
  const rules = await readAccountRulesLocked(tx, campaign.accountId)
  const query = audienceQuery(campaign, rules.allowedCountries, book)
  const count = await countAudience(tx, query)
  const recipients = count.size - totalSkipped(count.skipped)
  if (recipients === 0) return { ok: false, reason: 'audience-empty' }
  if (!order.mayHaveGrown && recipients > quotedRecipients(quote))
    return { ok: false, reason: 'audience-grew' }

  const frozen = await freezeAudience(tx, campaign.id, query)
  assert(frozen === count.size, 'the frozen audience is the counted one')
  await insertPreparation(tx, campaign.accountId, {
    campaignId: campaign.id,
    audienceSize: count.size,
    priceVersion: book.version,
    skipped: count.skipped,
  })
  await writePlan(tx, {
    campaignId: campaign.id,
    quoteId: quote.id,
    capCredits: order.capCredits,
    scheduledAt: campaign.scheduledAt,
    startProblem: null,
  })
  await moveCampaign(tx, campaign, { to: 'running', by, now })
  await holdRunaway(tx, { ...campaign, state: 'running' }, order.capCredits, now)
  return { ok: true, audienceSize: count.size, recipients }
}

function quotedRecipients(quote: StoredQuote): number {
  const rendered: SkipCounts = {}
  for (const reason of KNOWN_WHEN_RENDERED) rendered[reason] = quote.skipped[reason] ?? 0
  return quote.recipients + totalSkipped(rendered)
}
