import type { AccountId, CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { cancelPending, drainedBy } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { decideCampaign, type StateRefusal } from './domain/campaign-state.js'
import { moveCampaign } from './move-campaign.js'
import type { Drain } from './pause-campaign.js'
import { lockCampaign } from './store/campaigns.js'

export type CancelCampaignResult =
  ({ ok: true; campaignId: CampaignId } & Drain) | { ok: false; reason: 'not-found' | StateRefusal }

/** Batches of waiting messages that the request itself takes back; a sweeper does the rest of a very large campaign. */
const BATCHES_MAX = 4

/**
 * Ends a campaign for good. The state is set first, in its own transaction, so that claims stop at once; waiting messages
 * are then taken back batch by batch. What is in flight is not touched: it may be out already, and is settled as it ends.
 */
export async function cancelCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId },
): Promise<CancelCampaignResult> {
  const { accountId } = caller
  const { campaignId } = input
  const cancelled = await inTransaction(deps.db, { name: 'campaigns.cancel', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null) return { ok: false as const, reason: 'not-found' as const }
    const decision = decideCampaign(campaign.state, 'cancel')
    if (decision.kind === 'refuse') return { ok: false as const, reason: decision.reason }
    if (decision.kind === 'move') {
      await moveCampaign(tx, campaign, {
        to: 'cancelled',
        by: actorText(caller.actor),
        now: deps.clock.now().toJSDate(),
      })
    }
    return { ok: true as const }
  })
  if (!cancelled.ok) return cancelled
  const drain = await drainedBy(deps.db, accountId, campaignId)
  await takeBackPending(deps, accountId, campaignId, BATCHES_MAX)
  return { ok: true, campaignId, ...drain }
}

/** Cancels waiting messages, at most so many batches. Returns whether none are left. */
export async function takeBackPending(
  deps: Pick<CampaignDeps, 'db'>,
  accountId: AccountId,
  campaignId: CampaignId,
  batchesMax: number,
): Promise<boolean> {
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const { more } = await inTransaction(deps.db, { name: 'campaigns.takeBack', accountId }, (tx) =>
      cancelPending(tx, accountId, campaignId),
    )
    if (!more) return true
  }
  return false
}
