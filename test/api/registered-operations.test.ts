import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { readQuery } from '../../src/platform/db/transaction.js'
import { makeAccount, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import type { TestSocket } from '../support/ws-client.js'

// A partner's key runs what was registered for it, and nothing else.

let server: TestApp
let account: TestAccount
let key: { id: string; token: string }

const WHO = 'query Who { account { id name } }'
const BALANCE = 'subscription Balance { creditBalance { available } }'
const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex')

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
  key = await aKey(account, true)
  expect(await register(account, key.id, [WHO, BALANCE])).toMatchObject({
    operations: [{ name: 'Balance' }, { name: 'Who' }],
  })
})
afterAll(() => server.stop())

async function aKey(of: TestAccount, operationsOnly: boolean): Promise<{ id: string; token: string }> {
  const { createApiKey } = await server
    .as(of.owner.token)
    .data<{ createApiKey: { key: string; apiKey: { id: string } } }>(
      `mutation M($only: Boolean!) { createApiKey(name: "Partner", role: OPERATOR, operationsOnly: $only) {
       ... on ApiKeyCreated { key apiKey { id } } } }`,
      { only: operationsOnly },
    )
  return { id: createApiKey.apiKey.id, token: createApiKey.key }
}

async function register(of: TestAccount, id: string, documents: string[]): Promise<unknown> {
  const { registerOperations } = await server.as(of.owner.token).data<{ registerOperations: unknown }>(
    `mutation M($id: ID!, $documents: [String!]!) { registerOperations(apiKeyId: $id, documents: $documents) {
       ... on ApiKey { operationsOnly operations { hash name document } } ... on Refused { reason message } } }`,
    { id, documents },
  )
  return registerOperations
}

async function post(body: unknown, token = key.token): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  return { status: response.status, answer: (await response.json()) as Answer }
}

async function unregister(id: string, document: string): Promise<unknown> {
  const { unregisterOperation } = await server
    .as(account.owner.token)
    .data<{ unregisterOperation: unknown }>(
      `mutation M($id: ID!, $hash: ShortText!) { unregisterOperation(apiKeyId: $id, hash: $hash) { ... on ApiKey { operations { name } } } }`,
      { id, hash: hashOf(document) },
    )
  return unregisterOperation
}

/** A socket on which the balance is followed, and has come once. */
async function follow(token: string): Promise<TestSocket> {
  const socket = await server.socket(token)
  const first = new Promise<SocketMessage>((resolve) =>
    socket.raw.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as SocketMessage)),
  )
  const payload = { query: '', ...byHash(hashOf(BALANCE)) }
  socket.raw.send(JSON.stringify({ id: 'balance', type: 'subscribe', payload }))
  expect(await first).toMatchObject({ type: 'next' })
  return socket
}

interface Answer {
  data?: Record<string, unknown>
  errors?: { message: string; extensions: { code: string } }[]
}

const byHash = (sha256Hash: string): object => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
})
const refused = { status: 400, answer: { errors: [{ extensions: { code: 'OPERATION_NOT_REGISTERED' } }] } }

describe('over HTTP', () => {
  test('what is registered runs by its hash', async () => {
    expect((await post(byHash(hashOf(WHO)))).answer.data).toMatchObject({
      account: { id: account.accountId },
    })
  })

  test('no text runs, also beside the hash of something registered, and no other hash', async () => {
    const text = 'mutation { signOutEverywhere { sessionsEnded } }'
    expect(await post({ query: text })).toMatchObject(refused)
    expect(await post({ query: WHO })).toMatchObject(refused)
    expect(await post(byHash(hashOf(text)))).toMatchObject(refused)
    expect(await post({ query: text, ...byHash(hashOf(text)) })).toMatchObject(refused)
    expect((await post({ query: text, ...byHash(hashOf(WHO)) })).answer.data).toHaveProperty('account')
  })

  test('nothing runs by GET, in a batch, or for a key that does not hold', async () => {
    const byGet = await fetch(`${server.url}/graphql?query={account{id}}`, {
      headers: { authorization: `Bearer ${key.token}`, 'apollo-require-preflight': 'yes' },
    })
    expect(byGet.status).toBe(400)
    expect(await post([byHash(hashOf(WHO))])).toMatchObject(refused)
    const wrong = `${key.token.slice(0, -1)}${key.token.endsWith('a') ? 'b' : 'a'}`
    expect(await post(byHash(hashOf(WHO)), wrong)).toMatchObject({
      status: 401,
      answer: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    })
  })

  test('files are not served to it', async () => {
    const statement = await fetch(`${server.url}/statement.csv`, {
      headers: { authorization: `Bearer ${key.token}` },
    })
    expect(statement.status).toBe(401)
  })

  test('another key does not run it, not even of the same account', async () => {
    const second = await aKey(account, true)
    expect(await post(byHash(hashOf(WHO)), second.token)).toMatchObject(refused)
  })

  test('other keys run any text, as before', async () => {
    const free = await aKey(account, false)
    expect((await post({ query: WHO }, free.token)).answer.data).toHaveProperty('account')
  })
})

