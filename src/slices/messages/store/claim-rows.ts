import type { DatabasePosition } from '../domain/database-witness.js'
import { WOKEN_MAX } from '../domain/limits.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { HoursRules } from '../domain/quiet-hours.js'
import type { RateWindow } from '../domain/rate-window.js'
import type { Purpose } from '../domain/new-message.js'
import { toHoursRules, type HoursColumns } from './hours-rows.js'

export interface ControlRow {
  /** The database's clock when it was asked, before it waited for any lock. */
  askedAt: Date | null
  /** Why nobody sends after a restore. */
  lockReason: string | null
  /** This database is not the one that last sent. */
  databaseChanged: boolean
  /** How far the database has come: databases accepted after a restore, and bytes of its log that are on disk. */
  position: DatabasePosition
  platformStoppedReason: string | null
  accountStoppedReason: string | null
  subscriptionState: string
  /** For texts of campaigns, and for texts outside them. */
  unknownPolicy: { campaign: 'P0' | 'P1'; single: 'P0' | 'P1' }
  reserveCredits: number
  /** Whether it was shown that the carrier refuses late requests. */
  fenceProved: boolean
  /** ISO 3166-1 alpha-2. */
  allowedCountries: readonly string[]
  hours: HoursRules
  /** Marketing texts to one number within 24 hours, at most. */
  marketingPerDay: number
  /** Of single texts; asked for their lane only. */
  singles: SinglesControl
}

export interface SinglesControl {
  /** Null is no limit. */
  perHour: number | null
  /** Held by the guard until somebody approves. */
  isHeld: boolean
  window: RateWindow | null
}

/**
 * Share-locks the control rows. A stop, a lapse or a revoked consent updates one of them, so it either commits first and
 * is seen here, or waits until this claim has committed.
 */
export async function lockControl(tx: Tx, accountId: string, isSingles: boolean): Promise<ControlRow> {
  const [row] = await tx.query<
    HoursColumns & {
      marketing_per_day: number
      asked_at: Date
      lock_reason: string | null
      database_changed: boolean
      epoch: string
      flushed: string
      platform_stopped: string | null
      account_stopped: string | null
      subscription_state: string
      unknown_policy: 'P0' | 'P1'
      unknown_policy_single: 'P0' | 'P1'
      reserve_credits: string
      fence_proved: boolean
      allowed_countries: string[]
      singles_per_hour: number | null
      is_held: boolean
      minute: Date | null
      counts: number[] | null
    }
  >(
    `/* messages.lockControl */
     select statement_timestamp() as asked_at, p.lock_reason, coalesce(p.database_identity <> database_identity(), false) as database_changed, p.epoch,
       pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0') as flushed, p.sending_stopped_reason as platform_stopped,
       coalesce(a.sending_stopped_reason, a.billing_freeze) as account_stopped,
       a.subscription_state, a.unknown_policy, a.unknown_policy_single, a.reserve_credits, p.fence_proved_at is not null as fence_proved,
       a.allowed_countries, a.singles_per_hour, a.singles_held is not null as is_held, r.minute, r.counts,
       a.quiet_hours, a.quiet_hours_waiver, a.holidays::text[] as holidays, a.marketing_per_day
     from platform_control p, account_control a left join account_rate r on $2 and r.account_id = a.account_id
     where a.account_id = $1 for share of p, a`,
    [accountId, isSingles],
  )
  return {
    askedAt: row?.asked_at ?? null,
    lockReason: row?.lock_reason ?? null,
    databaseChanged: row?.database_changed ?? false,
    position: { epoch: BigInt(row?.epoch ?? 0), flushed: BigInt(row?.flushed ?? 0) },
    platformStoppedReason: row?.platform_stopped ?? null,
    accountStoppedReason: row === undefined ? 'account not found' : row.account_stopped,
    subscriptionState: row?.subscription_state ?? 'none',
    unknownPolicy: {
      campaign: row?.unknown_policy ?? 'P0',
      single: row?.unknown_policy_single ?? 'P0',
    },
    reserveCredits: Number(row?.reserve_credits ?? 0),
    fenceProved: row?.fence_proved ?? false,
    allowedCountries: row?.allowed_countries ?? [],
    hours: row === undefined ? { windows: {}, holidays: [], waiver: null } : toHoursRules(row),
    marketingPerDay: row?.marketing_per_day ?? 0,
    singles: {
      perHour: row?.singles_per_hour ?? null,
      isHeld: isSingles && row?.is_held === true,
      window: row?.minute && row.counts ? { minute: row.minute, counts: row.counts } : null,
    },
  }
}

