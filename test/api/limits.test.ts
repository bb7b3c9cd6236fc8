import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { resolvers } from '../../src/app/resolvers.js'
import { makeAccount, type TestAccount } from '../support/people.js'
import { ProbeResolver } from '../support/probe-resolver.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import type { TestSocket } from '../support/ws-client.js'

let server: TestApp
let account: TestAccount
let socket: TestSocket

beforeAll(async () => {
  server = await startTestApp({ resolvers: [...resolvers, ProbeResolver] })
  account = await makeAccount(server.app)
  socket = await server.socket(account.owner.token)
})

afterAll(() => server.stop())

const nested = (depth: number) => `{ ${'loop { '.repeat(depth - 1)} word ${'}'.repeat(depth - 1)} }`
const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ')

const withinLimits: [what: string, query: string][] = [
  ['depth 10', nested(10)],
  ['30 aliases', `{ loop { ${times(30, (index) => `a${index}: word`)} } }`],
  ['15 root fields', `{ ${times(15, (index) => `a${index}: __typename`)} }`],
  ['200 items', '{ loopPage(first: 200) { edges { node { word } } } }'],
]

const overLimits: [what: string, query: string, code: string][] = [
  ['depth 11', nested(11), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'depth hidden in fragments',
    `{ loop { ...A } } fragment A on Loop { ${nested(5).slice(1, -1)} ...B } fragment B on Loop { ${'loop { '.repeat(11)} word ${'}'.repeat(11)} }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'fragments in a cycle',
    '{ loop { ...A } } fragment A on Loop { loop { ...B } } fragment B on Loop { loop { ...A } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['31 aliases', `{ loop { ${times(31, (index) => `a${index}: word`)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '1,000 sign-ins by alias',
    `mutation { ${times(1000, (index) => `a${index}: signIn(email: "a@b.cd", password: "p") { __typename }`)} }`,
    'GRAPHQL_PARSE_FAILED',
  ],
  ['16 root fields', `{ ${times(16, (index) => `a${index}: __typename`)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'root fields hidden in fragments',
    `{ ${times(8, (index) => `a${index}: __typename`)} ...A } fragment A on Query { ${times(8, (index) => `b${index}: __typename`)} }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'root fields that double with each of 24 fragments, and end in none',
    `{ ...F0 } ${times(24, (level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`)}`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    '12 fragments of which each spreads all',
    `{ ...F0 } ${times(12, (each) => `fragment F${each} on Query { ${times(12, (other) => `...F${other}`)} }`)}`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['2,001 tokens', `{ ${'__typename '.repeat(2_001)} }`, 'GRAPHQL_PARSE_FAILED'],
  ['nested lists', '{ loop { loops { loops { loops { loops { word } } } } } }', 'QUERY_TOO_COSTLY'],
  [
    'large pages of lists',
    '{ loopPage(first: 200) { edges { node { loops { word loop { word } } } } } }',
    'QUERY_TOO_COSTLY',
  ],
  [
    'a page size that hides in a variable',
    'query ($n: Int = 100000) { loopPage(first: $n) { edges { node { word } } } }',
    'QUERY_TOO_COSTLY',
  ],
  [
    'a handful of password checks',
    `mutation { ${times(6, (index) => `a${index}: signIn(email: "a@b.cd", password: "p") { __typename }`)} }`,
    'QUERY_TOO_COSTLY',
  ],
  ['no GraphQL', '{ loop {', 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['an empty text', '', 'BAD_REQUEST'],
]

describe('over HTTP', () => {
  test.each(withinLimits)('%s is answered', async (_what, query) => {
    const answer = await server.as(account.owner.token).send(query)

    expect(answer.errors).toBeUndefined()
    expect(answer.status).toBe(200)
  })

  test.each(overLimits)('%s is refused with a code and without being run', async (_what, query, code) => {
    const answer = await server.as(account.owner.token).send(query)

    expect(answer.errors?.[0]?.extensions.code).toBe(code)
    expect(answer.data).toBeUndefined()
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain('stacktrace')
  })

  test('several operations in one array are refused', async () => {
    const response = await post('[{"query":"{ __typename }"},{"query":"{ __typename }"}]')

    expect(response.status).toBe(400)
    expect(await response.text()).toContain('BAD_REQUEST')
  })

  test('a body over 1 MiB is refused before it is parsed', async () => {
    const response = await post(
      JSON.stringify({ query: '{ __typename }', variables: { x: 'y'.repeat(1_100_000) } }),
    )

    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  test('what is no JSON is refused in the shape of the API', async () => {
    const response = await post('{"query": ')

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  test('a form post, which a foreign page could make, is refused', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: 'mutation { signOut { sessionsEnded } }' }),
    })

    expect(response.status).toBe(400)
  })

  test('a mutation by GET is refused', async () => {
    const query = encodeURIComponent('mutation { signOutEverywhere { sessionsEnded } }')
    const response = await fetch(`${server.url}/graphql?query=${query}`, {
      headers: { authorization: `Bearer ${account.owner.token}`, 'apollo-require-preflight': 'yes' },
    })

    expect(response.status).toBe(405)
    expect(await server.as(account.owner.token).data('{ whose }')).toEqual({ whose: account.accountId })
  })

  test('a subscription is sent to the other transport', async () => {
    expect(await server.as(account.owner.token).errorCode('subscription { ticks }')).toBe('BAD_REQUEST')
  })
})

describe('over WebSocket', () => {
  test.each(withinLimits)('%s is answered', async (_what, query) => {
    const result = await socket.run(query).next()

    expect(result.errors).toBeUndefined()
  })

  test.each(overLimits.filter(([what]) => what !== 'an empty text'))(
    '%s is refused and the socket lives on',
    async (_what, query, code) => {
      const errors = await socket.run(query).ended

      expect(errors[0]?.extensions.code).toBe(code)
      const after = await socket.run('{ whose }').next()
      expect(after).toEqual({ data: { whose: account.accountId } })
    },
  )

  test('a message over 1 MiB ends the socket that sent it and no other', async () => {
    const other = await server.socket(account.owner.token)

    other.run('{ whose }', { x: 'y'.repeat(1_100_000) })

    expect((await other.closed).code).toBe(1009)
    expect(await socket.run('{ whose }').next()).toEqual({ data: { whose: account.accountId } })
  })

  test('the 51st operation at a time on one socket is refused, and a place that becomes free can be taken', async () => {
    const busy = await server.socket(account.owner.token)
    const streams = Array.from({ length: 50 }, () => busy.run('subscription { ticks }'))
    await Promise.all(streams.map((stream) => stream.next()))

    const refused = await busy.run('subscription { ticks }').ended
    streams[0]!.stop()
    const admitted = await busy.run('subscription { ticks }').next()

    expect(refused[0]?.extensions.code).toBe('TOO_MANY_SUBSCRIPTIONS')
    expect(admitted.data).toHaveProperty('ticks')
    busy.close()
  })
})

describe('a server that keeps its schema to itself', () => {
  let closed: TestApp
  beforeAll(async () => {
    closed = await startTestApp({ config: { introspection: false } })
  })
  afterAll(() => closed.stop())

  test('answers no introspection and suggests no names, on either transport', async () => {
    const own = await makeAccount(closed.app)
    const client = closed.as(own.owner.token)
    const stream = await closed.socket(own.owner.token)

    expect(await client.errorCode('{ __schema { types { name } } }')).toBe('GRAPHQL_VALIDATION_FAILED')
    const overSocket = await stream.run('{ __schema { types { name } } }').ended
    expect(overSocket[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    const misspelled = await client.send('{ acount { id } }')
    expect(misspelled.text).not.toContain('Did you mean')
    const overSocketToo = await stream.run('{ acount { id } }').ended
    expect(JSON.stringify(overSocketToo)).not.toContain('Did you mean')
    stream.close()
  })

  test('and one that shows it answers the usual introspection query', async () => {
    const { getIntrospectionQuery } = await import('graphql')

    const answer = await server.as().send(getIntrospectionQuery())

    expect(answer.errors).toBeUndefined()
  })
})

function post(body: string): Promise<Response> {
  return fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
}
