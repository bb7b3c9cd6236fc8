import type { CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { drainedBy } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { decideCampaign, type StateRefusal } from './domain/campaign-state.js'
import { outranks, type PauseReason } from './domain/pause-reason.js'
import { announceState, moveCampaign } from './move-campaign.js'
import { lockCampaign } from './store/campaigns.js'
import { writePauseReason } from './store/control.js'

/** What was authorised before and cannot be recalled. */
export interface Drain {
  /** Texts whose calls may be under way. */
  inFlight: number
  /** After this moment none of them can still leave; null when there are none. */
  drainedBy: Date | null
}

export type PauseCampaignResult =
  ({ ok: true; campaignId: CampaignId } & Drain) | { ok: false; reason: 'not-found' | StateRefusal }

/**
 * From the moment this returns nothing more of the campaign is authorised; what was before is counted in the answer.
 * Pausing a campaign that paused by itself makes it a person's pause, which automatic resume leaves alone.
 */
export async function pauseCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId },
): Promise<PauseCampaignResult> {
  const { accountId, actor } = caller
  const { campaignId } = input
  const reason: PauseReason = actor.kind === 'admin' ? 'by_administrator' : 'by_user'
  const by = actorText(actor)
  const paused = await inTransaction(deps.db, { name: 'campaigns.pause', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign === null) return { ok: false as const, reason: 'not-found' as const }
    const decision = decideCampaign(campaign.state, 'pause')
    if (decision.kind === 'refuse') return { ok: false as const, reason: decision.reason }
    const now = deps.clock.now().toJSDate()
    if (decision.kind === 'move') {
      await moveCampaign(tx, campaign, { to: 'paused', reason, by, now })
    } else if (campaign.pauseReason !== null && outranks(reason, campaign.pauseReason)) {
      await writePauseReason(tx, { campaignId, reason, detail: null, by, now })
      await announceState(tx, campaign, { state: 'paused', pauseReason: reason, from: 'paused' })
    }
    return { ok: true as const }
  })
  if (!paused.ok) return paused
  return { ok: true, campaignId, ...(await drainedBy(deps.db, accountId, campaignId)) }
}
