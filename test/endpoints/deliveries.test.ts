import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import { newId } from '../../src/kernel/ids.js'
import { transitionRows } from '../../src/kernel/transitions.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { deleteEndpoint, purgeDeliveries } from '../../src/slices/endpoints/index.js'
import { deliveryTransitions } from '../../src/slices/endpoints/domain/delivery-state.js'
import { createVault } from '../../src/slices/endpoints/seal-secret.js'
import { firstPlace, followEvents } from '../../src/slices/endpoints/follow-events.js'
import { redeliver, redeliverFailed } from '../../src/slices/endpoints/redeliver.js'
import { rollSecret } from '../../src/slices/endpoints/roll-secret.js'
import { sendDelivery, takeDue } from '../../src/slices/endpoints/send-delivery.js'
import { sendTestEvent } from '../../src/slices/endpoints/send-test-event.js'
import { giveUpLost, settleDelivery } from '../../src/slices/endpoints/settle-delivery.js'
import { updateEndpoint } from '../../src/slices/endpoints/update-endpoint.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { eventually } from '../support/eventually.js'
import { takeIt, type WebhookReceiver } from '../support/webhook-receiver.js'
import {
  anEndpoint,
  booked,
  deliveriesOf,
  endpointNow,
  endpointWorld,
  fail,
  logEvents,
  verify,
  type EndpointWorld,
} from './endpoint-world.js'

let world: EndpointWorld

beforeAll(async () => {
  world = await endpointWorld()
})

afterEach(async () => {
  // The library that receivers use compares with the time of this machine.
  world.clock.set(systemClock.now().toISO())
  world.receiver.answer = takeIt
  world.receiver.received.length = 0
  world.counted.length = 0
  // What one test left waiting is nothing to the next one.
  await readQuery(
    world.db,
    `/* test.silence */ update webhook_endpoint set state = 'deleted', disabled_reason = null where state <> 'deleted'`,
  )
})

afterAll(() => world.stop())

const saying =
  (status: number, text = ''): WebhookReceiver['answer'] =>
  (_call, response) => {
    response.statusCode = status
    response.end(text)
  }