export interface CandidateRow {
  id: string
  phone: string
  country: string
  purpose: Purpose
  is_answer: boolean
  segments: number
  cost: number
  tries: number
  expires_at: Date | null
  body: string
  consent_granted: boolean | null
  consent_event_id: string | null
  phone_busy: boolean
  /** Of a request to opt in: the person has opted out of something. */
  opted_out: boolean
  /** What the carrier said when it would not take texts for the number; null when it did not, or somebody knew better. */
  unreachable: string | null
  /** Of the contact with this number, when there is one. */
  zone: string | null
  region: string | null
  /** When other campaigns texted this number within 24 hours; null unless asked for. */
  texted_at: Date[] | null
}

export interface CandidateQuery {
  accountId: string
  campaignId: string | null
  senderId: number
  now: Date
  limit: number
  /** Other marketing campaigns that have been sending within 24 hours. */
  otherCampaigns?: readonly string[]
}

/** Attempts to this number by these campaigns that reached the carrier or may have. */
const TEXTED_AT = `array(
         select c.claimed_at from message x join attempt a on a.id = x.attempt_id join claim c on c.id = a.claim_id
         where x.campaign_id = any ($6::uuid[]) and x.phone = m.phone and c.claimed_at > $3::timestamptz - interval '24 hours'
         order by c.claimed_at desc limit 20)`

/** Undoing an import takes a consent back and is nobody's word. */
const OPTED_OUT = `m.purpose = 'service' and exists (
         select from consent s join consent_event e on e.id = s.event_id
         where s.account_id = $1 and s.phone = m.phone and not s.granted and not e.evidence ? 'undoes')`

/**
 * The next messages of a lane in their order, with what the gate needs to know of each. What never waited comes from one
 * range of the queue and what has waited long enough from another, so that texts that wait for the morning are not gone
 * through. Consent and contact are read here, in the transaction that takes the hold: the one place where this slice
 * reads tables of contacts.
 */
export async function readCandidates(tx: Tx, query: CandidateQuery): Promise<CandidateRow[]> {
  const ofLane = `account_id = $1 and ${query.campaignId === null ? 'campaign_id is null and $2::uuid is null' : 'campaign_id = $2'}`
  const others = query.otherCampaigns ?? []
  return tx.query<CandidateRow>(
    `/* messages.readCandidates */
     select m.id, m.phone, m.country, m.purpose, m.answers is not null as is_answer, m.segments, m.cost, m.tries,
       nullif(m.expires_at, 'infinity') as expires_at, b.body, c.granted as consent_granted, c.event_id as consent_event_id,
       p.zone, p.region, ${query.campaignId === null ? OPTED_OUT : 'false'} as opted_out,
       ${others.length === 0 ? 'null::timestamptz[]' : TEXTED_AT} as texted_at,
       (select u.words from unreachable u where u.account_id = $1 and u.phone = m.phone and u.cleared_at is null) as unreachable,
       -- Asked phone by phone, as the contact is: joined, a plan made while there is nothing goes through all, each time.
       (select true from attempt a where a.sender_id = $5 and a.phone = m.phone and a.state in ('dispatching', 'unknown')) is not null as phone_busy
     from (
       (select message_id, place from message_due where ${ofLane} and not_before = '-infinity'
        order by account_id, campaign_id, not_before, place limit $4)
       union all
       (select message_id, place from message_due where ${ofLane} and not_before > '-infinity' and not_before <= $3
        order by account_id, campaign_id, not_before, place limit greatest($4, ${String(WOKEN_MAX)}))
       order by place limit $4
     ) due
     join message m on m.id = due.message_id
     join message_body b on b.message_id = m.id
     left join consent c on c.account_id = $1 and c.phone = m.phone and c.purpose = m.purpose
     left join lateral (
       select zone, region from contact where account_id = $1 and phone = m.phone and deleted_at is null limit 1) p on true
     order by due.place`,
    [
      query.accountId,
      query.campaignId,
      query.now,
      query.limit,
      query.senderId,
      ...(others.length === 0 ? [] : [others]),
    ],
  )
}

