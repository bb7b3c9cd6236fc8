import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { Tx } from '../../../platform/db/transaction.js'

/** Attempts still `dispatching` although their credential died before the given moment; each account's oldest first. */
export async function overdueAttempts(
  db: Db,
  notAfterBefore: Date,
  limit: number,
): Promise<{ accountId: AccountId; attemptId: string }[]> {
  const rows = await readQuery<{ account_id: string; id: string }>(
    db,
    `/* messages.overdueAttempts */
     select account_id, id from (
       select a.account_id, a.id, row_number() over (partition by a.account_id order by a.id) as turn
       from attempt a join claim c on c.id = a.claim_id where a.state = 'dispatching' and c.not_after < $1) overdue
     order by turn, id limit $2`,
    [notAfterBefore, limit],
  )
  return rows.map((row) => ({ accountId: trustId<AccountId>(row.account_id), attemptId: row.id }))
}

export interface UnresolvedAttempt {
  attemptId: string
  accountId: AccountId
  state: 'unknown' | 'unproven'
  phone: string
  sender: string
  unknownPolicy: 'P0' | 'P1'
  claimedAt: Date
  notAfter: Date
  /** When its text is of no use any more, or null. */
  usefulUntil: Date | null
  lookUps: number
}

/** A claim's policy; P1 rests on the fence, and nothing is sent again once it was seen that it does not hold. */
const POLICY_SQL =
  "case when (select fence_proved_at from platform_control) is null then 'P0' else c.unknown_policy end"

/**
 * Attempts that a look-up may settle now: unknown ones whose credential died before `notAfterBefore`, and unproven ones
 * claimed before `unprovenBefore` that were not refunded yet and that nobody has decided about; each asked for at most once per interval.
 */
export async function unresolvedAttempts(
  db: Db,
  query: { notAfterBefore: Date; unprovenBefore: Date; askedBefore: Date; limit: number },
): Promise<UnresolvedAttempt[]> {
  const rows = await readQuery<{
    id: string
    account_id: string
    state: 'unknown' | 'unproven'
    phone: string
    address: string
    unknown_policy: 'P0' | 'P1'
    claimed_at: Date
    not_after: Date
    useful_until: Date | null
    look_ups: number
  }>(
    db,
    `/* messages.unresolvedAttempts */
     -- Safety, not tuning: $1 is now - ε - Λ. A look-up that begins before the window of its attempt is over could see in it
     -- a text that came later to the same number (guard look-up-waits in docs/model.md).
     select a.id, a.account_id, a.state, a.phone, s.address, ${POLICY_SQL} as unknown_policy, c.claimed_at, c.not_after,
       (select nullif(m.expires_at, 'infinity') from message m where m.id = a.message_id) as useful_until,
       coalesce(l.times, 0)::int as look_ups
     from attempt a
     join claim c on c.id = a.claim_id
     join sender s on s.id = a.sender_id
     left join lateral (select count(*) as times, max(at) as last from look_up where attempt_id = a.id) l on true
     where ((a.state = 'unknown' and c.not_after < $1) or (a.state = 'unproven' and c.claimed_at < $2
         and not exists (select from look_up f where f.attempt_id = a.id and f.verdict = 'absent')
         and not exists (select from unknown_decision d where d.attempt_id = a.id)))
       and (l.last is null or l.last < $3)
     -- Least lately asked first: whoever waits for hours (P0) keeps nobody waiting who may be sent again in minutes (P1).
     order by l.last nulls first, a.id limit $4`,
    [query.notAfterBefore, query.unprovenBefore, query.askedBefore, query.limit],
  )
  return rows.map((row) => ({
    attemptId: row.id,
    accountId: trustId<AccountId>(row.account_id),
    state: row.state,
    phone: row.phone,
    sender: row.address,
    unknownPolicy: row.unknown_policy,
    claimedAt: row.claimed_at,
    notAfter: row.not_after,
    usefulUntil: row.useful_until,
    lookUps: row.look_ups,
  }))
}

/** Whether nothing and nobody has settled an unproven attempt since it was selected. Asked under its account's lock. */
export async function isStillUnproven(tx: Tx, accountId: string, attemptId: string): Promise<boolean> {
  const rows = await tx.query(
    `/* messages.isStillUnproven */
     select 1 from attempt a where a.id = $2 and a.account_id = $1 and a.state = 'unproven'
       and not exists (select from unknown_decision d where d.attempt_id = a.id)`,
    [accountId, attemptId],
  )
  return rows.length === 1
}

/** Which of these carrier ids belong to some attempt already. */
export async function knownSids(db: Db, sids: readonly string[]): Promise<Set<string>> {
  if (sids.length === 0) return new Set()
  const rows = await readQuery<{ sid: string }>(
    db,
    `/* messages.knownSids */
     select sid from attempt where sid = any ($1) union select sid from carrier_observation where sid = any ($1)`,
    [sids],
  )
  return new Set(rows.map((row) => row.sid))
}

export type LookUpVerdict = 'found' | 'absent' | 'too_early' | 'unavailable'

export interface LookUpRow {
  attemptId: string
  pages: number
  candidates: number
  verdict: LookUpVerdict
  details: Record<string, unknown>
}

export async function writeLookUp(tx: Tx, row: LookUpRow): Promise<void> {
  await tx.query(
    `/* messages.writeLookUp */
     insert into look_up (attempt_id, pages, candidates, verdict, details) values ($1, $2, $3, $4, $5)`,
    [row.attemptId, row.pages, row.candidates, row.verdict, JSON.stringify(row.details)],
  )
}
