import type { AccountId, CampaignId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { messageTallyLocked } from '../messages/index.js'
import { SYSTEM, type CampaignDeps } from './campaign-deps.js'
import { decideCampaign } from './domain/campaign-state.js'
import { moveCampaign } from './move-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { finishedCampaigns } from './store/due.js'
import { lockPreparation } from './store/preparation.js'
import { visitEach } from '../../kernel/visit-each.js'

const BATCH_MAX = 100

/** Completes every campaign whose messages have all come to an end. Completed is derived, never set by hand. */
export async function completeFinished(deps: CampaignDeps): Promise<{ completed: number }> {
  let completed = 0
  await visitEach(await finishedCampaigns(deps.db, BATCH_MAX), async ({ accountId, campaignId }) => {
    if (await completeIfFinished(deps, accountId, campaignId)) completed += 1
  })
  return { completed }
}

/** Everybody prepared, and nothing waiting, in flight or unknown: asked again under the lock. */
export async function completeIfFinished(
  deps: CampaignDeps,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<boolean> {
  return inTransaction(deps.db, { name: 'campaigns.complete', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null || decideCampaign(campaign.state, 'complete').kind !== 'move') return false
    const preparation = await lockPreparation(tx, campaignId)
    const tally = await messageTallyLocked(tx, campaignId)
    if (preparation?.done !== true || tally.pending + tally.dispatching + tally.unknown > 0) return false
    await moveCampaign(tx, campaign, { to: 'completed', by: SYSTEM, now: deps.clock.now().toJSDate() })
    return true
  })
}
