import type { AccountId, CampaignId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import { OUTAGE } from '../domain/may-go-on.js'
import type { PauseReason } from '../domain/pause-reason.js'

export interface CampaignRef {
  accountId: AccountId
  campaignId: CampaignId
}

interface RefRow {
  account_id: AccountId
  campaign_id: CampaignId
}

const toRef = (row: RefRow): CampaignRef => ({ accountId: row.account_id, campaignId: row.campaign_id })

/** Scheduled campaigns whose time has come. */
export async function dueCampaigns(db: Db, now: Date, limit: number): Promise<CampaignRef[]> {
  const rows = await readQuery<RefRow>(
    db,
    `/* campaigns.due */
     select k.account_id, k.campaign_id from campaign_control k join campaign c on c.id = k.campaign_id
     where k.state = 'scheduled' and c.scheduled_at <= $1 order by c.scheduled_at, k.campaign_id limit $2`,
    [now, limit],
  )
  return rows.map(toRef)
}

/** Started campaigns whose recipients are not all messages yet. */
export async function unpreparedCampaigns(db: Db, limit: number): Promise<CampaignRef[]> {
  const rows = await readQuery<RefRow>(
    db,
    `/* campaigns.unprepared */
     select k.account_id, k.campaign_id from campaign_preparation p join campaign_control k using (campaign_id)
     where not p.done and k.state in ('running', 'paused') order by k.started_at, k.campaign_id limit $1`,
    [limit],
  )
  return rows.map(toRef)
}

/** Running campaigns with messages that may be claimed now; those whose recipients all sleep are left in peace. */
export async function runningCampaigns(db: Db, now: Date): Promise<CampaignRef[]> {
  const rows = await readQuery<RefRow>(
    db,
    `/* campaigns.running */
     select k.account_id, k.campaign_id from campaign_control k join message_tally t using (campaign_id)
     where k.state = 'running' and t.pending > 0 and exists (
       select from message_due d where d.account_id = k.account_id and d.campaign_id = k.campaign_id and d.not_before <= $1)
     order by k.started_at, k.campaign_id`,
    [now],
  )
  return rows.map(toRef)
}

/** Campaigns whose messages have all come to an end. */
export async function finishedCampaigns(db: Db, limit: number): Promise<CampaignRef[]> {
  const rows = await readQuery<RefRow>(
    db,
    `/* campaigns.finished */
     select k.account_id, k.campaign_id from campaign_control k
     join campaign_preparation p using (campaign_id) left join message_tally t using (campaign_id)
     where k.state in ('running', 'paused') and p.done
       and coalesce(t.pending, 0) = 0 and coalesce(t.dispatching, 0) = 0 and coalesce(t.unknown, 0) = 0
     order by k.campaign_id limit $1`,
    [limit],
  )
  return rows.map(toRef)
}

/** Cancelled campaigns with messages that may still have to be taken back. */
export async function drainingCampaigns(db: Db, limit: number): Promise<CampaignRef[]> {
  const rows = await readQuery<RefRow>(
    db,
    `/* campaigns.draining */
     select account_id, campaign_id from campaign_control where draining order by campaign_id limit $1`,
    [limit],
  )
  return rows.map(toRef)
}

export interface PausedCampaign extends CampaignRef {
  reason: PauseReason
  detail: string | null
  autoResume: boolean
  place: PausedPlace
}

/** A place among paused campaigns, which are in the order of their pauses. */
export interface PausedPlace {
  changedAt: string
  campaignId: string
}

export interface ResumableQuery {
  accountId: AccountId | null
  /** Those after this place come first. */
  after: PausedPlace
  carrierAvailable: boolean
  limit: number
}

/**
 * Paused campaigns that could go on: a first look without locks, so that campaigns that wait for months cost nothing.
 * Credits, cap and subscription are looked at roughly here, and exactly under the account's lock.
 */
export async function resumableCampaigns(
  db: Db,
  { accountId, after, carrierAvailable, limit }: ResumableQuery,
): Promise<PausedCampaign[]> {
  const rows = await readQuery<
    RefRow & {
      pause_reason: PauseReason
      pause_detail: string | null
      auto_resume: boolean
      changed_at: string
    }
  >(
    db,
    `/* campaigns.resumable */
     select k.account_id, k.campaign_id, k.pause_reason, k.pause_detail, c.auto_resume, k.changed_at::text as changed_at
     from campaign_control k join campaign c on c.id = k.campaign_id
     join account_control a on a.account_id = k.account_id join credit_balance b on b.account_id = k.account_id
     left join message_tally t on t.campaign_id = k.campaign_id
     where k.state = 'paused' and a.sending_stopped_reason is null and a.billing_freeze is null
       and a.subscription_state in ('active', 'trialing')
       and case
         when k.pause_reason = 'carrier_unavailable' then k.pause_detail = '${OUTAGE}' and $2::boolean
         when k.pause_reason = 'subscription_inactive' then c.auto_resume
         when k.pause_reason in ('credits_exhausted', 'cap_reached') then c.auto_resume
           and b.debt = 0 and b.available > a.reserve_credits
           and (k.cap_credits is null or k.cap_credits > coalesce(t.held_credits + t.captured_credits, 0))
         else false
       end
       and ($1::uuid is null or k.account_id = $1)
     order by (k.changed_at, k.campaign_id) <= ($3::timestamptz, $4::uuid), k.changed_at, k.campaign_id limit $5`,
    [accountId, carrierAvailable, after.changedAt, after.campaignId, limit],
  )
  return rows.map((row) => ({
    ...toRef(row),
    reason: row.pause_reason,
    detail: row.pause_detail,
    autoResume: row.auto_resume,
    place: { changedAt: row.changed_at, campaignId: row.campaign_id },
  }))
}