describe('a webhook', () => {
  test('is signed so that the library of Standard Webhooks takes it, and nothing that was changed on the way', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    const appointmentId = newId()
    await logEvents(world, accountId, [booked(appointmentId)])

    await world.work()

    const [call] = world.receiver.received
    const body = verify(endpoint.secret, call)
    expect(body).toMatchObject({ type: 'appointment.booked', version: 1, accountId, seq: expect.any(Number) })
    expect(body.data).toEqual({ appointmentId, revision: 1 })
    const [delivery] = await deliveriesOf(world, endpoint.id)
    expect(call?.headers['webhook-id']).toBe(delivery?.id)
    expect(delivery).toMatchObject({ state: 'delivered', tries: 1, status: 204, problem: null })
    if (call === undefined) throw new Error('nothing was received')
    expect(() => verify(endpoint.secret, { ...call, body: call.body.replace('booked', 'moved') })).toThrow()
    for (const [header, value] of [
      ['webhook-id', newId()],
      ['webhook-timestamp', String(Number(call.headers['webhook-timestamp']) + 1)],
      ['webhook-signature', 'v1,AAAA'],
    ] as const)
      expect(() =>
        verify(endpoint.secret, { ...call, headers: { ...call.headers, [header]: value } }),
      ).toThrow()
    expect(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, call)).toThrow()
  })

  test('tells of each event once for each endpoint, however many look at the log at once', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const one = await anEndpoint(world, accountId)
    const other = await anEndpoint(world, accountId)
    const ids = Array.from({ length: 250 }, () => newId())
    await logEvents(world, accountId, ids.map(booked))

    await Promise.all([world.work(), world.work(), world.work(), world.work()])
    while ((await world.work()) > 0);

    const told = (secret: string): unknown[] =>
      world.receiver.received.flatMap((call) => {
        try {
          return [verify(secret, call).data['appointmentId']]
        } catch {
          return []
        }
      })
    expect(told(one.secret).toSorted()).toEqual(ids.toSorted())
    expect(told(other.secret).toSorted()).toEqual(ids.toSorted())
  })

  test('tells only what was chosen, and only what happened since the endpoint was made', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    await logEvents(world, accountId, [booked(newId())])
    const endpoint = await anEndpoint(world, accountId, { eventTypes: ['account.sending_stopped'] })
    await logEvents(world, accountId, [
      booked(newId()),
      { topic: 'account', payload: { sendingStopped: true, reason: 'a test' } },
    ])

    await world.work()

    expect((await deliveriesOf(world, endpoint.id)).map(({ type }) => type)).toEqual([
      'account.sending_stopped',
    ])
  })

  test('tells what was chosen while a page of the log was being followed', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId, { eventTypes: ['account.sending_stopped'] })
    await logEvents(world, accountId, [booked(newId())])
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    let chosen = (): void => undefined
    const isChosen = new Promise<void>((resolve) => (chosen = resolve))
    const choosing = inTransaction(world.db, { name: 'test.choosing' }, async (tx) => {
      await tx.query(
        `/* test.choose */ update webhook_endpoint set event_types = '{appointment.booked}' where id = $1`,
        [endpoint.id],
      )
      chosen()
      await held
    })
    await isChosen

    const following = followEvents(world.deps, firstPlace())
    // It has read which events there were to tell, and comes to write that they are told.
    await eventually(async () => {
      const waiting = await readQuery(
        world.db,
        `/* test */ select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%endpoints.moveCursor%'
           and datname = current_database()`,
      )
      return waiting.length > 0
    })
    letGo()
    await choosing
    await following
    await followAll()

    expect((await deliveriesOf(world, endpoint.id)).map(({ type }) => type)).toEqual(['appointment.booked'])
  })

  test('goes to the address and with the secret of its endpoint, and to no other account', async () => {
    const [a, b] = [await aSendingAccount(world.db, 10), await aSendingAccount(world.db, 10)]
    const ofA = await anEndpoint(world, a, { url: `${world.receiver.url}/a` })
    const ofB = await anEndpoint(world, b, { url: `${world.receiver.url}/b` })
    await logEvents(world, a, [booked(newId())])

    await world.work()

    expect(world.receiver.received.map(({ path }) => path)).toEqual(['/a'])
    expect(verify(ofA.secret, world.receiver.received[0])).toMatchObject({ accountId: a })
    expect(await deliveriesOf(world, ofB.id)).toEqual([])
  })
})

