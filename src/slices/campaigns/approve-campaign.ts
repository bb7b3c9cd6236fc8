import type { CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { recordGuard } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { isCap } from './check-content.js'
import { moveCampaign } from './move-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { writeApproval } from './store/guard.js'

export interface ApproveCampaignInput {
  campaignId: CampaignId
  reason: string
  /** Credits up to which it is approved; its own cap when left out. */
  credits?: number | null
}

export type ApproveCampaignResult =
  | { ok: true; campaignId: CampaignId }
  | { ok: false; reason: 'not-found' | 'nothing-held' | 'cap-out-of-range' }

/**
 * Lets a campaign go on that the runaway guard holds, up to an amount, so that it is not held again below that. The
 * owner's or an administrator's decision, with its reason in the account's history. A campaign that is paused for another
 * reason stays paused. Refused for a campaign that has ended or never started.
 */
export async function approveCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: ApproveCampaignInput,
): Promise<ApproveCampaignResult> {
  const { accountId } = caller
  const { campaignId, reason } = input
  const asked = input.credits ?? null
  if (asked !== null && !isCap(asked)) return { ok: false, reason: 'cap-out-of-range' }
  return inTransaction(deps.db, { name: 'campaigns.approve', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null) return { ok: false, reason: 'not-found' }
    if (campaign.state !== 'paused') return { ok: false, reason: 'nothing-held' }
    const credits = asked ?? campaign.capCredits ?? 0
    await writeApproval(tx, campaignId, credits)
    const by = actorText(caller.actor)
    if (campaign.pauseReason === 'runaway_guard' && credits >= (campaign.capCredits ?? 0)) {
      await moveCampaign(tx, campaign, { to: 'running', by, now: deps.clock.now().toJSDate() })
    }
    await recordGuard(tx, {
      accountId,
      campaignId,
      kind: 'approved',
      rule: 'campaign_credits',
      seen: { credits },
      actor: by,
      reason,
    })
    return { ok: true, campaignId }
  })
}
