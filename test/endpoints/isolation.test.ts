import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { deleteEndpoint } from '../../src/slices/endpoints/index.js'
import { firstPlace, followEvents } from '../../src/slices/endpoints/follow-events.js'
import { redeliver, redeliverFailed } from '../../src/slices/endpoints/redeliver.js'
import { sendDelivery, takeDue } from '../../src/slices/endpoints/send-delivery.js'
import { sendTestEvent } from '../../src/slices/endpoints/send-test-event.js'
import { giveUpLost, settleDelivery } from '../../src/slices/endpoints/settle-delivery.js'
import { aSendingAccount, someSingles } from '../support/builders/messages.js'
import { takeIt } from '../support/webhook-receiver.js'
import {
  anEndpoint,
  booked,
  deliveriesOf,
  endpointWorld,
  logEvents,
  type EndpointWorld,
} from './endpoint-world.js'

let world: EndpointWorld

beforeAll(async () => {
  world = await endpointWorld()
})

afterEach(async () => {
  world.clock.set(systemClock.now().toISO())
  world.receiver.answer = takeIt
  world.receiver.received.length = 0
  await readQuery(
    world.db,
    `/* test.silence */ update webhook_endpoint set state = 'deleted', disabled_reason = null where state <> 'deleted'`,
  )
})

afterAll(() => world.stop())

const TAKEN = { problem: null, status: 200, answer: null, durationMs: 1 }

const manyEvents = (accountId: AccountId, count: number): Promise<void> =>
  logEvents(
    world,
    accountId,
    Array.from({ length: count }, () => booked(newId())),
  )

async function followAll(): Promise<void> {
  const place = firstPlace()
  while ((await followEvents(world.deps, place)) > 0);
}

test('accounts whose receivers take long keep some places, and never the next one that another account waits for', async () => {
  const slow = [await aSendingAccount(world.db, 10), await aSendingAccount(world.db, 10)]
  for (const accountId of slow) {
    for (let n = 0; n < 10; n += 1) await anEndpoint(world, accountId)
    await manyEvents(accountId, 20)
  }
  await followAll()
  const underWay = await takeDue(world.deps, 64)
  expect(underWay).toHaveLength(64)

  world.clock.advance({ seconds: 3 })
  const quick = await aSendingAccount(world.db, 10)
  const endpoint = await anEndpoint(world, quick)
  await manyEvents(quick, 1)
  await followAll()
  // One of the long calls ends: a single place is free.
  const [ended] = underWay
  if (ended === undefined) throw new Error('nothing was taken')
  await settleDelivery(world.deps, ended, TAKEN)

  expect((await takeDue(world.deps, 1)).map(({ endpointId }) => endpointId)).toEqual([endpoint.id])
})

test('an endpoint that cannot be followed holds up no other, nor what is due', async () => {
  const [a, b] = [await aSendingAccount(world.db, 10), await aSendingAccount(world.db, 10)]
  const endpoints = [await anEndpoint(world, a), await anEndpoint(world, b)]
  await manyEvents(a, 1)
  await manyEvents(b, 1)
  const [broken, sound] = endpoints.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  if (broken === undefined || sound === undefined) throw new Error('two were made')
  await readQuery(
    world.db,
    `create trigger test_breaks before insert on webhook_delivery for each row when (new.endpoint_id = '${broken.id}')
       execute function refuse_change()`,
  )
  const failed: string[] = []
  try {
    await followEvents(world.deps, firstPlace(), (_error, endpointId) => failed.push(endpointId))
  } finally {
    await readQuery(world.db, 'drop trigger test_breaks on webhook_delivery')
  }

  expect(failed).toEqual([broken.id])
  expect(await deliveriesOf(world, sound.id)).toHaveLength(1)
  // Its place did not move without its deliveries: nothing is lost once it can be followed.
  expect(await deliveriesOf(world, broken.id)).toHaveLength(0)
  await followAll()
  expect(await deliveriesOf(world, broken.id)).toHaveLength(1)
})

test('a try of a dead process that cannot be written down holds up no other', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  const endpoint = await anEndpoint(world, accountId)
  await manyEvents(accountId, 3)
  await followAll()
  const [broken, ...sound] = await takeDue(world.deps, 64)
  if (broken === undefined) throw new Error('nothing was taken')
  world.clock.advance({ seconds: 61 })
  await readQuery(
    world.db,
    `create trigger test_breaks before insert on webhook_attempt for each row when (new.delivery_id = '${broken.id}')
       execute function refuse_change()`,
  )
  const failed: unknown[] = []
  try {
    await giveUpLost(world.deps, (error) => failed.push(error))
  } finally {
    await readQuery(world.db, 'drop trigger test_breaks on webhook_attempt')
  }

  expect(sound).toHaveLength(2)
  expect(failed).toHaveLength(1)
  const states = new Map((await deliveriesOf(world, endpoint.id)).map(({ id, state }) => [id, state]))
  expect(sound.map(({ id }) => states.get(id))).toEqual(['waiting', 'waiting'])
  expect(states.get(broken.id)).toBe('sending')
})