describe('a try that fails', () => {
  test('is repeated after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours under one id, then given up', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    world.receiver.answer = saying(503, 'busy')
    const plan = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

    for (const seconds of plan) {
      expect(await world.work()).toBe(1)
      const [delivery] = await deliveriesOf(world, endpoint.id)
      expect(delivery).toMatchObject({ state: 'waiting', problem: 'rejected', status: 503, answer: 'busy' })
      expect(delivery?.waitMs).toBeGreaterThanOrEqual(seconds * 1_000)
      expect(delivery?.waitMs).toBeLessThanOrEqual(seconds * 1_100)
      world.clock.advance({ milliseconds: seconds * 1_000 - 1 })
      expect(await world.work()).toBe(0)
      world.clock.advance({ milliseconds: seconds * 100 + 1 })
    }
    expect(await world.work()).toBe(1)
    world.clock.advance({ days: 30 })
    expect(await world.work()).toBe(0)

    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ state: 'failed', tries: 10 }])
    const { received } = world.receiver
    expect(received).toHaveLength(10)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  })

  test.each([301, 302, 307, 308])('by a redirect %i is not followed', async (status) => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    world.receiver.answer = (call, response) => {
      if (call.path !== '/elsewhere')
        response.writeHead(status, { location: `${world.receiver.url}/elsewhere` })
      response.end()
    }

    await world.work()

    expect(world.receiver.received.map(({ path }) => path)).toEqual(['/hooks'])
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([
      { state: 'waiting', problem: 'redirected', status },
    ])
  })

  test('by an answer that never comes, or a connection that breaks, says so', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    world.receiver.answer = () => undefined
    await world.work()
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ problem: 'timeout', status: null }])

    world.receiver.answer = (_call, response) => response.destroy()
    world.clock.advance({ seconds: 10 })
    await world.work()
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ problem: 'connection', status: null }])
  })

  test('keeps no more than the beginning of an answer, as plain text, also of one that never ends', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId()), booked(newId())])
    let calls = 0
    world.receiver.answer = (_call, response) => {
      calls += 1
      response.statusCode = calls === 1 ? 500 : 200
      response.write(`\u0000\u001b[31mone\r\ntwo\u202e${'x'.repeat(200_000)}`)
      if (calls === 1) response.end()
    }

    await world.work()
    await world.work()

    const deliveries = await deliveriesOf(world, endpoint.id)
    expect(deliveries.map(({ state }) => state).toSorted()).toEqual(['delivered', 'waiting'])
    for (const { answer } of deliveries) {
      expect(answer).toMatch(/^\[31mone two x+$/)
      expect(answer?.length).toBeLessThanOrEqual(1_024)
    }
  })
})