test('over WebSocket the same holds, subscriptions included', async () => {
  const answers = await overSocket([
    byHash(hashOf(BALANCE)),
    { query: BALANCE },
    { query: BALANCE, ...byHash(hashOf('{ me { name } }')) },
  ])
  expect(answers[0]).toMatchObject({ type: 'next', payload: { data: { creditBalance: { available: 0 } } } })
  for (const answer of answers.slice(1))
    expect(answer).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'OPERATION_NOT_REGISTERED' } }],
    })
})

describe('registering', () => {
  test.each<[string, string, RegExp]>([
    ['no GraphQL', 'query {', /Syntax Error/],
    ['a field that does not exist', 'query Q { nothing }', /Cannot query field/],
    ['two operations', 'query A { account { id } } query B { account { id } }', /one operation/],
    ['no operation', 'fragment F on Account { id }', /one operation/],
    ['no name', '{ account { id } }', /needs a name/],
    ['introspection', 'query Q { __schema { types { name } } }', /introspection/i],
  ])('is refused for a document with %s, and says which', async (_, document, words) => {
    expect(await register(account, key.id, [WHO, document])).toMatchObject({
      reason: 'unusable-document',
      message: expect.stringMatching(/^Document 2: /),
    })
    expect(await register(account, key.id, [document])).toMatchObject({
      message: expect.stringMatching(words),
    })
  })

  test('twice is once', async () => {
    expect(await register(account, key.id, [WHO, WHO, BALANCE])).toMatchObject({
      operations: [{ hash: hashOf(BALANCE) }, { hash: hashOf(WHO), document: WHO }],
    })
  })

  test('is refused for a key that runs anything, and for keys of others', async () => {
    const free = await aKey(account, false)
    const other = await makeAccount(server.app)
    expect(await register(account, free.id, [WHO])).toMatchObject({ reason: 'runs-anything' })
    expect(await register(other, key.id, [WHO])).toMatchObject({ reason: 'not-found' })
  })

  test('what is taken away runs no more', async () => {
    const other = await aKey(account, true)
    await register(account, other.id, [WHO])
    expect(await unregister(other.id, WHO)).toEqual({ operations: [] })
    expect(await post(byHash(hashOf(WHO)), other.token)).toMatchObject(refused)
  })

  test('what is taken away ends where it runs already; a key that keeps its operations keeps its sockets', async () => {
    const [partner, other] = [await aKey(account, true), await aKey(account, true)]
    await register(account, partner.id, [BALANCE])
    await register(account, other.id, [BALANCE])
    const [ended, kept] = [await follow(partner.token), await follow(other.token)]

    await register(account, partner.id, [WHO])
    await unregister(partner.id, WHO)
    const first = await ended.closed
    const again = await follow(partner.token)
    await unregister(partner.id, WHO)
    await unregister(partner.id, BALANCE)

    expect(first).toMatchObject({ code: 4403, reason: 'The rights have changed' })
    expect((await again.closed).code).toBe(4403)
    expect(kept.raw.readyState).toBe(WebSocket.OPEN)
    kept.close()
  })

  test('the database lets no hash mean another text', async () => {
    const refusal = readQuery(
      server.app.db,
      `/* test */ insert into registered_operation (api_key_id, hash, name, document, registered_by, registered_at)
       values ($1, $2, 'Who', 'query Who { account { name } }', $3, now())`,
      [key.id, hashOf(WHO), account.owner.userId],
    )
    await expect(refusal).rejects.toThrow('registered_operation_check')
  })
})

interface SocketMessage {
  type: string
  id?: string
  payload?: unknown
}

/** The first answer to each operation. */
function overSocket(operations: object[]): Promise<SocketMessage[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws')
    const answers = new Map<string, SocketMessage>()
    socket.on('open', () =>
      socket.send(
        JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key.token}` } }),
      ),
    )
    socket.on('close', (code) => reject(new Error(String(code))))
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as SocketMessage
      if (message.type === 'connection_ack') {
        operations.forEach((payload, id) =>
          socket.send(
            JSON.stringify({ type: 'subscribe', id: String(id), payload: { query: '', ...payload } }),
          ),
        )
      } else if (message.id !== undefined && !answers.has(message.id)) answers.set(message.id, message)
      if (answers.size === operations.length) {
        resolve(operations.map((_operation, id) => answers.get(String(id))!))
        socket.removeAllListeners('close')
        socket.close()
      }
    })
  })
}
