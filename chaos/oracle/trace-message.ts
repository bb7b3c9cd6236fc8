import { readQuery } from '../../src/platform/db/transaction.js'
import type { Db } from '../../src/platform/db/data-source.js'
import type { RecordedText } from './facts.js'

/** Everything that database and carrier know about one message, in order, without number or text. */
export async function traceMessage(
  db: Db,
  messageId: string,
  record: readonly RecordedText[],
): Promise<string[]> {
  const attempts = await readQuery<Record<string, unknown> & { id: string }>(
    db,
    `select a.id, a.n, a.state, a.sid, a.evidence, a.reason, a.resolved_at, c.worker, c.ord, c.unknown_policy, c.claimed_at, c.not_after
     from attempt a join claim c on c.id = a.claim_id where a.message_id = $1 order by a.n`,
    [messageId],
  )
  const ids = attempts.map(({ id }) => id)
  const lookUps = await readQuery(
    db,
    'select attempt_id, at, verdict, candidates, details from look_up where attempt_id = any ($1::uuid[]) order by at',
    [ids],
  )
  const observations = await readQuery(
    db,
    'select attempt_id, sid, source, at from carrier_observation where message_id = $1 order by at',
    [messageId],
  )
  const entries = await readQuery(
    db,
    `select h.attempt_id, h.seq as hold, r.seq, r.kind from credit_transfer h
     left join credit_transfer r on r.account_id = h.account_id and r.ref_seq = h.seq
     where h.attempt_id = any ($1::uuid[]) order by h.seq`,
    [ids],
  )
  const texts = record
    .filter(({ attemptId }) => attemptId !== null && ids.includes(attemptId))
    .map(({ sid, attemptId, acceptedAtMs }) => ({ sid, attemptId, acceptedAt: new Date(acceptedAtMs) }))
  const lines = (title: string, rows: readonly unknown[]): string[] =>
    rows.map((row) => `  ${title} ${JSON.stringify(row)}`)
  return [
    `message ${messageId}`,
    ...lines('attempt', attempts),
    ...lines('at the carrier', texts),
    ...lines('look-up', lookUps),
    ...lines('observed', observations),
    ...lines('ledger', entries),
  ]
}
