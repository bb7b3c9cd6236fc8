import type { AccountId, CampaignId, QuoteId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import { readAudience, type Audience, type AudienceInput } from '../domain/audience.js'
import type { CampaignState } from '../domain/campaign-state.js'
import type { Purpose } from '../domain/opt-out-footer.js'
import type { PauseReason } from '../domain/pause-reason.js'

/** What recipients get, and how far it may go. Only a draft changes it. */
export interface CampaignContent {
  purpose: Purpose
  template: string
  optOutFooter: string | null
  audience: Audience
  /** The owner's own ceiling in credits. */
  ownCapCredits: number | null
  /** What has not left by then is not sent. */
  expiresAt: Date | null
}

export interface Campaign extends CampaignContent {
  id: CampaignId
  accountId: AccountId
  name: string
  autoResume: boolean
  scheduledAt: Date | null
  cloneOf: CampaignId | null
  createdAt: Date
  updatedAt: Date
  state: CampaignState
  pauseReason: PauseReason | null
  pauseDetail: string | null
  /** The ceiling that binds: of the quote it was started or scheduled with, or lower. */
  capCredits: number | null
  quoteId: QuoteId | null
  /** Why a scheduled start did not happen. */
  startProblem: string | null
  failedBefore: number
  settledBefore: number
  startedAt: Date | null
  finishedAt: Date | null
  changedAt: Date
}

const SELECT_CAMPAIGN = `select c.id, c.account_id, c.name, c.purpose, c.template, c.opt_out_footer, c.audience, c.auto_resume,
  c.cap_credits as own_cap_credits, c.scheduled_at, c.expires_at, c.clone_of, c.created_at, c.updated_at,
  k.state, k.pause_reason, k.pause_detail, k.cap_credits, k.quote_id, k.start_problem, k.failed_before, k.settled_before,
  k.started_at, k.finished_at, k.changed_at
  from campaign c join campaign_control k on k.campaign_id = c.id`

interface CampaignRow {
  id: CampaignId
  account_id: AccountId
  name: string
  purpose: Purpose
  template: string
  opt_out_footer: string | null
  audience: AudienceInput
  auto_resume: boolean
  own_cap_credits: string | null
  scheduled_at: Date | null
  expires_at: Date | null
  clone_of: CampaignId | null
  created_at: Date
  updated_at: Date
  state: CampaignState
  pause_reason: PauseReason | null
  pause_detail: string | null
  cap_credits: string | null
  quote_id: QuoteId | null
  start_problem: string | null
  failed_before: number
  settled_before: number
  started_at: Date | null
  finished_at: Date | null
  changed_at: Date
}

function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    purpose: row.purpose,
    template: row.template,
    optOutFooter: row.opt_out_footer,
    audience: readAudience(row.audience) ?? {},
    autoResume: row.auto_resume,
    ownCapCredits: row.own_cap_credits === null ? null : Number(row.own_cap_credits),
    scheduledAt: row.scheduled_at,
    expiresAt: row.expires_at,
    cloneOf: row.clone_of,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    state: row.state,
    pauseReason: row.pause_reason,
    pauseDetail: row.pause_detail,
    capCredits: row.cap_credits === null ? null : Number(row.cap_credits),
    quoteId: row.quote_id,
    startProblem: row.start_problem,
    failedBefore: row.failed_before,
    settledBefore: row.settled_before,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    changedAt: row.changed_at,
  }
}

export async function readCampaign(
  db: Db,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<Campaign | null> {
  const [row] = await readQuery<CampaignRow>(
    db,
    `/* campaigns.read */ ${SELECT_CAMPAIGN} where c.account_id = $1 and c.id = $2`,
    [accountId, campaignId],
  )
  return row === undefined ? null : toCampaign(row)
}

/** With its control row locked: claims share-lock it, so what is decided on it holds for them. */
export async function lockCampaign(
  tx: Tx,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<Campaign | null> {
  const [row] = await tx.query<CampaignRow>(
    `/* campaigns.lock */ ${SELECT_CAMPAIGN} where c.account_id = $1 and c.id = $2 for update of k`,
    [accountId, campaignId],
  )
  return row === undefined ? null : toCampaign(row)
}

export interface CampaignQuery {
  accountId: AccountId
  states: readonly CampaignState[] | null
  before: string | null
  limit: number
}

/** Newest first. */
export async function listCampaignRows(db: Db, query: CampaignQuery): Promise<Campaign[]> {
  const rows = await readQuery<CampaignRow>(
    db,
    `/* campaigns.list */ ${SELECT_CAMPAIGN}
     where c.account_id = $1 and ($2::text[] is null or k.state = any ($2)) and ($3::uuid is null or c.id < $3)
     order by c.id desc limit $4`,
    [query.accountId, query.states, query.before, query.limit],
  )
  return rows.map(toCampaign)
}

export interface NewCampaign extends CampaignContent {
  id: CampaignId
  accountId: AccountId
  name: string
  autoResume: boolean
  cloneOf: CampaignId | null
  createdBy: string
  now: Date
}

export async function insertCampaign(tx: Tx, campaign: NewCampaign): Promise<void> {
  await tx.query(
    `/* campaigns.insert */
     with content as (
       insert into campaign (id, account_id, name, purpose, template, opt_out_footer, audience, auto_resume, cap_credits,
         expires_at, clone_of, created_by, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) returning id, account_id
     )
     insert into campaign_control (campaign_id, account_id, changed_by, changed_at) select id, account_id, $12, $13 from content`,
    [
      campaign.id,
      campaign.accountId,
      campaign.name,
      campaign.purpose,
      campaign.template,
      campaign.optOutFooter,
      JSON.stringify(campaign.audience),
      campaign.autoResume,
      campaign.ownCapCredits,
      campaign.expiresAt,
      campaign.cloneOf,
      campaign.createdBy,
      campaign.now,
    ],
  )
}

/** The database refuses a change of content in any state but draft. */
export async function updateCampaignRow(
  tx: Tx,
  campaign: CampaignContent & { id: CampaignId; name: string; autoResume: boolean },
  now: Date,
): Promise<void> {
  await tx.query(
    `/* campaigns.update */
     update campaign set name = $2, purpose = $3, template = $4, opt_out_footer = $5, audience = $6, auto_resume = $7,
       cap_credits = $8, expires_at = $9, updated_at = $10
     where id = $1`,
    [
      campaign.id,
      campaign.name,
      campaign.purpose,
      campaign.template,
      campaign.optOutFooter,
      JSON.stringify(campaign.audience),
      campaign.autoResume,
      campaign.ownCapCredits,
      campaign.expiresAt,
      now,
    ],
  )
}
