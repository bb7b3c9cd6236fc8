import type { CampaignId, QuoteId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import { currentPriceBook, type PriceBook } from '../credits/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { isCap } from './check-content.js'
import { decideCampaign, type StateRefusal } from './domain/campaign-state.js'
import type { StaleReason } from './domain/quote-freshness.js'
import { staleReasons } from './find-quote.js'
import { freezeAndStart, type FreezeResult } from './freeze-and-start.js'
import { readAccountRulesLocked } from './store/account-rules.js'
import { lockCampaign, type Campaign } from './store/campaigns.js'
import { readQuoteLocked, type StoredQuote } from './store/quotes.js'

export interface StartCampaignInput {
  campaignId: CampaignId
  /** The quote that was accepted: its credits are the ceiling. */
  quoteId: QuoteId
  /** A lower ceiling. */
  capCredits?: number | null
  idempotencyKey?: string | null
}

export type StartRefusal =
  | {
      ok: false
      reason:
        | 'not-found'
        | 'quote-not-found'
        | 'cap-out-of-range'
        | 'subscription-inactive'
        | 'account-stopped'
        | 'billing-dispute'
    }
  | { ok: false; reason: 'quote-stale'; staleReasons: StaleReason[] }
  | { ok: false; reason: StateRefusal }
  | Extract<FreezeResult, { ok: false }>

export type StartCampaignResult = { ok: true; campaignId: CampaignId } | StartRefusal | KeyReused

/**
 * Starts a campaign: in one transaction under the account's lock the quote is checked against what the campaign is now,
 * the audience is frozen with its order, and the campaign runs. Starting it again with the same quote answers the same.
 *
 * Refuses a quote for something else or one that is stale, an audience that has grown beyond the quote, an empty one,
 * and an account that may not send. Missing credits do not refuse: it pauses by itself at the first text they do not cover.
 */
export async function startCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: StartCampaignInput,
): Promise<StartCampaignResult> {
  const { accountId } = caller
  const { campaignId, quoteId } = input
  const capCredits = input.capCredits ?? null
  if (capCredits !== null && !isCap(capCredits)) return { ok: false, reason: 'cap-out-of-range' }
  const book = await currentPriceBook(deps.db, deps.clock.now().toJSDate())
  const request = { campaignId, quoteId, capCredits }
  const once = { accountId, key: input.idempotencyKey ?? null, operation: 'campaigns.start', input: request }
  return inTransaction(deps.db, { name: 'campaigns.start', accountId }, (tx) =>
    onceOnly<StartCampaignResult>(tx, once, () => start(tx, deps, caller, { ...request, book })),
  )
}

async function start(
  tx: Tx,
  deps: CampaignDeps,
  caller: Caller,
  order: { campaignId: CampaignId; quoteId: QuoteId; capCredits: number | null; book: PriceBook },
): Promise<{ ok: true; campaignId: CampaignId } | StartRefusal> {
  const { accountId } = caller
  const { campaignId, book } = order
  const campaign = await lockCampaign(tx, accountId, campaignId)
  if (campaign === null) return { ok: false, reason: 'not-found' }
  if (campaign.startedAt !== null && campaign.quoteId === order.quoteId) return { ok: true, campaignId }
  const decision = decideCampaign(campaign.state, 'start')
  if (decision.kind === 'refuse') return { ok: false, reason: decision.reason }

  const rules = await readAccountRulesLocked(tx, accountId)
  if (rules.stoppedReason !== null) return { ok: false, reason: 'account-stopped' }
  if (rules.disputed) return { ok: false, reason: 'billing-dispute' }
  if (!rules.subscriptionActive) return { ok: false, reason: 'subscription-inactive' }
  const now = deps.clock.now().toJSDate()
  const accepted = await acceptQuote(tx, campaign, { quoteId: order.quoteId, book, now })
  if (!accepted.ok) return accepted
  const capCredits = bindingCap(campaign, accepted.quote, order.capCredits)
  const by = actorText(caller.actor)
  const started = await freezeAndStart(tx, campaign, {
    quote: accepted.quote,
    capCredits,
    mayHaveGrown: false,
    book,
    by,
    now,
  })
  return started.ok ? { ok: true, campaignId } : started
}

/** The quote, if it is one of this campaign as it is now. */
export async function acceptQuote(
  tx: Tx,
  campaign: Campaign,
  asked: { quoteId: QuoteId; book: PriceBook; now: Date },
): Promise<{ ok: true; quote: StoredQuote } | StartRefusal> {
  const quote = await readQuoteLocked(tx, campaign.accountId, campaign.id, asked.quoteId)
  if (quote === null) return { ok: false, reason: 'quote-not-found' }
  const stale = staleReasons(campaign, quote, asked.book.version, asked.now)
  if (stale.length > 0) return { ok: false, reason: 'quote-stale', staleReasons: stale }
  return quote.recipients === 0 ? { ok: false, reason: 'audience-empty' } : { ok: true, quote }
}

/** The quote is the ceiling; whoever sets a lower one gets that. */
export function bindingCap(campaign: Campaign, quote: StoredQuote, capCredits: number | null): number {
  return Math.min(quote.credits, capCredits ?? Infinity, campaign.ownCapCredits ?? Infinity)
}
