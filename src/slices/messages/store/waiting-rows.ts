import type { Tx } from '../../../platform/db/transaction.js'

export interface WaitingEnd {
  accountId: string
  reason: string
}

/** Ends waiting messages by their ids. Returns those that were waiting. */
export async function cancelWaitingRows(
  tx: Tx,
  ids: readonly string[],
  { accountId, reason }: WaitingEnd,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `/* messages.cancelWaiting */
     update message set state = 'cancelled', state_reason = $3
     where id = any ($2::uuid[]) and account_id = $1 and state = 'pending' returning id`,
    [accountId, ids, reason],
  )
  return rows.map((row) => row.id)
}

/**
 * Ends everything that waits for one number, but answers to its own texts. Campaign by campaign and by the number among
 * single texts: never through the queue, which may hold millions.
 */
export async function suppressWaitingRows(
  tx: Tx,
  phone: string,
  { accountId, reason, purposes }: WaitingEnd & { purposes: readonly string[] | null },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `/* messages.suppressWaiting */
     update message set state = 'suppressed', state_reason = $3
     where state = 'pending' and answers is null and ($4::text[] is null or purpose = any ($4)) and id = any (array(
       select m.id from message_tally t
       cross join lateral (select id from message where campaign_id = t.campaign_id and phone = $2 and state = 'pending' offset 0) m
       where t.account_id = $1 and t.pending > 0
       union all
       select id from message where account_id = $1 and phone = $2 and campaign_id is null and state = 'pending'))
     returning id`,
    [accountId, phone, reason, purposes],
  )
  return rows.map((row) => row.id)
}
