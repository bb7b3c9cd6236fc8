import type { AccountId, CampaignId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import {
  messageTally,
  messageTallyLocked,
  type MessageTally,
  type SettledSummary,
} from '../messages/index.js'
import { SYSTEM, type CampaignDeps } from './campaign-deps.js'
import { completeIfFinished } from './complete-finished.js'
import { failureLimits, judgeFailures, type SettledSince } from './domain/failure-limits.js'
import { moveCampaign } from './move-campaign.js'
import { lockCampaign, type Campaign } from './store/campaigns.js'

/**
 * Called after each batch of outcomes. Pauses a campaign whose carrier account or set-up was refused, or too many of
 * whose texts fail, and completes one that has nothing left. Both are asked again under the lock before they happen.
 */
export async function judgeSettled(
  deps: CampaignDeps,
  accountId: AccountId,
  campaignId: CampaignId,
  summary: SettledSummary,
): Promise<void> {
  if (Object.values(summary.byClass).some((count) => count > 0)) {
    await pauseFailing(deps, accountId, campaignId, summary.byClass)
  }
  const tally = await messageTally(deps.db, campaignId)
  if (tally.pending + tally.dispatching + tally.unknown === 0)
    await completeIfFinished(deps, accountId, campaignId)
}

async function pauseFailing(
  deps: CampaignDeps,
  accountId: AccountId,
  campaignId: CampaignId,
  byClass: Readonly<Record<string, number>>,
): Promise<void> {
  await inTransaction(deps.db, { name: 'campaigns.pauseFailing', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign?.state !== 'running') return
    const since = settledSince(campaign, await messageTallyLocked(tx, campaignId))
    const verdict = judgeFailures(byClass, since, failureLimits)
    if (verdict === null) return
    const now = deps.clock.now().toJSDate()
    await moveCampaign(tx, campaign, {
      to: 'paused',
      reason: verdict.pause,
      detail: verdict.detail,
      by: SYSTEM,
      now,
    })
  })
}

/** Since the start or the last resume, so that a person who resumes is not overruled by what was before. */
function settledSince(campaign: Campaign, tally: MessageTally): SettledSince {
  return {
    failed: tally.failed - campaign.failedBefore,
    settled: tally.failed + tally.accepted + tally.unproven - campaign.settledBefore,
  }
}
