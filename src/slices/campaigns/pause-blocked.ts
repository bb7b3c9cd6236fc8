import type { AccountId, CampaignId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import type { LaneBlock } from '../messages/index.js'
import { SYSTEM, type CampaignDeps } from './campaign-deps.js'
import { ACCOUNT_STOPPED, IN_DEBT, OUTAGE, whyNotGoOn, type GoOnRefusal } from './domain/may-go-on.js'
import type { PauseReason } from './domain/pause-reason.js'
import { moveCampaign } from './move-campaign.js'
import { readFunding } from './read-funding.js'
import { lockCampaign, type Campaign } from './store/campaigns.js'

/**
 * Called when a claim of this campaign found that it may not go on. The claim's word is not taken for it: the facts are
 * read again under the account's lock and the campaign's row lock, because credits may have come in between.
 *
 * A campaign without credits for the next recipient pauses only when none of its calls is under way, since each of them
 * may still give its credits back; the sender asks again as soon as they are settled. One whose account owes credits
 * pauses at once.
 */
export async function pauseBlocked(
  deps: CampaignDeps,
  accountId: AccountId,
  campaignId: CampaignId,
  block: LaneBlock,
): Promise<{ paused: PauseReason | null }> {
  return inTransaction(deps.db, { name: 'campaigns.pauseBlocked', accountId }, async (tx) => {
    const campaign = await lockCampaign(tx, accountId, campaignId)
    if (campaign?.state !== 'running') return { paused: null }
    const now = deps.clock.now().toJSDate()
    const pause = await reasonOf(tx, campaign, block, now)
    if (pause === null) return { paused: null }
    await moveCampaign(tx, campaign, { to: 'paused', ...pause, by: SYSTEM, now })
    return { paused: pause.reason }
  })
}

type Pause = { reason: PauseReason; detail?: string } | null

async function reasonOf(tx: Tx, campaign: Campaign, block: LaneBlock, now: Date): Promise<Pause> {
  switch (block) {
    case 'campaign-not-running':
    // Said of single texts only.
    case 'held-for-approval':
    // The platform's own stop ends for everybody at once; campaigns wait in their places without being touched.
    case 'platform-stopped':
    case 'sending-locked':
      return null
    case 'carrier-unavailable':
      return { reason: 'carrier_unavailable', detail: OUTAGE }
    case 'account-stopped':
    case 'subscription-inactive':
    case 'credits-exhausted':
    case 'cap-reached':
      return fundingPause(tx, campaign, now)
  }
}

async function fundingPause(tx: Tx, campaign: Campaign, now: Date): Promise<Pause> {
  const { facts, tally, hasNext } = await readFunding(tx, campaign, now)
  const obstacle = whyNotGoOn(facts)
  if (obstacle === null) return null
  const mayFundItself = obstacle === 'insufficient-credits' || obstacle === 'cap-reached'
  if (mayFundItself && (!hasNext || tally.dispatching > 0)) return null
  // What calls under way give back pays the debt first; the campaign shows at once that money was taken back.
  if (obstacle === 'in-debt' && !hasNext) return null
  return pauseFor[obstacle]
}

const pauseFor: Readonly<Record<GoOnRefusal, NonNullable<Pause>>> = {
  'account-stopped': { reason: 'by_administrator', detail: ACCOUNT_STOPPED },
  'billing-dispute': { reason: 'billing_dispute' },
  'subscription-inactive': { reason: 'subscription_inactive' },
  'in-debt': { reason: 'credits_exhausted', detail: IN_DEBT },
  'insufficient-credits': { reason: 'credits_exhausted' },
  'cap-reached': { reason: 'cap_reached' },
}
