import type { AccountId, CampaignId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { messageTallyLocked } from '../messages/index.js'
import { takeBackPending } from './cancel-campaign.js'
import type { CampaignDeps } from './campaign-deps.js'
import { announceChange } from './move-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { writeDrained } from './store/control.js'
import { drainingCampaigns } from './store/due.js'
import { visitEach } from '../../kernel/visit-each.js'

const CAMPAIGNS_MAX = 50
const BATCHES_MAX = 4

/**
 * Finishes cancellations: takes back what still waits, also what came back from flight unsent after the cancellation,
 * and is done with a campaign when nothing of it can come back any more. Safe to run at any time, any number of times.
 */
export async function drainCancelled(deps: CampaignDeps): Promise<{ drained: number }> {
  let drained = 0
  await visitEach(await drainingCampaigns(deps.db, CAMPAIGNS_MAX), async ({ accountId, campaignId }) => {
    if (!(await takeBackPending(deps, accountId, campaignId, BATCHES_MAX))) return
    if (await closeIfDrained(deps, accountId, campaignId)) drained += 1
  })
  return { drained }
}

async function closeIfDrained(
  deps: CampaignDeps,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<boolean> {
  return inTransaction(deps.db, { name: 'campaigns.drained', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    const tally = await messageTallyLocked(tx, campaignId)
    if (campaign === null || tally.pending + tally.dispatching + tally.unknown > 0) return false
    await writeDrained(tx, campaignId)
    await announceChange(tx, campaign)
    return true
  })
}
