import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { deliveryStates, type DeliveryState } from '../../src/slices/endpoints/domain/delivery-state.js'
import { listDeliveries, listEndpoints } from '../../src/slices/endpoints/list-endpoints.js'
import { redeliverFailed } from '../../src/slices/endpoints/redeliver.js'
import { readLogState } from '../../src/slices/endpoints/store/delivery-lists.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { anEndpoint, endpointWorld, type EndpointWorld, type MadeEndpoint } from './endpoint-world.js'

let world: EndpointWorld

beforeAll(async () => {
  world = await endpointWorld()
})

afterAll(() => world.stop())

interface Delivery {
  id: string
  type: string
  state: DeliveryState
}

/** As they had become so; one ended a second after the other. */
async function someDeliveries(
  { id, accountId }: MadeEndpoint,
  deliveries: readonly Delivery[],
): Promise<void> {
  await readQuery(
    world.db,
    `/* test.someDeliveries */
     insert into webhook_delivery (id, endpoint_id, account_id, type, body, state, not_before, lease, lease_until, event_at, created_at, changed_at)
     select d.id, $1, $2, d.type, '{}', d.state, $4, case when d.state = 'sending' then d.id end,
       case when d.state = 'sending' then $4::timestamptz end, $4, $4, $4::timestamptz + d.n * interval '1 second'
     from rows from (jsonb_to_recordset($3::jsonb) as (id uuid, type text, state text)) with ordinality as d (id, type, state, n)`,
    [id, accountId, JSON.stringify(deliveries), world.clock.now().toJSDate()],
  )
}

const repeated = (count: number, state: DeliveryState, type = 'reply.received'): Delivery[] =>
  Array.from({ length: count }, () => ({ id: newId(), type, state }))

test('a filter of the delivery log finds what fits it in pages, the newest first, and nothing of somebody else', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  const [endpoint, other] = [await anEndpoint(world, accountId), await anEndpoint(world, accountId)]
  const types = ['reply.received', 'consent.revoked', 'webhook.test']
  const all = Array.from({ length: 60 }, (_delivery, n) => ({
    id: newId(),
    type: types[n % types.length] ?? '',
    state: deliveryStates[n % deliveryStates.length] ?? 'waiting',
  }))
  await someDeliveries(endpoint, all)
  await someDeliveries(other, repeated(5, 'failed'))

  const read = async (
    owner: AccountId,
    filter: { states: DeliveryState[] | null; types: string[] | null },
  ): Promise<string[]> => {
    const found: string[] = []
    for (let beforeId: string | null = null; ;) {
      const wanted = { endpointId: endpoint.id, ...filter }
      const page = await listDeliveries(world.db, owner, wanted, { beforeId, limit: 7 })
      found.push(...page.map(({ id }) => id))
      beforeId = page.at(-1)?.id ?? null
      if (beforeId === null) return found
    }
  }
  for (const filter of [
    { states: null, types: null },
    { states: ['failed' as const], types: null },
    { states: null, types: ['webhook.test', 'webhook.test', 'no.such.event'] },
    { states: ['waiting' as const, 'delivered' as const], types: ['reply.received', 'consent.revoked'] },
    { states: [], types: null },
  ]) {
    const fits = all.filter(
      ({ state, type }) =>
        (filter.states === null || (filter.states as string[]).includes(state)) &&
        (filter.types === null || filter.types.includes(type)),
    )
    expect(await read(accountId, filter)).toEqual(fits.map(({ id }) => id).toReversed())
  }
  expect(await read(await aSendingAccount(world.db, 10), { states: null, types: null })).toEqual([])
})

test('counts of an endpoint are told up to 10,000, and beyond that only that there are more', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  const endpoint = await anEndpoint(world, accountId)
  const empty = await anEndpoint(world, accountId)
  await someDeliveries(endpoint, [
    ...repeated(10_005, 'delivered'),
    ...repeated(10, 'failed', 'consent.revoked'),
    ...repeated(3, 'waiting'),
    ...repeated(2, 'sending'),
  ])

  const counts = { waiting: 5, delivered: 10_001, failed: 10 }
  const none = { waiting: 0, delivered: 0, failed: 0 }
  const after = (seconds: number): Date => world.clock.now().plus({ seconds }).toJSDate()
  expect(await listEndpoints(world.db, accountId)).toMatchObject([
    { id: endpoint.id, ...counts, lastDeliveredAt: after(10_005) },
    { id: empty.id, ...none, lastDeliveredAt: null },
  ])
  expect(await readLogState(world.db, accountId, endpoint.id, 10_001)).toEqual({
    endpointId: endpoint.id,
    state: 'enabled',
    ...counts,
    lastChangeAt: after(10_020),
  })
  expect(await readLogState(world.db, accountId, empty.id, 10_001)).toMatchObject({
    ...none,
    lastChangeAt: null,
  })
})

test('what failed is sent again from the oldest on, of whatever events, 5,000 at once', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  const endpoint = await anEndpoint(world, accountId)
  const [older, newer] = [repeated(3_000, 'failed'), repeated(3_000, 'failed', 'consent.revoked')]
  await someDeliveries(endpoint, [...older, ...newer])
  const all = { endpointId: endpoint.id, since: new Date(0) }

  expect(await redeliverFailed(world.deps, accountId, all)).toEqual({ ok: true, asked: 5_000 })

  const left = await readQuery<{ id: string }>(
    world.db,
    `/* test */ select id from webhook_delivery where endpoint_id = $1 and state = 'failed' order by id`,
    [endpoint.id],
  )
  expect(left.map(({ id }) => id)).toEqual(newer.slice(2_000).map(({ id }) => id))
  expect(await redeliverFailed(world.deps, accountId, all)).toEqual({ ok: true, asked: 1_000 })
})
