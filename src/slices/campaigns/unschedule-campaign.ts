import type { CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { decideCampaign, type StateRefusal } from './domain/campaign-state.js'
import { moveCampaign } from './move-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { writePlan } from './store/control.js'

export type UnscheduleCampaignResult =
  { ok: true; campaignId: CampaignId } | { ok: false; reason: 'not-found' | StateRefusal }

/** Back to a draft that can be changed. Its accepted quote is let go: the next start or schedule names one again. */
export async function unscheduleCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId },
): Promise<UnscheduleCampaignResult> {
  const { accountId } = caller
  const { campaignId } = input
  return inTransaction(deps.db, { name: 'campaigns.unschedule', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null) return { ok: false, reason: 'not-found' }
    const decision = decideCampaign(campaign.state, 'unschedule')
    if (decision.kind === 'refuse') return { ok: false, reason: decision.reason }
    if (decision.kind === 'stay') return { ok: true, campaignId }
    const now = deps.clock.now().toJSDate()
    await moveCampaign(tx, campaign, { to: 'draft', by: actorText(caller.actor), now })
    await writePlan(tx, {
      campaignId,
      quoteId: null,
      capCredits: null,
      scheduledAt: null,
      startProblem: null,
    })
    return { ok: true, campaignId }
  })
}
