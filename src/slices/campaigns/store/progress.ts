import type { AccountId, CampaignId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { CampaignState } from '../domain/campaign-state.js'
import type { PauseReason } from '../domain/pause-reason.js'
import type { ProgressFacts } from '../domain/progress.js'
import type { SkipCounts } from '../domain/skip-reason.js'

/** Claims of the last so many seconds say how fast it goes. */
const WINDOW_SECONDS = 10
/** Newest events of the account that are looked at for that. */
const EVENTS_MAX = 1_000

interface ProgressRow {
  campaign_id: CampaignId
  state: CampaignState
  pause_reason: PauseReason | null
  pause_detail: string | null
  auto_resume: boolean
  cap_credits: string | null
  audience_size: number | null
  next_ordinal: number
  skipped: SkipCounts
  done: boolean
  pending: number
  dispatching: number
  unknown: number
  accepted: number
  unproven: number
  failed: number
  suppressed: number
  cancelled: number
  expired: number
  delivered: number
  undelivered: number
  held_credits: string
  captured_credits: string
  next_pending: number | null
  next_opening: Date | null
  recently_claimed: number
  seq: string
}

export interface ProgressReading {
  campaignId: CampaignId
  facts: ProgressFacts
  /** Newest event of the account when this was read. */
  seq: number
}

/** All counts of these campaigns in one statement, hence from one moment. Campaigns of other accounts are left out. */
export async function readProgress(
  db: Db,
  accountId: AccountId,
  campaignIds: readonly CampaignId[],
): Promise<ProgressReading[]> {
  const rows = await readQuery<ProgressRow>(
    db,
    `/* campaigns.progress */
     with feed as (select last_seq from account_feed where account_id = $1),
     claimed as (
       select e.campaign_id, sum(cardinality(e.message_ids))::int as n
       from account_event e, feed
       where e.account_id = $1 and e.seq > feed.last_seq - ${EVENTS_MAX} and e.topic = 'messages'
         and e.campaign_id = any ($2::uuid[]) and e.payload ->> 'kind' = 'dispatching'
         and e.at > clock_timestamp() - interval '${WINDOW_SECONDS} seconds'
       group by 1
     )
     select k.campaign_id, k.state, k.pause_reason, k.pause_detail, c.auto_resume, k.cap_credits, p.audience_size, coalesce(p.next_ordinal, 1) as next_ordinal,
       coalesce(p.skipped, '{}') as skipped, coalesce(p.done, false) as done,
       coalesce(t.pending, 0) as pending, coalesce(t.dispatching, 0) as dispatching, coalesce(t.unknown, 0) as unknown,
       coalesce(t.accepted, 0) as accepted, coalesce(t.unproven, 0) as unproven, coalesce(t.failed, 0) as failed,
       coalesce(t.suppressed, 0) as suppressed, coalesce(t.cancelled, 0) as cancelled, coalesce(t.expired, 0) as expired,
       coalesce(t.delivered, 0) as delivered, coalesce(t.undelivered, 0) as undelivered,
       coalesce(t.held_credits, 0) as held_credits, coalesce(t.captured_credits, 0) as captured_credits,
       next.place::int as next_pending, case when next.state_reason in ('quiet_hours', 'frequency_cap') then next.not_before end as next_opening,
       coalesce(claimed.n, 0) as recently_claimed, feed.last_seq as seq
     from campaign_control k join campaign c on c.id = k.campaign_id cross join feed
     left join campaign_preparation p using (campaign_id)
     left join message_tally t using (campaign_id)
     left join claimed using (campaign_id)
     -- What a claim takes next: what never waited by its place, then what waits by its time.
     left join lateral (
       select d.place, d.not_before, m.state_reason from message_due d join message m on m.id = d.message_id
       where d.account_id = $1 and d.campaign_id = k.campaign_id order by d.not_before, d.place limit 1) next on true
     where k.account_id = $1 and k.campaign_id = any ($2::uuid[])`,
    [accountId, campaignIds],
  )
  return rows.map((row) => ({ campaignId: row.campaign_id, facts: toFacts(row), seq: Number(row.seq) }))
}

function toFacts(row: ProgressRow): ProgressFacts {
  const preparation =
    row.audience_size === null
      ? null
      : {
          audienceSize: row.audience_size,
          nextOrdinal: row.next_ordinal,
          skipped: row.skipped,
          done: row.done,
        }
  return {
    state: row.state,
    pauseReason: row.pause_reason,
    pauseDetail: row.pause_detail,
    autoResume: row.auto_resume,
    capCredits: row.cap_credits === null ? null : Number(row.cap_credits),
    preparation,
    tally: {
      pending: row.pending,
      dispatching: row.dispatching,
      unknown: row.unknown,
      accepted: row.accepted,
      unproven: row.unproven,
      failed: row.failed,
      suppressed: row.suppressed,
      cancelled: row.cancelled,
      expired: row.expired,
      delivered: row.delivered,
      undelivered: row.undelivered,
      heldCredits: Number(row.held_credits),
      capturedCredits: Number(row.captured_credits),
    },
    nextPendingOrdinal: row.next_pending,
    nextOpeningAt: row.next_opening,
    recentlyClaimed: row.recently_claimed,
    windowSeconds: WINDOW_SECONDS,
  }
}

/** Failed calls of a campaign by code, most frequent first. */
export async function readFailures(
  db: Db,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<{ failureClass: string | null; errorCode: number | null; messages: number }[]> {
  const rows = await readQuery<{ failure_class: string | null; error_code: number | null; n: number }>(
    db,
    `/* campaigns.failures */
     select a.failure_class, a.error_code, count(*)::int as n
     from message m join attempt a on a.message_id = m.id and a.n = m.tries
     where m.account_id = $1 and m.campaign_id = $2 and m.state = 'failed'
     group by 1, 2 order by 3 desc, 2 limit 50`,
    [accountId, campaignId],
  )
  return rows.map((row) => ({ failureClass: row.failure_class, errorCode: row.error_code, messages: row.n }))
}
