import { assert } from '../../kernel/assert.js'
import { mayMove } from '../../kernel/transitions.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { campaignTransitions, type CampaignState } from './domain/campaign-state.js'
import type { PauseReason } from './domain/pause-reason.js'
import type { Campaign } from './store/campaigns.js'
import { writeMove } from './store/control.js'

export type Move = { by: string; now: Date } & (
  { to: Exclude<CampaignState, 'paused'> } | { to: 'paused'; reason: PauseReason; detail?: string }
)

/**
 * The only way in which a campaign changes its state: compare and set on the row that the caller locked, with the
 * event that live clients see. The history row is written by the database.
 */
export async function moveCampaign(tx: Tx, campaign: Campaign, move: Move): Promise<void> {
  assert(tx.lockedAccountId === campaign.accountId, 'campaigns move under the lock of their account')
  assert(mayMove(campaignTransitions, campaign.state, move.to), `no way from ${campaign.state} to ${move.to}`)
  const paused = move.to === 'paused' ? move : null
  await writeMove(tx, {
    campaignId: campaign.id,
    from: campaign.state,
    to: move.to,
    pauseReason: paused?.reason ?? null,
    pauseDetail: paused?.detail ?? null,
    by: move.by,
    now: move.now,
  })
  await announceState(tx, campaign, {
    state: move.to,
    pauseReason: paused?.reason ?? null,
    from: campaign.state,
  })
}

interface Announced {
  state: CampaignState
  pauseReason: PauseReason | null
  /** The state before, so that whoever reads the log tells a start from a resumption. Null for a new campaign. */
  from: CampaignState | null
}

/** Tells whoever follows the log of a campaign's state, or of another reason or time for the one that it is in. */
export async function announceState(
  tx: Tx,
  campaign: Pick<Campaign, 'id' | 'accountId'>,
  { state, pauseReason, from }: Announced,
): Promise<void> {
  await append(tx, campaign, { kind: 'state', state, pauseReason, from })
}

/** Tells live clients that something else about a campaign changed. */
export async function announceChange(tx: Tx, campaign: Campaign): Promise<void> {
  const { state, pauseReason } = campaign
  await append(tx, campaign, { kind: 'changed', state, pauseReason })
}

async function append(
  tx: Tx,
  campaign: Pick<Campaign, 'id' | 'accountId'>,
  payload: Record<string, unknown>,
): Promise<void> {
  await appendEvent(tx, {
    accountId: campaign.accountId,
    topic: 'campaigns',
    campaignId: campaign.id,
    payload,
  })
}
