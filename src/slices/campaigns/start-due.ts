import { assert } from '../../kernel/assert.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { currentPriceBook } from '../credits/index.js'
import { SYSTEM, type CampaignDeps } from './campaign-deps.js'
import { freezeAndStart, type FreezeResult } from './freeze-and-start.js'
import { moveCampaign } from './move-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { writePlan } from './store/control.js'
import { dueCampaigns, type CampaignRef } from './store/due.js'
import { readQuoteLocked } from './store/quotes.js'
import { visitEach } from '../../kernel/visit-each.js'

const BATCH_MAX = 50

/**
 * Starts the scheduled campaigns whose time has come. Safe to run any number of times, in any number of processes. The
 * ceiling is that of the quote accepted when it was scheduled, whatever prices and audience have become. An account that
 * may not send now does not stop the start: the campaign pauses with that reason and its place is kept. What cannot
 * start at all (nobody in the audience, or too late) becomes a draft again that says why.
 */
export async function startDue(deps: CampaignDeps): Promise<{ started: number; refused: number }> {
  const due = await dueCampaigns(deps.db, deps.clock.now().toJSDate(), BATCH_MAX)
  let started = 0
  let refused = 0
  await visitEach(due, async (campaign) => {
    const result = await startScheduled(deps, campaign)
    if (result?.ok === true) started += 1
    if (result?.ok === false) refused += 1
  })
  return { started, refused }
}

async function startScheduled(deps: CampaignDeps, ref: CampaignRef): Promise<FreezeResult | null> {
  const { accountId, campaignId } = ref
  const now = deps.clock.now().toJSDate()
  const book = await currentPriceBook(deps.db, now)
  return inTransaction(deps.db, { name: 'campaigns.startDue', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    // Somebody unscheduled, moved or started it since we looked.
    if (campaign?.state !== 'scheduled' || campaign.scheduledAt === null || campaign.scheduledAt > now)
      return null
    assert(
      campaign.quoteId !== null && campaign.capCredits !== null,
      'a scheduled campaign has its quote and its ceiling',
    )
    const quote = await readQuoteLocked(tx, accountId, campaignId, campaign.quoteId)
    assert(quote !== null, 'quotes are kept')
    const order = { quote, capCredits: campaign.capCredits, mayHaveGrown: true, book, by: SYSTEM, now }
    const result = await freezeAndStart(tx, campaign, order)
    if (!result.ok) {
      await moveCampaign(tx, campaign, { to: 'draft', by: SYSTEM, now })
      await writePlan(tx, {
        campaignId,
        quoteId: null,
        capCredits: null,
        scheduledAt: null,
        startProblem: result.reason,
      })
    }
    return result
  })
}
