import type { CampaignId, QuoteId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { currentPriceBook } from '../credits/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { isCap } from './check-content.js'
import { decideCampaign } from './domain/campaign-state.js'
import { announceState, moveCampaign } from './move-campaign.js'
import { acceptQuote, bindingCap, type StartRefusal } from './start-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { writePlan } from './store/control.js'

export interface ScheduleCampaignInput {
  campaignId: CampaignId
  quoteId: QuoteId
  startAt: Date
  capCredits?: number | null
}

export type ScheduleCampaignResult =
  | { ok: true; campaignId: CampaignId }
  | { ok: false; reason: 'time-out-of-range' | 'starts-after-expiry' }
  | StartRefusal

const AHEAD_DAYS_MAX = 366

/**
 * Plans a start and fixes its ceiling, the credits of the accepted quote. The audience is frozen when the time comes, so
 * people who are added until then get it too, within that ceiling. Scheduling again changes the time or the quote.
 */
export async function scheduleCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: ScheduleCampaignInput,
): Promise<ScheduleCampaignResult> {
  const { accountId } = caller
  const { campaignId, quoteId, startAt } = input
  const capCredits = input.capCredits ?? null
  if (capCredits !== null && !isCap(capCredits)) return { ok: false, reason: 'cap-out-of-range' }
  const now = deps.clock.now().toJSDate()
  const aheadMs = startAt.getTime() - now.getTime()
  if (!(aheadMs > 0 && aheadMs <= AHEAD_DAYS_MAX * 86_400_000))
    return { ok: false, reason: 'time-out-of-range' }
  const book = await currentPriceBook(deps.db, now)

  return inTransaction(deps.db, { name: 'campaigns.schedule', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null) return { ok: false, reason: 'not-found' }
    const decision = decideCampaign(campaign.state, 'schedule')
    if (decision.kind === 'refuse') return { ok: false, reason: decision.reason }
    if (campaign.expiresAt !== null && campaign.expiresAt <= startAt)
      return { ok: false, reason: 'starts-after-expiry' }
    const accepted = await acceptQuote(tx, campaign, { quoteId, book, now })
    if (!accepted.ok) return accepted
    await writePlan(tx, {
      campaignId,
      quoteId,
      capCredits: bindingCap(campaign, accepted.quote, capCredits),
      scheduledAt: startAt,
      startProblem: null,
    })
    if (decision.kind === 'move')
      await moveCampaign(tx, campaign, { to: 'scheduled', by: actorText(caller.actor), now })
    else await announceState(tx, campaign, { state: 'scheduled', pauseReason: null, from: 'scheduled' })
    return { ok: true, campaignId }
  })
}
