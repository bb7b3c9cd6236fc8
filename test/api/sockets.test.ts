import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { resolvers } from '../../src/app/resolvers.js'
import { changeRole, listApiKeys, removeMember, revokeApiKey } from '../../src/slices/accounts/index.js'
import { eventually } from '../support/eventually.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'
import { makeAccount, makeApiKey, makeMember, type TestAccount } from '../support/people.js'
import { canary, ProbeResolver } from '../support/probe-resolver.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let clock: FixedClock
let account: TestAccount

beforeEach(async () => {
  clock = fixedClock()
  server = await startTestApp({ resolvers: [...resolvers, ProbeResolver], overrides: { clock } })
  account = await makeAccount(server.app)
})

afterEach(() => server.stop())

test('a socket without a token, or with one that does not hold, is closed with 4401 before it is acknowledged', async () => {
  for (const token of [undefined, '', 'nonsense', `tg_ses_${'a'.repeat(43)}`]) {
    const socket = await server.socket(token)

    expect(socket.isAcknowledged).toBe(false)
    expect((await socket.closed).code).toBe(4401)
  }
})

test('an operation before connection_init is answered with 4401', async () => {
  const raw = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  raw.once('open', () =>
    raw.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: '{ whose }' } })),
  )

  const code = await new Promise((resolve) => raw.once('close', resolve))

  expect(code).toBe(4401)
})

test('a second connection_init is answered with 4429', async () => {
  const socket = await server.socket(account.owner.token)

  socket.raw.send(JSON.stringify({ type: 'connection_init' }))

  expect((await socket.closed).code).toBe(4429)
})

test('a socket sees its own account, whatever others do on theirs', async () => {
  const other = await makeAccount(server.app)
  const [first, second] = [await server.socket(account.owner.token), await server.socket(other.owner.token)]

  const answers = await Promise.all([first.run('{ whose }').next(), second.run('{ whose }').next()])

  expect(answers).toEqual([{ data: { whose: account.accountId } }, { data: { whose: other.accountId } }])
})

test('a subscription needs its role like everything else', async () => {
  const viewer = await makeMember(server.app, account.accountId, 'viewer')
  const socket = await server.socket(viewer.token)

  const refused = await socket.run('subscription { ownerTicks }').next()
  const admitted = await socket.run('subscription { ticks }').next()

  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  expect(admitted.data).toHaveProperty('ticks')
})

test('signing out ends the stream that is running', async () => {
  const socket = await server.socket(account.owner.token)
  await socket.run('subscription { ticks }').next()

  await server.as(account.owner.token).data('mutation { signOut { sessionsEnded } }')

  expect(await socket.closed).toEqual({ code: 4403, reason: 'The session has ended' })
  await eventually(() => ProbeResolver.streams.open === 0)
})

test('a revoked API key ends the stream that is running', async () => {
  const key = await makeApiKey(server.app, account)
  const socket = await server.socket(key)
  await socket.run('subscription { ticks }').next()
  const [stored] = await listApiKeys(server.app, account.accountId, { limit: 1, after: null })

  await revokeApiKey(server.app, { accountId: account.accountId, apiKeyId: stored!.id })

  expect((await socket.closed).code).toBe(4403)
})

test('a session that expires ends the stream that is running', async () => {
  const socket = await server.socket(account.owner.token)
  await socket.run('subscription { ticks }').next()

  clock.advance({ hours: 25 })

  expect((await socket.closed).code).toBe(4403)
})

test('a removed member and a member with another role lose their sockets; the others keep theirs', async () => {
  const removed = await makeMember(server.app, account.accountId, 'viewer')
  const changed = await makeMember(server.app, account.accountId, 'operator')
  const [owner, first, second] = await Promise.all(
    [account.owner, removed, changed].map(({ token }) => server.socket(token)),
  )
  const stream = owner!.run('subscription { ticks }')
  await stream.next()

  await removeMember(server.app, { accountId: account.accountId, userId: removed.userId })
  await changeRole(server.app, { accountId: account.accountId, userId: changed.userId, role: 'viewer' })

  expect((await first!.closed).code).toBe(4403)
  expect((await second!.closed).code).toBe(4403)
  await expect(stream.next()).resolves.toHaveProperty('data')
})

test('a stream that fails ends alone, without its inner words, and the socket lives on', async () => {
  const socket = await server.socket(account.owner.token)
  const stream = socket.run('subscription { ticks(failAt: 3) }')

  const errors = await stream.ended

  expect(errors).toEqual([expect.objectContaining({ message: 'Internal error' })])
  expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL', requestId: expect.any(String) })
  expect(JSON.stringify(errors)).not.toContain(canary)
  expect(await socket.run('{ whose }').next()).toEqual({ data: { whose: account.accountId } })
})

test('a client that stops or leaves frees what its streams held', async () => {
  const socket = await server.socket(account.owner.token)
  const first = socket.run('subscription { ticks }')
  const second = socket.run('subscription { ticks }')
  await Promise.all([first.next(), second.next()])
  const open = ProbeResolver.streams.open

  first.stop()
  await eventually(() => ProbeResolver.streams.open === open - 1)
  socket.raw.terminate()

  await eventually(() => ProbeResolver.streams.open === open - 2)
})

test('a reader that stops reading holds back its own stream and nobody else', async () => {
  const [slow, quick] = [await server.socket(account.owner.token), await server.socket(account.owner.token)]
  await slow.run('subscription { ticks }').next()
  slow.raw.pause()
  const stream = quick.run('subscription { ticks }')

  for (let count = 0; count < 20; count += 1) await stream.next()

  expect(stream.received.length).toBeGreaterThanOrEqual(20)
  slow.raw.resume()
})

test('variables of the wrong type are a fault of the request and not an internal error', async () => {
  const socket = await server.socket(account.owner.token)

  const errors = await socket.run('subscription ($n: Int!) { ticks(failAt: $n) }', { n: 'three' }).ended

  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
})