test('nothing of it waits for those who send texts, nor reads in a transaction what they write', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  await someSingles(world.db, accountId, 3)
  const endpoint = await anEndpoint(world, accountId)
  await manyEvents(accountId, 8)
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  let begun = (): void => undefined
  const isHeld = new Promise<void>((resolve) => (begun = resolve))
  // Everything that a claim or a settlement of this account takes or writes.
  const sending = inTransaction(world.db, { name: 'test.sending', accountId }, async (tx) => {
    for (const table of ['credit_balance', 'account_control', 'account_feed', 'message'])
      await tx.query(`/* test */ select 1 from ${table} where account_id = $1 for no key update`, [accountId])
    begun()
    await held
  })
  await isHeld

  const work = async (): Promise<string[]> => {
    await followAll()
    await sendTestEvent(world.deps, accountId, endpoint.id)
    const [first, ...rest] = await takeDue(world.deps, 10)
    if (first === undefined) throw new Error('nothing was taken')
    await settleDelivery(world.deps, first, { ...TAKEN, problem: 'rejected', status: 500 })
    for (const one of rest) await sendDelivery(world.deps, one)
    await redeliver(world.deps, accountId, rest[0]?.id ?? '')
    const since = new Date(0)
    await redeliverFailed(world.deps, accountId, { endpointId: endpoint.id, since })
    await deleteEndpoint(world.deps, accountId, { endpointId: endpoint.id, actor: 'test' })
    const read = await readQuery<{ name: string }>(
      world.db,
      // Marks of what serializable transactions have read stay while one of them is open that began before.
      `/* test */ select distinct coalesce(t.relname, c.relname) as name from pg_locks l join pg_class c on c.oid = l.relation
         left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
       where l.mode = 'SIReadLock' and l.database = (select oid from pg_database where datname = current_database())
         and l.pid is distinct from (select pid from pg_locks where mode = 'RowShareLock' and relation = 'credit_balance'::regclass limit 1)`,
    )
    return read.map(({ name }) => name).sort()
  }
  try {
    const read = await Promise.race([work(), timeOut(10_000)])
    // The row of the account itself, for the foreign keys: sending neither locks nor writes it.
    expect(read.filter((name) => !name.startsWith('webhook_'))).toEqual(['account'])
    expect(read).toContain('webhook_endpoint')
  } finally {
    letGo()
    await sending
  }
}, 30_000)

async function timeOut(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error('it waited'))
    }, ms).unref()
  })
}

test('one busy endpoint, followed and called by several at once: one delivery of each event, and each try written down once', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  const endpoint = await anEndpoint(world, accountId)
  const EVENTS = 400
  const seen = new Set<string>()
  world.receiver.answer = (call, response) => {
    const id = call.headers['webhook-id'] ?? ''
    // Some are taken at the second try only, so that the health of the endpoint goes up and down meanwhile.
    const refuses = !seen.has(id) && seen.size % 5 === 0
    seen.add(id)
    response.statusCode = refuses ? 500 : 200
    response.end()
  }
  const place = firstPlace()
  const follower = async (): Promise<void> => {
    for (let n = 0; n < EVENTS / 20; n += 1) {
      await manyEvents(accountId, 10)
      await followEvents(world.deps, place)
    }
  }
  const caller = async (): Promise<void> => {
    for (let n = 0; n < 60; n += 1)
      await Promise.all((await takeDue(world.deps, 4)).map((one) => sendDelivery(world.deps, one)))
  }
  await Promise.all([follower(), follower(), caller(), caller(), caller()])
  await followAll()
  for (let round = 0; (await open(endpoint.id)) > 0 && round < 2_000; round += 1) {
    if ((await world.work()) === 0) world.clock.advance({ seconds: 10 })
  }

  const [row] = await readQuery(
    world.db,
    `/* test */ select count(*)::int as deliveries, count(distinct seq)::int as events,
       count(*) filter (where state = 'delivered')::int as delivered, sum(tries)::int as tries,
       (select count(*)::int from webhook_attempt a join webhook_delivery o on o.id = a.delivery_id where o.endpoint_id = $1) as attempts
     from webhook_delivery where endpoint_id = $1`,
    [endpoint.id],
  )
  const tries = world.receiver.received.length
  expect(row).toEqual({ deliveries: EVENTS, events: EVENTS, delivered: EVENTS, tries, attempts: tries })
  expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
}, 60_000)

async function open(endpointId: string): Promise<number> {
  const rows = await deliveriesOf(world, endpointId)
  return rows.filter(({ state }) => state === 'waiting' || state === 'sending').length
}
