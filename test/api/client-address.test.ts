import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makeAccount, testPassword } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import { openSocket } from '../support/ws-client.js'

// Whose attempts are counted together: our own reverse proxies say where a request comes from, and nobody else does.

const LIMIT = 10

describe('behind one proxy of our own', () => {
  let server: TestApp
  beforeAll(async () => {
    server = await startTestApp({ config: { trustedProxies: 1 } })
  })
  afterAll(() => server.stop())

  test('one client that guesses does not keep the others out', async () => {
    const { owner } = await makeAccount(server.app)
    for (let count = 0; count < LIMIT; count += 1) {
      expect(await signInFrom(server, '192.0.2.1', owner.email, 'wrong every time')).toBe(401)
    }

    expect(await signInFrom(server, '192.0.2.1', owner.email)).toBe(429)
    expect(await signInFrom(server, '192.0.2.2', owner.email)).toBe(201)
  })

  test('what a client wrote itself before the proxy does not count', async () => {
    const { owner } = await makeAccount(server.app)
    for (let count = 0; count < LIMIT; count += 1) {
      await signInFrom(server, `198.51.100.${String(count)}, 192.0.2.3`, owner.email, 'wrong every time')
    }

    expect(await signInFrom(server, '198.51.100.99, 192.0.2.3', owner.email)).toBe(429)
  })

  test('GraphQL counts by the same address, over HTTP and over a socket', async () => {
    const [caller, { owner }] = [await makeAccount(server.app), await makeAccount(server.app)]
    for (let count = 0; count < LIMIT; count += 1) {
      await signInFrom(server, '192.0.2.4', owner.email, 'wrong every time')
    }
    const overHttp = (from: string) => askOverHttp(server, from, owner.email)
    const overSocket = (from: string) =>
      askOverSocket(server, from, { token: caller.owner.token, email: owner.email })

    expect(await overHttp('192.0.2.4')).toMatchObject({ reason: 'too-many-attempts' })
    expect(await overSocket('192.0.2.4')).toMatchObject({ reason: 'too-many-attempts' })
    expect(await overHttp('192.0.2.5')).toHaveProperty('token')
    expect(await overSocket('192.0.2.6')).toHaveProperty('token')
  })
})

describe('without a proxy of our own', () => {
  let server: TestApp
  beforeAll(async () => {
    server = await startTestApp()
  })
  afterAll(() => server.stop())

  test('a forged header changes nothing', async () => {
    const { owner } = await makeAccount(server.app)
    for (let count = 0; count < LIMIT; count += 1) {
      await signInFrom(server, `192.0.2.${String(count)}`, owner.email, 'wrong every time')
    }

    expect(await signInFrom(server, '192.0.2.99', owner.email)).toBe(429)
    expect(await askOverHttp(server, '192.0.2.98', owner.email)).toMatchObject({
      reason: 'too-many-attempts',
    })
  })
})

async function signInFrom(
  server: TestApp,
  forwardedFor: string,
  email: string,
  password = testPassword,
): Promise<number> {
  const response = await fetch(`${server.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
    body: JSON.stringify({ email, password }),
  })
  return response.status
}

const SIGN_IN = `mutation ($email: EmailAddress!, $password: Password!) {
  signIn(email: $email, password: $password) { ... on SignedIn { token } ... on Refused { reason } }
}`

async function askOverHttp(server: TestApp, forwardedFor: string, email: string): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
    body: JSON.stringify({ query: SIGN_IN, variables: { email, password: testPassword } }),
  })
  return ((await response.json()) as { data: { signIn: unknown } }).data.signIn
}

async function askOverSocket(
  server: TestApp,
  forwardedFor: string,
  { token, email }: { token: string; email: string },
): Promise<unknown> {
  const socket = await openSocket(server.url, token, { 'x-forwarded-for': forwardedFor })
  const answer = await socket.run(SIGN_IN, { email, password: testPassword }).next()
  socket.close()
  return answer.data?.['signIn']
}
