import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { AttemptState, Evidence } from '../domain/attempt-state.js'

export interface TimelineAttempt {
  id: string
  n: number
  state: AttemptState
  sid: string | null
  evidence: Evidence | null
  errorCode: number | null
  failureClass: string | null
  resolvedAt: Date | null
  consentEventId: string | null
  claimedAt: Date
  notAfter: Date
  policy: 'P0' | 'P1'
  worker: string
  gate: Record<string, unknown>
}

/** The attempts of a message with their claims, in order. */
export async function readAttemptsOf(
  db: Db,
  accountId: string,
  messageId: string,
): Promise<TimelineAttempt[]> {
  return readQuery<TimelineAttempt>(
    db,
    `/* messages.readAttemptsOf */
     select a.id, a.n, a.state, a.sid, a.evidence, a.error_code as "errorCode", a.failure_class as "failureClass",
       a.resolved_at as "resolvedAt", a.consent_event_id as "consentEventId", c.claimed_at as "claimedAt",
       c.not_after as "notAfter", c.unknown_policy as policy, c.worker, c.gate
     from attempt a join claim c on c.id = a.claim_id
     where a.message_id = $2 and a.account_id = $1 order by a.n`,
    [accountId, messageId],
  )
}

export interface TimelineTransfer {
  attemptId: string
  kind: 'hold' | 'capture' | 'release' | 'refund' | 'late_charge'
  credits: number
  /** Of its first transfer, when a hold was split over several lots. */
  seq: number
  at: Date
}

/**
 * What moved for these attempts: the hold, what resolved it, a late charge, and refunds. The tables are the ledger's; the
 * time stands in the block that covers a transfer.
 */
export async function readTransfersOf(
  db: Db,
  accountId: string,
  attemptIds: readonly string[],
): Promise<TimelineTransfer[]> {
  return readQuery<TimelineTransfer>(
    db,
    `/* messages.readTransfersOf */
     with hold as materialized (
       select account_id, seq, kind, amount, attempt_id from credit_transfer 
       where ledger_key(account_id) = ledger_key($1) and attempt_id = any ($2::uuid[]) and kind = 'hold'
     ), late as materialized (
       select account_id, seq, kind, amount, attempt_id from credit_transfer
       where ledger_key(account_id) = ledger_key($1) and attempt_id = any ($2::uuid[]) and kind = 'late_charge'
     ), resolved as materialized (
       select r.account_id, r.seq, r.kind, r.amount, hold.attempt_id from hold
       join credit_transfer r on ledger_key(r.account_id) = ledger_key($1) and r.ref_seq = hold.seq and r.kind in ('capture', 'release')
     ), refunded as (
       select r.account_id, r.seq, r.kind, r.amount, charged.attempt_id from (select * from resolved union all select * from late) charged
       join credit_transfer r on ledger_key(r.account_id) = ledger_key($1) and r.ref_seq = charged.seq and r.kind = 'refund'
     ), moved as (select * from hold union all select * from resolved union all select * from late union all select * from refunded)
     select moved.attempt_id as "attemptId", moved.kind::text, sum(moved.amount)::int as credits, min(moved.seq)::float8 as seq, b.at
     from moved cross join lateral (
       select at, block_no from ledger_block b where b.account_id = moved.account_id and b.first_seq <= moved.seq
       order by first_seq desc limit 1
     ) b
     where moved.account_id = $1
     group by moved.attempt_id, moved.kind, b.block_no, b.at order by min(moved.seq)`,
    [accountId, attemptIds],
  )
}

export interface TimelineLookUp {
  attemptId: string
  at: Date
  pages: number
  candidates: number
  verdict: string
}

export async function readLookUpsOf(db: Db, attemptIds: readonly string[]): Promise<TimelineLookUp[]> {
  return readQuery<TimelineLookUp>(
    db,
    `/* messages.readLookUpsOf */
     select attempt_id as "attemptId", at, pages, candidates, verdict from look_up where attempt_id = any ($1::uuid[])
     order by id limit 500`,
    [attemptIds],
  )
}

export interface TimelineObservation {
  attemptId: string
  at: Date
  sid: string
  source: string
}

export async function readObservationsOf(
  db: Db,
  attemptIds: readonly string[],
): Promise<TimelineObservation[]> {
  return readQuery<TimelineObservation>(
    db,
    `/* messages.readObservationsOf */
     select attempt_id as "attemptId", at, sid, source from carrier_observation where attempt_id = any ($1::uuid[])
     order by at limit 100`,
    [attemptIds],
  )
}

export interface TimelineLateProof {
  attemptId: string
  at: Date
  sid: string
  closedAs: 'unproven' | 'absent' | 'not_sent' | 'accepted'
  source: string
  credits: number
  owed: number
}

export async function readLateProofsOf(db: Db, attemptIds: readonly string[]): Promise<TimelineLateProof[]> {
  return readQuery<TimelineLateProof>(
    db,
    `/* messages.readLateProofsOf */
     select attempt_id as "attemptId", at, sid, closed_as as "closedAs", source, credits::float8 as credits, owed::float8 as owed
     from late_proof where attempt_id = any ($1::uuid[])`,
    [attemptIds],
  )
}

export interface TimelineDecision {
  attemptId: string
  at: Date
  decision: 'charge' | 'give_back' | 'send_again'
  actor: string
  reason: string
}

/** In order. */
export async function readDecisionsOf(db: Db, attemptIds: readonly string[]): Promise<TimelineDecision[]> {
  return readQuery<TimelineDecision>(
    db,
    `/* messages.readDecisionsOf */
     select attempt_id as "attemptId", at, decision, actor, reason from unknown_decision
     where attempt_id = any ($1::uuid[]) order by id limit 100`,
    [attemptIds],
  )
}