describe('an endpoint', () => {
  test('that answers 410 is switched off at once, in the history and the log, and other endpoints hear of it', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const gone = await anEndpoint(world, accountId, { url: `${world.receiver.url}/gone` })
    const other = await anEndpoint(world, accountId, { eventTypes: ['endpoint.disabled'] })
    await logEvents(world, accountId, [booked(newId()), booked(newId())])
    world.receiver.answer = (call, response) => (call.path === '/gone' ? saying(410) : takeIt)(call, response)

    await world.work()
    await world.work()
    world.clock.advance({ days: 2 })
    await world.work()

    expect(await endpointNow(world, gone.id)).toMatchObject({ state: 'disabled', reason: 'gone' })
    expect(world.receiver.received.filter(({ path }) => path === '/gone').length).toBeLessThanOrEqual(2)
    const heard = world.receiver.received.find(({ path }) => path === '/hooks')
    expect(verify(other.secret, heard).data).toEqual({
      endpointId: gone.id,
      reason: 'gone',
    })
    const history = await readQuery<{ kind: string }>(
      world.db,
      `/* test */ select kind from account_change where account_id = $1 and kind = 'webhook_disabled'`,
      [accountId],
    )
    expect(history).toHaveLength(1)
  })

  test('is switched off when every try has failed for five days, and not while one succeeds now and then', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const dead = await anEndpoint(world, accountId, { url: `${world.receiver.url}/dead` })
    const shaky = await anEndpoint(world, accountId, { url: `${world.receiver.url}/shaky` })
    let day = 0
    world.receiver.answer = (call, response) => {
      const works = call.path === '/shaky' && day % 2 === 1
      saying(works ? 200 : 500)(call, response)
    }
    for (; day <= 5; day += 1) {
      expect((await endpointNow(world, dead.id)).state).toBe('enabled')
      await logEvents(world, accountId, [booked(newId())])
      await world.work()
      world.clock.advance({ days: 1 })
    }

    expect(await endpointNow(world, dead.id)).toMatchObject({ state: 'disabled', reason: 'failing' })
    expect((await endpointNow(world, shaky.id)).state).toBe('enabled')
  })

  test('that gets another address begins anew: the days before do not count, nor what the old address still answers', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId, { url: `${world.receiver.url}/wrong` })
    const move = (path: string) =>
      updateEndpoint(world.deps, accountId, endpoint.id, {
        url: `${world.receiver.url}${path}`,
        actor: 'test',
      })
    world.receiver.answer = saying(500)
    for (let day = 0; day < 4; day += 1) {
      await logEvents(world, accountId, [booked(newId())])
      await world.work()
      world.clock.advance({ days: 1 })
    }
    const [old] = await takeDue(world.deps, 1)
    if (old === undefined) throw new Error('nothing was taken')
    await move('/right')
    expect((await endpointNow(world, endpoint.id)).failingSince).toBeNull()

    // Still under way when the address was corrected.
    await settleDelivery(world.deps, old, { problem: 'rejected', status: 410, answer: null, durationMs: 1 })
    const standing = { state: 'enabled', reason: null, failingSince: null }
    expect(await endpointNow(world, endpoint.id)).toEqual(standing)
    world.clock.advance({ days: 2 })
    const [first, second] = await takeDue(world.deps, 2)
    if (first === undefined || second === undefined) throw new Error('two wait')
    const refused = { problem: 'rejected', status: 500, answer: null, durationMs: 1 } as const
    await settleDelivery(world.deps, first, refused)
    const { state, failingSince } = await endpointNow(world, endpoint.id)
    expect({ state, failingSince }).toEqual({
      state: 'enabled',
      failingSince: world.clock.now().toJSDate(),
    })

    // Nor does a success there speak for another address.
    await move('/elsewhere')
    const [third] = await takeDue(world.deps, 1)
    if (third === undefined) throw new Error('one waits')
    await settleDelivery(world.deps, third, refused)
    await settleDelivery(world.deps, second, { ...refused, problem: null, status: 200 })
    expect((await endpointNow(world, endpoint.id)).failingSince).not.toBeNull()
  })

  test('that was off goes on where it stopped, or with what happens from now on, as it is told', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    const [missed, skipped, later] = [newId(), newId(), newId()]
    const turn = (enabled: boolean, skipsMissed = false) =>
      updateEndpoint(world.deps, accountId, endpoint.id, { enabled, skipsMissed, actor: 'test' })
    const told = (): unknown[] =>
      world.receiver.received.map((call) => verify(endpoint.secret, call).data['appointmentId'])

    await turn(false)
    await logEvents(world, accountId, [booked(missed)])
    await world.work()
    expect(told()).toEqual([])
    await turn(true)
    await world.work()
    expect(told()).toEqual([missed])
    await turn(false)
    await logEvents(world, accountId, [booked(skipped)])
    await turn(true, true)
    await logEvents(world, accountId, [booked(later)])
    await world.work()
    expect(told()).toEqual([missed, later])
  })

  test('that never answers holds up nobody else, and has one call at a time once it has failed', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const dead = await anEndpoint(world, accountId, { url: `${world.receiver.url}/dead` })
    const other = await aSendingAccount(world.db, 10)
    const good = await anEndpoint(world, other, { url: `${world.receiver.url}/good` })
    world.receiver.answer = (call, response) => {
      if (call.path === '/good') takeIt(call, response)
    }
    await logEvents(
      world,
      accountId,
      Array.from({ length: 90 }, () => booked(newId())),
    )
    await logEvents(world, other, [booked(newId())])
    await followAll()

    const first = await takeDue(world.deps, 3)
    expect(first.map(({ endpointId }) => endpointId)).toContain(good.id)
    const rest = await takeDue(world.deps, 1_000)
    const toDead = [...first, ...rest].filter(({ endpointId }) => endpointId === dead.id)
    expect(toDead).toHaveLength(4)
    await Promise.all([...first, ...rest].map((one) => sendDelivery(world.deps, one)))
    expect(await deliveriesOf(world, good.id)).toMatchObject([{ state: 'delivered' }])

    const again = await takeDue(world.deps, 1_000)
    expect(again.map(({ endpointId }) => endpointId)).toEqual([dead.id])
    await Promise.all(again.map((one) => sendDelivery(world.deps, one)))
  })

  test('that is deleted gets nothing more, and its secrets are gone', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    await followAll()

    await deleteEndpoint(world.deps, accountId, { endpointId: endpoint.id, actor: 'test' })
    await logEvents(world, accountId, [booked(newId())])
    await world.work()

    expect(world.receiver.received).toEqual([])
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ state: 'failed', tries: 0 }])
    const secrets = await readQuery(
      world.db,
      '/* test */ select 1 from webhook_secret where endpoint_id = $1',
      [endpoint.id],
    )
    expect(secrets).toEqual([])
  })
})

