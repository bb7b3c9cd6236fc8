import type { Tx } from '../../../platform/db/transaction.js'

export interface WaitingEnd {
  accountId: string
  reason: string
}

/**
 * Ends what waits and marks what is in flight. What was marked before keeps its first reason, and counts as in flight again.
 */
export async function takeBackRows(
  tx: Tx,
  ids: readonly string[],
  { accountId, reason }: WaitingEnd,
): Promise<{ cancelled: string[]; inFlight: string[] }> {
  const rows = await tx.query<{ id: string; state: string }>(
    `/* messages.takeBack */
     with asked as materialized (
       select id, state, taken_back from message
       where id = any ($2::uuid[]) and account_id = $1 and state in ('pending', 'dispatching', 'unknown')
     ), taken as (
       update message m set taken_back = $3, taken_back_ord = nextval('history_ord'),
         state = case when m.state = 'pending' then 'cancelled' else m.state end,
         state_reason = case when m.state = 'pending' then $3 else m.state_reason end
       from asked a where m.id = a.id and a.taken_back is null
     )
     select id, state from asked`,
    [accountId, ids, reason],
  )
  return {
    cancelled: rows.filter(({ state }) => state === 'pending').map(({ id }) => id),
    inFlight: rows.filter(({ state }) => state !== 'pending').map(({ id }) => id),
  }
}

/**
 * What waits for these numbers, but answers to their own texts. Campaign by campaign and by the number among single texts:
 * never through the queue, which may hold millions.
 */
export async function findWaitingRows(
  tx: Tx,
  phones: readonly string[],
  { accountId, purposes }: { accountId: string; purposes: readonly string[] | null },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `/* messages.suppressWaiting */
     select m.id from message_tally t
     cross join unnest($2::text[]) as p (phone)
     cross join lateral (
       select id, purpose, answers from message where campaign_id = t.campaign_id and phone = p.phone and state = 'pending' offset 0
     ) m
     where t.account_id = $1 and t.pending > 0 and m.answers is null and ($3::text[] is null or m.purpose = any ($3))
     union all
     select m.id from unnest($2::text[]) as p (phone)
     cross join lateral (
       select id, purpose, answers from message
       where account_id = $1 and phone = p.phone and campaign_id is null and state = 'pending' offset 0
     ) m
     where m.answers is null and ($3::text[] is null or m.purpose = any ($3))`,
    [accountId, phones, purposes],
  )
  return rows.map((row) => row.id)
}

/** Few at a time: the trigger that checks the moves compares all that a statement moves with each other. */
export async function suppressRows(tx: Tx, ids: readonly string[], reason: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `/* messages.endWaiting */ update message set state = 'suppressed', state_reason = $2
     where id = any ($1::uuid[]) and state = 'pending' returning id`,
    [ids, reason],
  )
  return rows.map((row) => row.id)
}
