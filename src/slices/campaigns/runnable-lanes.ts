import type { AccountId, CampaignId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { messageTallyLocked, type Lane, type LaneGate } from '../messages/index.js'
import type { CampaignDeps } from './campaign-deps.js'
import { judgeSettled } from './judge-settled.js'
import { pauseBlocked } from './pause-blocked.js'
import { readControlShared } from './store/control.js'
import { runningCampaigns } from './store/due.js'

/**
 * The campaigns that have something to send, each as a lane for the sender. Asked anew at each look: nothing is kept in
 * memory, and a campaign that stops being runnable in between is stopped by its gate.
 */
export async function runnableLanes(deps: CampaignDeps): Promise<Lane[]> {
  const running = await runningCampaigns(deps.db, deps.clock.now().toJSDate())
  return running.map(({ accountId, campaignId }) => ({
    accountId,
    campaignId,
    gate: (tx) => campaignGate(tx, { accountId, campaignId, now: deps.clock.now().toJSDate() }),
    onBlocked: async (block) => {
      await pauseBlocked(deps, accountId, campaignId, block)
    },
    onSettled: (summary) => judgeSettled(deps, accountId, campaignId, summary),
  }))
}

/**
 * "Still running?", asked inside the claim transaction. The share lock decides the race with a pause by commit order:
 * either the claim sees it, or the pause waits for the claim and reports its messages as in flight.
 */
async function campaignGate(
  tx: Tx,
  { accountId, campaignId, now }: { accountId: AccountId; campaignId: CampaignId; now: Date },
): Promise<LaneGate> {
  const control = await readControlShared(tx, accountId, campaignId, now)
  if (control?.state !== 'running')
    return { mayRun: false, block: 'campaign-not-running', capCreditsLeft: null }
  const { otherCampaigns } = control
  if (control.capCredits === null) return { mayRun: true, capCreditsLeft: null, otherCampaigns }
  const tally = await messageTallyLocked(tx, campaignId)
  const left = control.capCredits - tally.heldCredits - tally.capturedCredits
  return { mayRun: true, capCreditsLeft: Math.max(0, left), otherCampaigns }
}
