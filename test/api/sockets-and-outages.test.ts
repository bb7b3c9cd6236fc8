import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createAppContext, type AppContext } from '../../src/app/app-context.js'
import { startHttpServer, type HttpServer } from '../../src/app/http-server.js'
import { resolvers } from '../../src/app/resolvers.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { createApiKey } from '../../src/slices/accounts/index.js'
import { startProxy, type Proxy } from '../../chaos/stage/proxy.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { makeAccount, type TestAccount } from '../support/people.js'
import { ProbeResolver } from '../support/probe-resolver.js'
import { testConfig } from '../support/test-app.js'
import { openSocket, type TestSocket } from '../support/ws-client.js'

// What clients of live views meet while Postgres is away: they are told to come back, and when they do, nothing is missing.

let database: TestDatabase
let postgres: Proxy
let app: AppContext
let http: HttpServer
let account: TestAccount

beforeEach(async () => {
  database = await createTestDatabase()
  const direct = new URL(database.url)
  postgres = await startProxy(() => Number(direct.port))
  const through = new URL(direct)
  through.hostname = '127.0.0.1'
  through.port = String(postgres.port)
  app = await createAppContext(testConfig(through.href), { logger: silentLogger })
  http = await startHttpServer(app, {
    servesApi: true,
    socketRecheckMs: 50,
    resolvers: [...resolvers, ProbeResolver],
  })
  account = await makeAccount(app)
})

afterEach(async () => {
  postgres.heal()
  await http.drain()
  await app.dispose()
  await postgres.close()
  await database.drop()
})

const socket = (): Promise<TestSocket> => openSocket(http.address, account.owner.token)
const BALANCE = 'subscription { creditBalance { seq } }'

test('a socket that cannot sign in because Postgres is away is closed with 1013, after which clients come back', async () => {
  postgres.cut('reset')

  const refused = await socket()

  expect(refused.isAcknowledged).toBe(false)
  expect((await refused.closed).code).toBe(1013)

  postgres.heal()
  const admitted = await eventually(async () => {
    const next = await socket()
    return next.isAcknowledged ? next : null
  })
  admitted.close()
})

test('a stream that fails with Postgres ends alone, not for good, and the same socket carries it again', async () => {
  const open = await socket()
  const stream = open.run(BALANCE)
  await stream.next()

  postgres.cut('reset')
  const [fault] = await stream.ended
  postgres.heal()

  expect(fault?.extensions).toMatchObject({ code: 'INTERNAL', retry: 'unknown-outcome' })
  await eventually(async () => (await open.run(BALANCE).next()).data)
  open.close()
})

test('a partner that asks while Postgres is away is told to come back, not that something is wrong for good', async () => {
  const key = await createApiKey(app, {
    accountId: account.accountId,
    createdBy: account.owner.userId,
    name: 'Partner',
    role: 'operator',
    expiresAt: null,
    operationsOnly: true,
  })
  if (!key.ok) throw new Error(key.reason)
  const partner = await openSocket(http.address, key.key)

  postgres.cut('reset')
  const payload = { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }
  partner.raw.send(JSON.stringify({ type: 'subscribe', id: 'what', payload }))

  expect((await partner.closed).code).toBe(1013)
})

test('a server that restarts refuses new streams until it closes, and says that this passes', async () => {
  const open = await socket()
  const running = open.run('mutation { waits }')
  await eventually(() => ProbeResolver.waiting() === 1)

  const drained = http.drain()
  const refused = await open.run(BALANCE).ended
  ProbeResolver.releaseAll()

  expect(refused[0]?.extensions).toMatchObject({ code: 'SERVER_RESTARTING', retry: 'later' })
  expect((await running.next()).data).toEqual({ waits: 'done' })
  expect((await open.closed).code).toBe(1001)
  await drained
})
