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
  states: readonly DeliveryState[] | null
  types: readonly string[] | null
}

/** The newest first; none for an endpoint of somebody else. */
export async function listDeliveryRows(
  db: Db,
  accountId: AccountId,
  filter: DeliveryFilter,
  page: { beforeId: string | null; limit: number },
): Promise<ListedDelivery[]> {
  return readQuery<ListedDelivery>(
    db,
    `/* endpoints.listDeliveries */
     select d.id, d.endpoint_id as "endpointId", d.type, d.state, d.tries,
       case when d.state = 'waiting' then d.not_before end as "nextTryAt",
       d.event_at as "eventAt", d.created_at as "createdAt", d.changed_at as "changedAt"
     from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id and e.state <> 'deleted'
     where d.endpoint_id = $2 and d.account_id = $1 and ($3::text[] is null or d.state = any ($3)) and ($4::text[] is null or d.type = any ($4))
       and ($5::uuid is null or d.id < $5)
     order by d.id desc limit $6`,
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

export interface DeliveryTally {
  endpointId: string
  waiting: number
  delivered: number
  failed: number
  lastDeliveredAt: Date | null
}

/** Of what is kept. */
export async function tallyDeliveries(
  db: Db,
  accountId: AccountId,
  endpointIds: readonly string[],
): Promise<DeliveryTally[]> {
  return readQuery<DeliveryTally>(
    db,
    `/* endpoints.tally */
     select endpoint_id as "endpointId", count(*) filter (where state in ('waiting', 'sending'))::int as waiting,
       count(*) filter (where state = 'delivered')::int as delivered, count(*) filter (where state = 'failed')::int as failed,
       max(changed_at) filter (where state = 'delivered') as "lastDeliveredAt"
     from webhook_delivery where endpoint_id = any ($2::uuid[]) and account_id = $1 group by endpoint_id`,
    [accountId, endpointIds],
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
): Promise<LogState | null> {
  const [row] = await readQuery<LogState>(
    db,
    `/* endpoints.readLogState */
     select e.id as "endpointId", e.state, count(d.id) filter (where d.state in ('waiting', 'sending'))::int as waiting,
       count(d.id) filter (where d.state = 'delivered')::int as delivered, count(d.id) filter (where d.state = 'failed')::int as failed,
       max(d.changed_at) as "lastChangeAt"
     from webhook_endpoint e left join webhook_delivery d on d.endpoint_id = e.id
     where e.id = $2 and e.account_id = $1 and e.state <> 'deleted' group by e.id`,
    [accountId, endpointId],
  )
  return row ?? null
}
