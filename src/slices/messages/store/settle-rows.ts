import type { Tx } from '../../../platform/db/transaction.js'
import type { AttemptState, Evidence } from '../domain/attempt-state.js'
import type { MessageState } from '../domain/message-state.js'

export interface AttemptRow {
  id: string
  message_id: string
  campaign_id: string | null
  state: AttemptState
  tries: number
  /** Earlier attempts of its message that the carrier itself refused. */
  refusals: number
  phone: string
  sid: string | null
  /** Why its message is no longer wanted, if it was taken back. */
  taken_back: string | null
  expires_at: Date | null
  /** When its message was first authorised; null when this is the first attempt. */
  first_at: Date | null
}

/** The attempts of one account, with what settling needs to know. Unknown ids and other accounts' ids are left out. */
export async function readAttempts(
  tx: Tx,
  accountId: string,
  attemptIds: readonly string[],
): Promise<AttemptRow[]> {
  return tx.query<AttemptRow>(
    `/* messages.readAttempts */
     select a.id, a.message_id, m.campaign_id, a.state, m.tries, a.phone, a.sid, m.taken_back,
       nullif(m.expires_at, 'infinity') as expires_at,
       case when m.tries > 1 then (
         select c.claimed_at from attempt e join claim c on c.id = e.claim_id where e.message_id = m.id and e.n = 1
       ) end as first_at,
       case when m.tries = 1 then 0 else (
         select count(*)::int from attempt e where e.message_id = m.id and e.n < a.n and e.state = 'not_sent' and e.reason = 'refused'
       ) end as refusals
     from attempt a join message m on m.id = a.message_id
     where a.id = any ($2::uuid[]) and a.account_id = $1
     order by a.id`,
    [accountId, attemptIds],
  )
}

export interface SettledRow {
  attemptId: string
  messageId: string
  attemptState: AttemptState
  messageState: MessageState
  sid: string | null
  errorCode: number | null
  failureClass: string | null
  reason: string | null
  notBefore: Date | null
}

/** Writes how attempts ended and where their messages go. Holds are resolved before, in the same transaction. */
export async function writeSettlements(
  tx: Tx,
  accountId: string,
  settled: readonly SettledRow[],
  evidence: Evidence,
  now: Date,
): Promise<void> {
  // One statement for both: the triggers compare each message with its attempt when it is over.
  await tx.query(
    `/* messages.writeSettlements */
     with s as materialized (
       select * from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::timestamptz[])
         as s (attempt_id, attempt_state, sid, error_code, failure_class, message_id, message_state, reason, not_before)
     ), attempts as (
       update attempt a set state = s.attempt_state::attempt_state, sid = coalesce(a.sid, s.sid), evidence = $11,
         error_code = s.error_code, failure_class = s.failure_class, reason = s.reason,
         resolved_at = case when s.attempt_state = 'unknown' then null else $12::timestamptz end
       from s where a.id = s.attempt_id and a.account_id = $1
     )
     update message m set state = s.message_state::message_state,
       attempt_id = case when s.message_state in ('unknown', 'accepted', 'unproven') then m.attempt_id end,
       state_reason = case when s.message_state = 'cancelled' then m.taken_back else s.reason end,
       not_before = coalesce(s.not_before, m.not_before)
     from s where m.id = s.message_id and m.account_id = $1`,
    [
      accountId,
      settled.map((row) => row.attemptId),
      settled.map((row) => row.attemptState),
      settled.map((row) => row.sid),
      settled.map((row) => row.errorCode),
      settled.map((row) => row.failureClass),
      settled.map((row) => row.messageId),
      settled.map((row) => row.messageState),
      settled.map((row) => row.reason),
      settled.map((row) => row.notBefore),
      evidence,
      now,
    ],
  )
}

export interface ObservationRow {
  sid: string
  attemptId: string
  messageId: string
}

/** Ids of the carrier that others than the sending worker reported; kept whatever the attempt's state is. */
export async function writeObservations(
  tx: Tx,
  observations: readonly ObservationRow[],
  source: string,
): Promise<void> {
  if (observations.length === 0) return
  await tx.query(
    `/* messages.writeObservations */
     insert into carrier_observation (sid, attempt_id, message_id, source)
     select sid, attempt_id, message_id, $4 from unnest($1::text[], $2::uuid[], $3::uuid[]) as o (sid, attempt_id, message_id)
     on conflict (sid) do nothing`,
    [
      observations.map((row) => row.sid),
      observations.map((row) => row.attemptId),
      observations.map((row) => row.messageId),
      source,
    ],
  )
}
