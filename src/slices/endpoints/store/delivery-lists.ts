import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { DeliveryState } from '../domain/delivery-state.js'

export interface ListedDelivery {
  id: string
  endpointId: string
  type: string
  state: DeliveryState
  tries: number
  nextTryAt: Date | null
  eventAt: Date
  createdAt: Date
  changedAt: Date
}

export interface DeliveryFilter {
  endpointId: string
  /** Each state and each type once. */
  states: readonly DeliveryState[]
  types: readonly string[]
}

/**
 * The newest first; none for an endpoint of somebody else. The newest of each state and type are found by themselves and merged,
 * so that a filter that hardly anything fits costs no more than one that everything fits. Compared and ordered as whole rows
 * of the index: expecting the usual, the planner might otherwise read through all ids for what is rare.
 */
export async function listDeliveryRows(
  db: Db,
  accountId: AccountId,
  filter: DeliveryFilter,
  page: { beforeId: string | null; limit: number },
): Promise<ListedDelivery[]> {
  return readQuery<ListedDelivery>(
    db,
    `/* endpoints.listDeliveries */
     with listed as (
       select one.id from webhook_endpoint e cross join unnest($3::text[]) as s (state) cross join unnest($4::text[]) as t (type)
       cross join lateral (
         select id from webhook_delivery
         where (endpoint_id, state, type, id) >= (e.id, s.state, t.type, '00000000-0000-0000-0000-000000000000'::uuid)
           and (endpoint_id, state, type, id) < (e.id, s.state, t.type, coalesce($5::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
         order by endpoint_id desc, state desc, type desc, id desc limit $6) one
       where e.id = $2 and e.account_id = $1 and e.state <> 'deleted'
       order by one.id desc limit $6)
     select d.id, d.endpoint_id as "endpointId", d.type, d.state, d.tries,
       case when d.state = 'waiting' then d.not_before end as "nextTryAt",
       d.event_at as "eventAt", d.created_at as "createdAt", d.changed_at as "changedAt"
     from listed join webhook_delivery d on d.id = listed.id and d.account_id = $1 order by d.id desc`,
    [accountId, filter.endpointId, filter.states, filter.types, page.beforeId, page.limit],
  )
}

export async function readDelivery(db: Db, accountId: AccountId, id: string): Promise<ListedDelivery | null> {
  const [row] = await readQuery<ListedDelivery>(
    db,
    `/* endpoints.readDelivery */
     select id, endpoint_id as "endpointId", type, state, tries, case when state = 'waiting' then not_before end as "nextTryAt",
       event_at as "eventAt", created_at as "createdAt", changed_at as "changedAt"
     from webhook_delivery where id = $2 and account_id = $1`,
    [accountId, id],
  )
  return row ?? null
}

/** By delivery, byte for byte as they are signed and sent. Lists do without: each may have tens of kilobytes. */
export async function readBodies(
  db: Db,
  accountId: AccountId,
  deliveryIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await readQuery<{ id: string; body: string }>(
    db,
    `/* endpoints.readBodies */ select id, body from webhook_delivery where id = any ($2::uuid[]) and account_id = $1`,
    [accountId, deliveryIds],
  )
  return new Map(rows.map(({ id, body }) => [id, body]))
}

export interface ListedAttempt {
  deliveryId: string
  n: number
  at: Date
  durationMs: number
  status: number | null
  problem: string | null
  answer: string | null
}

export async function listAttempts(
  db: Db,
  accountId: AccountId,
  deliveryIds: readonly string[],
): Promise<ListedAttempt[]> {
  return readQuery<ListedAttempt>(
    db,
    `/* endpoints.listAttempts */
     select a.delivery_id as "deliveryId", a.n, a.at, a.duration_ms as "durationMs", a.status, a.problem, a.answer
     from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id
     where a.delivery_id = any ($2::uuid[]) and d.account_id = $1 order by a.delivery_id, a.n`,
    [accountId, deliveryIds],
  )
}

/**
 * Of the endpoint `e`, no further than to `$3`: an exact count of millions would cost more than it tells. In the order of the index,
 * so that it is this one that is read.
 */
const counted = (states: string): string =>
  `(select count(*)::int from (
      select from webhook_delivery where endpoint_id = e.id and state in (${states})
      order by state, type, id limit $3) found)`

const COUNTS = `${counted("'waiting', 'sending'")} as waiting, ${counted("'delivered'")} as delivered, ${counted("'failed'")} as failed`

export interface DeliveryTally {
  endpointId: string
  waiting: number
  delivered: number
  failed: number
  lastDeliveredAt: Date | null
}

/** Of what is kept. "Between" is "equal", and leaves only the index by endpoint to be read in this order. */
export async function tallyDeliveries(
  db: Db,
  accountId: AccountId,
  endpointIds: readonly string[],
  countMax: number,
): Promise<DeliveryTally[]> {
  return readQuery<DeliveryTally>(
    db,
    `/* endpoints.tally */
     select e.id as "endpointId", ${COUNTS},
       (select changed_at from webhook_delivery where endpoint_id between e.id and e.id and state = 'delivered'
         order by endpoint_id desc, changed_at desc limit 1) as "lastDeliveredAt"
     from webhook_endpoint e where e.id = any ($2::uuid[]) and e.account_id = $1`,
    [accountId, endpointIds, countMax],
  )
}

export interface DeliveriesUnderWay {
  waiting: number
  sending: number
  disabled: number
  oldestDueAt: Date | null
}

/** Over all accounts; of endpoints that are switched on. */
export async function countDeliveriesUnderWay(db: Db): Promise<DeliveriesUnderWay> {
  const [row] = await readQuery<DeliveriesUnderWay>(
    db,
    `/* endpoints.countUnderWay */
     select coalesce(sum(w.waiting), 0)::int as waiting, min(w.oldest) as "oldestDueAt",
       (select count(*)::int from webhook_delivery where state = 'sending') as sending,
       (select count(*)::int from webhook_endpoint where state = 'disabled') as disabled
     from webhook_endpoint e cross join lateral (
       select count(*) as waiting, min(not_before) as oldest from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting') w
     where e.state = 'enabled'`,
  )
  return row ?? { waiting: 0, sending: 0, disabled: 0, oldestDueAt: null }
}

export interface LogState {
  endpointId: string
  state: string
  waiting: number
  delivered: number
  failed: number
  lastChangeAt: Date | null
}

/** Null for an endpoint that is not there. */
export async function readLogState(
  db: Db,
  accountId: AccountId,
  endpointId: string,
  countMax: number,
): Promise<LogState | null> {
  const [row] = await readQuery<LogState>(
    db,
    `/* endpoints.readLogState */
     select e.id as "endpointId", e.state, ${COUNTS},
       (select max(changed_at) from webhook_delivery where endpoint_id = e.id) as "lastChangeAt"
     from webhook_endpoint e where e.id = $2 and e.account_id = $1 and e.state <> 'deleted'`,
    [accountId, endpointId, countMax],
  )
  return row ?? null
}
