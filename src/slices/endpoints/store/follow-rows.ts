import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface EndpointBehind {
  id: string
  accountId: AccountId
  eventTypes: string[]
  throughSeq: number
}

/** Whether a pass would find anything: one look, so that installations without endpoints pay for nothing more. */
export async function hasWork(db: Db, now: Date): Promise<boolean> {
  const [row] = await readQuery<{ found: boolean }>(
    db,
    `/* endpoints.hasWork */
     select exists (select from webhook_endpoint e join account_feed f on f.account_id = e.account_id
         where e.state = 'enabled' and (f.last_seq > e.through_seq
           or exists (select from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting' and d.not_before <= $1)))
       or exists (select from webhook_delivery where state = 'sending' and lease_until <= $1) as found`,
    [now],
  )
  return row?.found ?? false
}

/** Endpoints whose accounts have had events since, and whose receivers are not too far behind; those after `afterId` first. */
export async function readBehind(
  db: Db,
  { afterId, waitingMax, limit }: { afterId: string; waitingMax: number; limit: number },
): Promise<EndpointBehind[]> {
  const rows = await readQuery<Omit<EndpointBehind, 'throughSeq'> & { through_seq: string }>(
    db,
    `/* endpoints.readBehind */
     select e.id, e.account_id as "accountId", e.event_types as "eventTypes", e.through_seq
     from webhook_endpoint e join account_feed f on f.account_id = e.account_id
     where e.state = 'enabled' and f.last_seq > e.through_seq
       and not exists (select from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting' offset $2)
     order by e.id <= $1, e.id limit $3`,
    [afterId, waitingMax, limit],
  )
  return rows.map(({ through_seq, ...row }) => ({ ...row, throughSeq: Number(through_seq) }))
}

export interface NewDelivery {
  id: string
  seq: number | null
  part: number
  type: string
  body: string
  eventAt: Date
}

/**
 * Moves an endpoint on in the log; false when somebody else moved it meanwhile, it is switched off, or it has chosen other events:
 * those that were passed over for the ones before would never be told. Whoever moves it writes the deliveries of these events in
 * the same transaction.
 */
export async function moveCursor(
  tx: Tx,
  { id, throughSeq, eventTypes }: EndpointBehind,
  to: number,
): Promise<boolean> {
  const rows = await tx.query(
    `/* endpoints.moveCursor */
     update webhook_endpoint set through_seq = $3 where id = $1 and through_seq = $2 and state = 'enabled' and event_types = $4
     returning 1`,
    [id, throughSeq, to, eventTypes],
  )
  return rows.length > 0
}

export async function insertDeliveries(
  tx: Tx,
  endpoint: { id: string; accountId: AccountId },
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return
  await tx.query(
    `/* endpoints.insertDeliveries */
     insert into webhook_delivery (id, endpoint_id, account_id, seq, part, type, body, event_at, not_before, created_at, changed_at)
     select d.id, $1, $2, d.seq, d.part, d.type, d.body, d.event_at, $4, $4, $4
     from jsonb_to_recordset($3::jsonb)
       as d (id uuid, seq bigint, part smallint, type text, body text, event_at timestamptz)`,
    [
      endpoint.id,
      endpoint.accountId,
      JSON.stringify(deliveries.map(({ eventAt, ...rest }) => ({ ...rest, event_at: eventAt }))),
      now,
    ],
  )
}