export interface NewClaim {
  accountId: string
  campaignId: string | null
  senderId: number
  worker: string
  unknownPolicy: 'P0' | 'P1'
  claimedAt: Date
  notAfter: Date
  gate: Record<string, unknown>
  /** Without a consent only what had left already. */
  attempts: readonly { attemptId: string; messageId: string; consentEventId: string | null }[]
  /** The account's rate with these in it, when they are single texts. */
  window: RateWindow | null
}

const COUNT_SINGLES = `, counted as (
       insert into account_rate (account_id, minute, counts) values ($1, $12, $13::int[])
       on conflict (account_id) do update set minute = excluded.minute, counts = excluded.counts
     )`

/** Writes the intent: the claim with what its gate saw, the attempts, and their messages as dispatching. */
export async function insertClaim(tx: Tx, claim: NewClaim): Promise<void> {
  await tx.query(
    `/* messages.insertClaim */
     with claimed as (
       insert into claim (account_id, campaign_id, sender_id, worker, unknown_policy, claimed_at, not_after, gate)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id
     ), chosen as (
       select * from unnest($9::uuid[], $10::uuid[], $11::uuid[]) as t (attempt_id, message_id, consent_event_id)
     ), moved as (
       update message m set state = 'dispatching', attempt_id = chosen.attempt_id, tries = m.tries + 1, state_reason = null
       from chosen where m.id = chosen.message_id and m.account_id = $1 and m.state = 'pending'
       returning m.id, m.phone, m.cost, m.tries, chosen.attempt_id, chosen.consent_event_id
     )${claim.window === null ? '' : COUNT_SINGLES}
     insert into attempt (id, message_id, account_id, claim_id, sender_id, n, cost, phone, consent_event_id)
     select moved.attempt_id, moved.id, $1, claimed.id, $3, moved.tries, moved.cost, moved.phone, moved.consent_event_id
     from moved, claimed`,
    [
      claim.accountId,
      claim.campaignId,
      claim.senderId,
      claim.worker,
      claim.unknownPolicy,
      claim.claimedAt,
      claim.notAfter,
      JSON.stringify(claim.gate),
      claim.attempts.map((attempt) => attempt.attemptId),
      claim.attempts.map((attempt) => attempt.messageId),
      claim.attempts.map((attempt) => attempt.consentEventId),
      ...(claim.window === null ? [] : [claim.window.minute, claim.window.counts]),
    ],
  )
}

export interface Refusal {
  messageId: string
  /** `pending` keeps the message waiting until `notBefore`. */
  state: 'suppressed' | 'expired' | 'pending'
  reason: string
  notBefore: Date | null
  /** What the gate saw, in words; kept with the message. */
  detail: string | null
}

/** Messages that the gate refused. They hold no credits. */
export async function writeRefusals(tx: Tx, accountId: string, refusals: readonly Refusal[]): Promise<void> {
  await tx.query(
    `/* messages.writeRefusals */
     update message m set state = r.state::message_state, state_reason = r.reason, not_before = coalesce(r.not_before, m.not_before),
       state_detail = coalesce(r.detail, m.state_detail)
     from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) as r (id, state, reason, not_before, detail)
     where m.id = r.id and m.account_id = $1 and m.state = 'pending'`,
    [
      accountId,
      refusals.map((refusal) => refusal.messageId),
      refusals.map((refusal) => refusal.state),
      refusals.map((refusal) => refusal.reason),
      refusals.map((refusal) => refusal.notBefore),
      refusals.map((refusal) => refusal.detail),
    ],
  )
}
