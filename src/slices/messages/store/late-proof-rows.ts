import type { Tx } from '../../../platform/db/transaction.js'
import type { ClosedUnproved } from '../domain/settlement.js'

export interface LateProofRow {
  attemptId: string
  messageId: string
  campaignId: string | null
  sid: string
  closedAs: ClosedUnproved | 'accepted'
  credits: number
  owed: number
}

/** Keeps the first late proof of each attempt, by what the attempt was. Returns the attempts for which it was news. */
export async function writeLateProofs(
  tx: Tx,
  accountId: string,
  rows: readonly LateProofRow[],
  source: string,
): Promise<Set<string>> {
  const added = await tx.query<{ attempt_id: string }>(
    `/* messages.writeLateProofs */
     insert into late_proof (attempt_id, account_id, message_id, campaign_id, sid, closed_as, source, credits, owed)
     select attempt_id, $1, message_id, campaign_id, sid, closed_as::attempt_state, $2, credits, owed
     from jsonb_to_recordset($3::jsonb)
       as p (attempt_id uuid, message_id uuid, campaign_id uuid, sid text, closed_as text, credits bigint, owed bigint)
     on conflict (attempt_id, closed_as) do nothing returning attempt_id`,
    [
      accountId,
      source,
      JSON.stringify(
        rows.map((row) => ({
          attempt_id: row.attemptId,
          message_id: row.messageId,
          campaign_id: row.campaignId,
          sid: row.sid,
          closed_as: row.closedAs,
          credits: row.credits,
          owed: row.owed,
        })),
      ),
    ],
  )
  return new Set(added.map((row) => row.attempt_id))
}
