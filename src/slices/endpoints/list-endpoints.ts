import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { deliveryStates, type DeliveryState } from './domain/delivery-state.js'
import { deliveryTypes } from './domain/event-types.js'
import { COUNT_MAX } from './domain/limits.js'
import {
  listAttempts,
  listDeliveryRows,
  tallyDeliveries,
  type DeliveryTally,
  type ListedAttempt,
  type ListedDelivery,
} from './store/delivery-lists.js'
import { listEndpointRows, type Endpoint } from './store/endpoint-rows.js'

export { countDeliveriesUnderWay, readBodies, readDelivery } from './store/delivery-lists.js'

export type ListedEndpoint = Endpoint & Omit<DeliveryTally, 'endpointId'>

const nothing = { waiting: 0, delivered: 0, failed: 0, lastDeliveredAt: null }

/** All of the account, in the order in which they were made, with what became of their deliveries: counts up to 10,001. */
export async function listEndpoints(db: Db, accountId: AccountId): Promise<ListedEndpoint[]> {
  const endpoints = await listEndpointRows(db, accountId)
  const ids = endpoints.map(({ id }) => id)
  const tallies = new Map(
    (await tallyDeliveries(db, accountId, ids, COUNT_MAX)).map(({ endpointId, ...tally }) => [
      endpointId,
      tally,
    ]),
  )
  return endpoints.map((endpoint) => ({ ...endpoint, ...(tallies.get(endpoint.id) ?? nothing) }))
}

export async function readEndpoint(
  db: Db,
  accountId: AccountId,
  endpointId: string,
): Promise<ListedEndpoint | null> {
  return (await listEndpoints(db, accountId)).find(({ id }) => id === endpointId) ?? null
}

/** The delivery log of an endpoint, the newest first; null means all states, or all types. */
export function listDeliveries(
  db: Db,
  accountId: AccountId,
  wanted: { endpointId: string; states: readonly DeliveryState[] | null; types: readonly string[] | null },
  page: { beforeId: string | null; limit: number },
): Promise<ListedDelivery[]> {
  const { endpointId } = wanted
  const states = deliveryStates.filter((state) => wanted.states?.includes(state) ?? true)
  const types = deliveryTypes.filter((type) => wanted.types?.includes(type) ?? true)
  return listDeliveryRows(db, accountId, { endpointId, states, types }, page)
}

/** Of each delivery, in order. */
export async function attemptsOf(
  db: Db,
  accountId: AccountId,
  deliveryIds: readonly string[],
): Promise<Map<string, ListedAttempt[]>> {
  const found = new Map<string, ListedAttempt[]>(deliveryIds.map((id) => [id, []]))
  for (const attempt of await listAttempts(db, accountId, deliveryIds))
    found.get(attempt.deliveryId)?.push(attempt)
  return found
}