async function followAll(): Promise<void> {
  const place = firstPlace()
  while ((await followEvents(world.deps, place)) > 0);
}

describe('a secret', () => {
  test('that was rolled goes on signing beside the new one for a day', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    const rolled = await rollSecret(world.deps, accountId, { endpointId: endpoint.id, actor: 'test' })
    if (!rolled.ok) throw new Error(rolled.reason)
    const send = async () => {
      await sendTestEvent(world.deps, accountId, endpoint.id)
      await world.work()
      return world.receiver.received.at(-1)
    }

    const soon = await send()
    expect(verify(endpoint.secret, soon).type).toBe('webhook.test')
    expect(verify(rolled.secret, soon).type).toBe('webhook.test')

    world.clock.advance({ hours: 24, seconds: 1 })
    const later = await send()
    expect(later?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })

  test('stands nowhere in the database as it is, and opens for its own endpoint and installation only', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    const bare = endpoint.secret.replace('whsec_', '')
    const [row] = await readQuery<{ sealed: Buffer; text: string }>(
      world.db,
      '/* test */ select sealed, s::text as text from webhook_secret s where endpoint_id = $1',
      [endpoint.id],
    )
    if (row === undefined) throw new Error('no secret')
    expect(row.sealed.includes(bare)).toBe(false)
    expect(world.deps.webhookVault?.open(endpoint.id, row.sealed)).toBe(endpoint.secret)
    expect(world.deps.webhookVault?.open(newId(), row.sealed)).toBeNull()
    expect(createVault('another secret')?.open(endpoint.id, row.sealed)).toBeNull()
    expect(createVault('')).toBeNull()
  })

  test('that cannot be opened any more sends nothing and switches its endpoint off with that reason', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    await followAll()
    const deps = { ...world.deps, webhookVault: createVault('another secret') }
    for (const taken of await takeDue(deps, 10)) await sendDelivery(deps, taken)

    expect(world.receiver.received).toEqual([])
    expect(await endpointNow(world, endpoint.id)).toMatchObject({
      state: 'disabled',
      reason: 'secret_unreadable',
      failingSince: null,
    })
  })
})

describe('a process that dies with a delivery', () => {
  test('leaves it to the next one when its lease has ended, under the same id', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    await followAll()
    const [lost] = await takeDue(world.deps, 10)

    expect(await takeDue(world.deps, 10)).toEqual([])
    expect(await giveUpLost(world.deps, fail)).toBe(0)
    world.clock.advance({ seconds: 61 })
    await world.work()
    world.clock.advance({ seconds: 10 })
    await world.work()

    expect(world.receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([lost?.id])
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ state: 'delivered', tries: 2 }])
    expect((await endpointNow(world, endpoint.id)).failingSince).toBeNull()
  })

  test('writes nothing down any more when it was slow and alive after all', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    await followAll()
    const [slow] = await takeDue(world.deps, 10)
    if (slow === undefined) throw new Error('nothing was taken')
    world.clock.advance({ seconds: 61 })
    await world.work()

    await settleDelivery(world.deps, slow, { problem: null, status: 200, answer: null, durationMs: 1 })

    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ state: 'waiting', problem: 'lost' }])
  })
})

