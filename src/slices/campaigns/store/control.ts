import { assert } from '../../../kernel/assert.js'
import type { AccountId, CampaignId, QuoteId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { CampaignState } from '../domain/campaign-state.js'
import type { PauseReason } from '../domain/pause-reason.js'

export interface ControlMove {
  campaignId: CampaignId
  from: CampaignState
  to: CampaignState
  pauseReason: PauseReason | null
  pauseDetail: string | null
  by: string
  now: Date
}

/** Compare and set. The error rate counts anew from each time it begins to run. */
export async function writeMove(tx: Tx, move: ControlMove): Promise<void> {
  const moved = await tx.query(
    `/* campaigns.move */
     update campaign_control k set state = $3, pause_reason = $4, pause_detail = $5, changed_by = $6, changed_at = $7,
       started_at = case when $3 = 'running' then coalesce(k.started_at, $7) else k.started_at end,
       finished_at = case when $3 in ('completed', 'cancelled') then $7::timestamptz end,
       draining = ($3 = 'cancelled' and k.started_at is not null),
       failed_before = case when $3 = 'running' then coalesce(t.failed, 0) else k.failed_before end,
       settled_before = case when $3 = 'running' then coalesce(t.failed + t.accepted + t.unproven, 0) else k.settled_before end
     from (select $1::uuid as campaign_id) c left join message_tally t using (campaign_id)
     where k.campaign_id = c.campaign_id and k.state = $2
     returning k.campaign_id`,
    [move.campaignId, move.from, move.to, move.pauseReason, move.pauseDetail, move.by, move.now],
  )
  assert(moved.length === 1, 'a campaign moves from the state it was locked in')
}

export interface StartPlan {
  campaignId: CampaignId
  quoteId: QuoteId | null
  capCredits: number | null
  scheduledAt: Date | null
  startProblem: string | null
}

/** What a start rests on: the accepted quote, the ceiling, and the time when it is not now. */
export async function writePlan(tx: Tx, plan: StartPlan): Promise<void> {
  await tx.query(
    `/* campaigns.plan */
     with control as (
       update campaign_control set quote_id = $2, cap_credits = $3, start_problem = $5 where campaign_id = $1
     )
     update campaign set scheduled_at = $4 where id = $1`,
    [plan.campaignId, plan.quoteId, plan.capCredits, plan.scheduledAt, plan.startProblem],
  )
}

export async function writeCap(tx: Tx, campaignId: CampaignId, capCredits: number): Promise<void> {
  await tx.query('/* campaigns.cap */ update campaign_control set cap_credits = $2 where campaign_id = $1', [
    campaignId,
    capCredits,
  ])
}

export async function writePauseReason(
  tx: Tx,
  pause: { campaignId: CampaignId; reason: PauseReason; detail: string | null; by: string; now: Date },
): Promise<void> {
  await tx.query(
    `/* campaigns.pauseReason */
     update campaign_control set pause_reason = $2, pause_detail = $3, changed_by = $4, changed_at = $5
     where campaign_id = $1 and state = 'paused'`,
    [pause.campaignId, pause.reason, pause.detail, pause.by, pause.now],
  )
}

export async function writeDrained(tx: Tx, campaignId: CampaignId): Promise<void> {
  await tx.query(
    '/* campaigns.drained */ update campaign_control set draining = false where campaign_id = $1',
    [campaignId],
  )
}

/**
 * What a claim asks: share-locked, so that a pause waits for this claim, or this claim sees the pause. And which other
 * marketing campaigns have been sending within 24 hours: one that stopped has not been claimed from since.
 */
export async function readControlShared(
  tx: Tx,
  accountId: AccountId,
  campaignId: CampaignId,
  now: Date,
): Promise<{ state: CampaignState; capCredits: number | null; otherCampaigns: CampaignId[] } | null> {
  const [row] = await tx.query<{
    state: CampaignState
    cap_credits: string | null
    others: CampaignId[] | null
  }>(
    `/* campaigns.gate */
     select k.state, k.cap_credits, case when c.purpose = 'marketing' then array(
         select o.campaign_id from campaign_control o join campaign oc on oc.id = o.campaign_id
         where o.account_id = $1 and o.campaign_id <> $2 and o.started_at is not null and oc.purpose = 'marketing'
           and (o.state = 'running' or o.changed_at > $3::timestamptz - interval '24 hours')) end as others
     from campaign_control k join campaign c on c.id = k.campaign_id
     where k.campaign_id = $2 and k.account_id = $1 for share of k`,
    [accountId, campaignId, now],
  )
  if (row === undefined) return null
  return {
    state: row.state,
    capCredits: row.cap_credits === null ? null : Number(row.cap_credits),
    otherCampaigns: row.others ?? [],
  }
}
