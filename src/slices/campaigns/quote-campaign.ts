import { newId, type CampaignId, type ContactId, type QuoteId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { assert } from '../../kernel/assert.js'
import { currentPriceBook, priceOf, type PriceBook } from '../credits/index.js'
import { readAccountHours } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { readTemplate } from './check-content.js'
import { contentHash } from './content-hash.js'
import { decideCampaign, type StateRefusal } from './domain/campaign-state.js'
import type { ParsedTemplate, TemplateProblem } from '../../kernel/parse-template.js'
import { QuoteTally } from './domain/quote-tally.js'
import { HoursTally } from './hours-tally.js'
import { renderTemplate } from '../../kernel/render-template.js'
import { quoteView, type QuoteView } from './find-quote.js'
import { fieldsOf } from './domain/merge-fields.js'
import { readAccountRules } from './store/account-rules.js'
import { readAudiencePage, type AudienceMember, type AudienceQuery } from './store/audience.js'
import { readCampaign, type Campaign } from './store/campaigns.js'
import { insertQuote, type StoredQuote } from './store/quotes.js'

export type QuoteCampaignResult =
  | { ok: true; quote: QuoteView }
  | { ok: false; reason: 'not-found' | StateRefusal }
  | { ok: false; reason: 'template-invalid' | 'field-unknown'; problem: TemplateProblem }
  | { ok: false; reason: 'body-too-long'; contactId: ContactId; length: number }

/** Contacts in memory at a time, whatever the size of the audience. */
const PAGE_SIZE = 2_000

/**
 * What a campaign would cost if it started now: every recipient's text is rendered and measured, so the figure is exact
 * and not an estimate. The quote is stored and never changed; a start names one, and its credits are the ceiling.
 * It also says how many of them could be texted now and until when the others wait for their hours.
 * A text that the carrier would refuse for its length refuses the quote, with the first contact it happens to.
 */
export async function quoteCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId },
): Promise<QuoteCampaignResult> {
  const { accountId } = caller
  const campaign = await readCampaign(deps.db, accountId, input.campaignId)
  if (campaign === null) return { ok: false, reason: 'not-found' }
  const decision = decideCampaign(campaign.state, 'start')
  if (decision.kind === 'refuse') return { ok: false, reason: decision.reason }
  const reading = await readTemplate(deps, accountId, campaign.template)
  if (!reading.ok) return reading

  const now = deps.clock.now().toJSDate()
  const book = await currentPriceBook(deps.db, now)
  const measured = await measureAudience(deps, campaign, reading.template, { book, now })
  if (!measured.ok) return measured
  const quote: StoredQuote = {
    ...measured.tally.figures(),
    hours: measured.hours.figures(),
    id: newId<QuoteId>(),
    campaignId: campaign.id,
    priceVersion: book.version,
    contentHash: contentHash(campaign, book.version),
    createdAt: now,
  }
  await inTransaction(deps.db, { name: 'campaigns.quote' }, (tx) => insertQuote(tx, accountId, quote))
  return { ok: true, quote: await quoteView(deps, campaign, quote) }
}

/** Whom this campaign is for under the account's rules and the prices of this book. */
export function audienceQuery(
  campaign: Pick<Campaign, 'accountId' | 'audience' | 'purpose'>,
  allowedCountries: readonly string[],
  book: PriceBook,
): AudienceQuery {
  return {
    accountId: campaign.accountId,
    audience: campaign.audience,
    purpose: campaign.purpose,
    allowedCountries,
    pricedCountries: [...book.creditsPerSegment.keys()],
  }
}

type Measured =
  | { ok: true; tally: QuoteTally; hours: HoursTally }
  | Extract<QuoteCampaignResult, { reason: 'body-too-long' }>

async function measureAudience(
  deps: CampaignDeps,
  campaign: Campaign,
  template: ParsedTemplate,
  { book, now }: { book: PriceBook; now: Date },
): Promise<Measured> {
  const { allowedCountries } = await readAccountRules(deps.db, campaign.accountId)
  const kept = await readAccountHours(deps.db, campaign.accountId)
  assert(kept !== null, 'the account of a campaign is there')
  const hours = new HoursTally({ purpose: campaign.purpose, rules: kept.rules, at: now })
  const query = audienceQuery(campaign, allowedCountries, book)
  const tally = new QuoteTally()
  let after: ContactId | null = null
  for (;;) {
    const page: AudienceMember[] = await readAudiencePage(deps.db, query, { after, limit: PAGE_SIZE })
    for (const member of page) {
      const refusal = addMember(deps, { tally, hours }, member, { campaign, template, book })
      if (refusal !== null) return refusal
    }
    after = page.at(-1)?.contactId ?? null
    if (page.length < PAGE_SIZE) return { ok: true, tally, hours }
  }
}

function addMember(
  deps: CampaignDeps,
  { tally, hours }: { tally: QuoteTally; hours: HoursTally },
  member: AudienceMember,
  plan: { campaign: Campaign; template: ParsedTemplate; book: PriceBook },
): Extract<Measured, { ok: false }> | null {
  if (member.skipReason !== null) {
    tally.skip(member.skipReason)
    return null
  }
  const text = renderTemplate(plan.template, plan.campaign.optOutFooter, fieldsOf(member.contact))
  if (!text.ok) {
    if (text.reason === 'body_too_long') {
      return { ok: false, reason: 'body-too-long', contactId: member.contactId, length: text.length }
    }
    tally.skip(text.reason)
    return null
  }
  const { encoding, segments, nonGsmCharacters } = deps.measureSegments(text.body)
  const { country } = member.contact
  const credits = priceOf(plan.book, country, segments)
  if (credits === null) tally.skip('no_price')
  else {
    tally.add({ country, segments, credits, encoding, nonGsmCharacters })
    hours.add(member.contact)
  }
  return null
}