describe('what ended', () => {
  test('is sent again when it is asked for, one or all that failed since a moment, and to its own account only', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId()), booked(newId())])
    world.receiver.answer = saying(500)
    for (let n = 0; n < 10; n += 1) {
      await world.work()
      world.clock.advance({ hours: 27 })
      // The days of failure are not this test's subject.
      await readQuery(world.db, '/* test */ update webhook_endpoint set failing_since = null')
    }
    const failed = await deliveriesOf(world, endpoint.id)
    expect(failed.map(({ state }) => state)).toEqual(['failed', 'failed'])
    world.receiver.answer = takeIt
    const [first] = failed
    const stranger = await aSendingAccount(world.db, 10)

    expect(await redeliver(world.deps, stranger, first?.id ?? '')).toMatchObject({ ok: false })
    expect(await redeliver(world.deps, accountId, first?.id ?? '')).toEqual({ ok: true })
    expect(await redeliver(world.deps, accountId, first?.id ?? '')).toMatchObject({ ok: false })
    await world.work()
    const since = world.clock.now().minus({ days: 30 }).toJSDate()
    const all = { endpointId: endpoint.id, since }
    expect(await redeliverFailed(world.deps, stranger, all)).toMatchObject({ ok: false })
    expect(await redeliverFailed(world.deps, accountId, all)).toEqual({ ok: true, asked: 1 })
    await world.work()
    expect(await redeliver(world.deps, accountId, first?.id ?? '')).toEqual({ ok: true })
    await world.work()

    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([
      { state: 'delivered', tries: 12 },
      { state: 'delivered', tries: 11 },
    ])
  })

  test('stays for thirty days after it did, and what has not ended stays, however old it is', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    const turn = (enabled: boolean) =>
      updateEndpoint(world.deps, accountId, endpoint.id, { enabled, actor: 'test' })
    await logEvents(world, accountId, [booked(newId()), booked(newId())])
    await followAll()
    await turn(false)
    world.clock.advance({ days: 40 })
    await purgeDeliveries(world.deps)
    await turn(true)
    await world.work()
    expect(world.receiver.received).toHaveLength(2)

    world.clock.advance({ days: 29 })
    const [first] = await deliveriesOf(world, endpoint.id)
    expect(await redeliver(world.deps, accountId, first?.id ?? '')).toEqual({ ok: true })
    world.clock.advance({ days: 2 })
    await purgeDeliveries(world.deps)
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ id: first?.id, state: 'waiting' }])
    await world.work()
    expect(world.receiver.received).toHaveLength(3)
    world.clock.advance({ days: 29 })
    await purgeDeliveries(world.deps)
    expect(await deliveriesOf(world, endpoint.id)).toMatchObject([{ id: first?.id, state: 'delivered' }])
    world.clock.advance({ days: 2 })
    await purgeDeliveries(world.deps)
    expect(await deliveriesOf(world, endpoint.id)).toEqual([])
  })

  test('is deleted after thirty days, and the place in the log stays', async () => {
    const accountId = await aSendingAccount(world.db, 10)
    const endpoint = await anEndpoint(world, accountId)
    await logEvents(world, accountId, [booked(newId())])
    await world.work()
    world.clock.advance({ days: 29 })
    await purgeDeliveries(world.deps)
    expect(await deliveriesOf(world, endpoint.id)).toHaveLength(1)
    world.clock.advance({ days: 2 })

    expect(await purgeDeliveries(world.deps)).toBeGreaterThan(0)
    await world.work()

    expect(await deliveriesOf(world, endpoint.id)).toEqual([])
    expect(world.receiver.received).toHaveLength(1)
  })
})

test('the database allows the moves of a delivery that the table names, and no other', async () => {
  const rows = await readQuery<{ from: string; to: string }>(
    world.db,
    '/* test */ select from_state as "from", to_state as "to" from webhook_delivery_transition order by 1, 2',
  )
  const expected = transitionRows(deliveryTransitions).toSorted((a, b) =>
    `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1,
  )
  expect(rows).toEqual(expected)
})
