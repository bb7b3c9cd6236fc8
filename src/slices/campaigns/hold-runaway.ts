import type { Tx } from '../../platform/db/transaction.js'
import { recordGuard } from '../messages/index.js'
import { SYSTEM } from './campaign-deps.js'
import { campaignGuardRules, needsApproval } from './domain/runaway-rule.js'
import { moveCampaign } from './move-campaign.js'
import type { Campaign } from './store/campaigns.js'
import { readGuardFacts } from './store/guard.js'

/** Whether an owner must approve this ceiling before the campaign sends, and what it was held against. */
export async function approvalNeeded(
  tx: Tx,
  campaign: Pick<Campaign, 'id' | 'accountId'>,
  capCredits: number,
): Promise<{ largestBefore: number } | null> {
  // Nearly every campaign: no question to the database.
  if (capCredits <= campaignGuardRules.creditsFloor) return null
  const facts = await readGuardFacts(tx, campaign.accountId, campaign.id)
  return needsApproval({ capCredits, ...facts }) ? { largestBefore: facts.largestBefore } : null
}

/**
 * The runaway guard of campaigns, in the transaction that starts one: what would use far more than the account ever did
 * pauses before its first text. Its ceiling binds from then on, so nothing needs to be watched while it runs.
 */
export async function holdRunaway(tx: Tx, running: Campaign, capCredits: number, now: Date): Promise<void> {
  const needed = await approvalNeeded(tx, running, capCredits)
  if (needed === null) return
  const detail = `cap ${String(capCredits)}, largest before ${String(needed.largestBefore)}`
  await moveCampaign(tx, running, { to: 'paused', reason: 'runaway_guard', detail, by: SYSTEM, now })
  await recordGuard(tx, {
    accountId: running.accountId,
    campaignId: running.id,
    kind: 'held',
    rule: 'campaign_credits',
    seen: { capCredits, ...needed },
    actor: SYSTEM,
    reason: null,
  })
}
