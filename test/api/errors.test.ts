import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createLogger } from '../../src/platform/observability/logger.js'
import { resolvers } from '../../src/app/resolvers.js'
import { makeAccount, makeApiKey, newEmail, type TestAccount } from '../support/people.js'
import { canary, ProbeResolver } from '../support/probe-resolver.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount
const lines: string[] = []

beforeAll(async () => {
  const logger = createLogger({
    level: 'debug',
    destination: { write: (line: string) => void lines.push(line) },
  })
  server = await startTestApp({ resolvers: [...resolvers, ProbeResolver], overrides: { logger } })
  account = await makeAccount(server.app)
})

afterAll(() => server.stop())

const fail = (how: string) => server.as().send(`{ fail(how: "${how}") }`)

test('an outage shows its public words, its code and whether to try again', async () => {
  const { errors, text } = await fail('app')

  expect(errors?.[0]).toMatchObject({ message: 'Probe is away.', path: ['fail'] })
  expect(errors?.[0]?.extensions).toEqual({
    code: 'probe.away',
    retry: 'later',
    requestId: expect.any(String),
  })
  expect(text).not.toContain(canary)
})

test.each(['throw', 'reject', 'null', 'type'])(
  'a bug of the kind "%s" shows nothing of itself',
  async (how) => {
    const { errors, text, headers } = await fail(how)

    expect(errors?.[0]?.message).toBe('Internal error')
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL')
    expect(errors?.[0]?.extensions.requestId).toBe(headers.get('x-request-id'))
    expect(text).not.toContain(canary)
    expect(text).not.toMatch(/stack|\.ts|node_modules/)
  },
)

test('the log has what the caller did not get, under the same request id', async () => {
  const { headers } = await fail('throw')

  const line = lines.find(
    (one) => one.includes(headers.get('x-request-id') ?? '-') && one.includes('internal-error'),
  )
  expect(line).toContain(canary)
})

test('a fault of the request keeps its words', async () => {
  const { errors } = await fail('input')

  expect(errors?.[0]).toMatchObject({ message: 'No such way.' })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', retry: 'never' })
})

test.each([
  [
    'a variable of the wrong type',
    'query ($n: Int!) { loopPage(first: $n) { edges { cursor } } }',
    { n: 'x' },
  ],
  ['a missing variable', 'query ($n: Int!) { loopPage(first: $n) { edges { cursor } } }', {}],
  [
    'a null where none may be',
    'query ($n: Int = 1) { loopPage(first: $n) { edges { cursor } } }',
    { n: null },
  ],
  ['a scalar that cannot be', 'query ($e: EmailAddress!) { __typename fail(how: $e) }', { e: 'nobody' }],
])("%s is the caller's fault and has a code", async (_what, query, variables) => {
  const { errors } = await server.as().send(query, variables)

  expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(errors?.[0]?.extensions.code)
})

test('a request id of the caller is taken over when it is one, and replaced when it is not', async () => {
  const ask = (requestId: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: '{"query":"{ __typename }"}',
    })

  const good = await ask('order-42-attempt-1')
  const bad = await ask('a b"c')

  expect(good.headers.get('x-request-id')).toBe('order-42-attempt-1')
  expect(bad.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('no secret, address or phone number of a request reaches the log', async () => {
  const email = newEmail()
  const key = await makeApiKey(server.app, account)
  const password = 'a-very-particular-password'
  const phone = '+14155550123'

  await server
    .as()
    .send('mutation ($e: EmailAddress!, $p: Password!) { signIn(email: $e, password: $p) { __typename } }', {
      e: email,
      p: password,
    })
  await server
    .as(key)
    .send(`query ($n: Int!) { a: fail(how: "${phone}") b: loopPage(first: $n) { edges { cursor } } }`, {
      n: phone,
    })
  await server.as(key).send(`{ fail(how: "${phone} }`)
  await fetch(`${server.url}/webhooks/twilio/status/${phone}`, { method: 'POST' })
  await fetch(`${server.url}/${email}`)

  const log = lines.join('')
  for (const secret of [email, key, key.slice(17), password, phone, phone.slice(1), account.owner.token]) {
    expect(log).not.toContain(secret)
  }
  expect(log).toContain('http.request')
})
