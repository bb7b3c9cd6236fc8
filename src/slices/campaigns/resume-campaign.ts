import type { CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { isCap } from './check-content.js'
import { decideCampaign, type StateRefusal } from './domain/campaign-state.js'
import { ACCOUNT_STOPPED, whyNotGoOn, type GoOnRefusal } from './domain/may-go-on.js'
import { approvalNeeded } from './hold-runaway.js'
import { moveCampaign } from './move-campaign.js'
import { readFunding } from './read-funding.js'
import { lockCampaign, type Campaign } from './store/campaigns.js'
import { writeCap } from './store/control.js'

export interface ResumeCampaignInput {
  campaignId: CampaignId
  /** A new ceiling, for example after `cap_reached`. The only way to exceed the quote, and a person's decision. */
  capCredits?: number | null
  idempotencyKey?: string | null
}

export type ResumeCampaignResult =
  | { ok: true; campaignId: CampaignId }
  | {
      ok: false
      reason:
        | 'not-found'
        | 'cap-out-of-range'
        | 'paused-by-administrator'
        | 'approval-needed'
        | StateRefusal
        | GoOnRefusal
    }
  | KeyReused

/**
 * Goes on at exactly the next recipient: nobody twice, nobody skipped, because the place is in the messages themselves.
 * Everything that a pause may have come from is asked again in this transaction, and refuses while it still holds.
 */
export async function resumeCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: ResumeCampaignInput,
): Promise<ResumeCampaignResult> {
  const { accountId } = caller
  const { campaignId } = input
  const capCredits = input.capCredits ?? null
  if (capCredits !== null && !isCap(capCredits)) return { ok: false, reason: 'cap-out-of-range' }
  const request = { campaignId, capCredits }
  const once = { accountId, key: input.idempotencyKey ?? null, operation: 'campaigns.resume', input: request }
  return inTransaction(deps.db, { name: 'campaigns.resume', accountId }, (tx) =>
    onceOnly<ResumeCampaignResult>(tx, once, () => resume(tx, deps, caller, request)),
  )
}

async function resume(
  tx: Tx,
  deps: CampaignDeps,
  caller: Caller,
  { campaignId, capCredits }: { campaignId: CampaignId; capCredits: number | null },
): Promise<ResumeCampaignResult> {
  const campaign = await lockCampaign(tx, caller.accountId, campaignId)
  if (campaign === null) return { ok: false, reason: 'not-found' }
  const decision = decideCampaign(campaign.state, 'resume')
  if (decision.kind === 'refuse') return { ok: false, reason: decision.reason }
  if (decision.kind === 'stay') return { ok: true, campaignId }
  if (isAdministratorsPause(campaign) && caller.actor.kind !== 'admin') {
    return { ok: false, reason: 'paused-by-administrator' }
  }
  const cap = capCredits ?? campaign.capCredits ?? 0
  if ((await approvalNeeded(tx, campaign, cap)) !== null) return { ok: false, reason: 'approval-needed' }
  const now = deps.clock.now().toJSDate()
  const { facts } = await readFunding(tx, capCredits === null ? campaign : { ...campaign, capCredits }, now)
  const obstacle = whyNotGoOn(facts)
  if (obstacle !== null) return { ok: false, reason: obstacle }
  if (capCredits !== null) await writeCap(tx, campaignId, capCredits)
  await moveCampaign(tx, campaign, { to: 'running', by: actorText(caller.actor), now })
  return { ok: true, campaignId }
}

/** A stop of the whole account ends when it is lifted; a pause that an administrator put on this campaign does not. */
function isAdministratorsPause(campaign: Campaign): boolean {
  return campaign.pauseReason === 'by_administrator' && campaign.pauseDetail !== ACCOUNT_STOPPED
}
