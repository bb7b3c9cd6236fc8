import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { SYSTEM, type CampaignDeps } from './campaign-deps.js'
import { outlivesItsReason, resumesByItself, whyNotGoOn } from './domain/may-go-on.js'
import { moveCampaign } from './move-campaign.js'
import { readFunding } from './read-funding.js'
import { lockCampaign } from './store/campaigns.js'
import { resumableCampaigns, type PausedCampaign, type PausedPlace } from './store/due.js'
import { visitEach } from '../../kernel/visit-each.js'

export interface ResumePausedInput {
  /** What the circuit breaker says now; false while the carrier cannot be used. */
  carrierAvailable: boolean
  /** The breaker would let one call through: of those that wait for the carrier only the first goes on, to probe with. */
  isProbe?: boolean
  /** Only this account's: right after a grant. */
  accountId?: AccountId
  /** Kept by whoever sweeps; without it, the look begins at the oldest pause. */
  turn?: ResumeTurn
  limit?: number
}

/** Where the next sweep goes on, so that campaigns that cannot go on never stand before others that can. */
export interface ResumeTurn {
  after: PausedPlace
}

export const firstTurn = (): ResumeTurn => ({
  after: { changedAt: '-infinity', campaignId: '00000000-0000-0000-0000-000000000000' },
})

const BATCH_MAX = 200

/**
 * Resumes campaigns that paused by themselves and can go on. It looks at how things are and not at what happened: credits
 * that came back from texts in flight just before the pause fund a campaign as well as a later top-up does, so a sweep
 * that runs again and again never leaves a funded campaign behind. The same call right after a grant saves the wait.
 */
export async function resumePaused(
  deps: CampaignDeps,
  { accountId, turn = firstTurn(), limit = BATCH_MAX, ...input }: ResumePausedInput,
): Promise<{ resumed: number }> {
  const candidates = await resumableCampaigns(deps.db, {
    accountId: accountId ?? null,
    after: turn.after,
    carrierAvailable: input.carrierAvailable,
    limit,
  })
  turn.after = candidates.at(-1)?.place ?? turn.after
  let resumed = 0
  let probesLeft = input.isProbe === true ? 1 : Infinity
  await visitEach(candidates, async (candidate) => {
    const waitsForCarrier = candidate.reason === 'carrier_unavailable'
    const carrierAvailable = input.carrierAvailable && !(waitsForCarrier && probesLeft < 1)
    if (!resumesByItself({ ...candidate, carrierAvailable })) return
    if (!(await resumeIfClear(deps, candidate, carrierAvailable))) return
    resumed += 1
    if (waitsForCarrier) probesLeft -= 1
  })
  return { resumed }
}

async function resumeIfClear(
  deps: CampaignDeps,
  { accountId, campaignId }: PausedCampaign,
  carrierAvailable: boolean,
): Promise<boolean> {
  return inTransaction(deps.db, { name: 'campaigns.resumePaused', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign?.state !== 'paused' || campaign.pauseReason === null) return false
    const { pauseReason: reason, pauseDetail: detail, autoResume } = campaign
    if (!resumesByItself({ reason, detail, autoResume, carrierAvailable })) return false
    const now = deps.clock.now().toJSDate()
    const { facts } = await readFunding(tx, campaign, now)
    const obstacle = whyNotGoOn(facts)
    if (obstacle !== null && !outlivesItsReason(reason, obstacle)) return false
    await moveCampaign(tx, campaign, { to: 'running', by: SYSTEM, now })
    return true
  })
}
