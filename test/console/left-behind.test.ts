import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { consoleFiles, readConsoleOperations } from '../../src/app/console/console-files.js'
import { linkMember } from '../../src/slices/accounts/index.js'
import { makeAccount, makeApiKey, testPassword, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

// All tabs of a browser share one session. When one of them switches to another account, the others still show the first:
// whatever they ask for says so, and is refused instead of being done in an account that nobody sees there.

const password = 'another horse battery'

let server: TestApp
let first: TestAccount
let second: TestAccount
let hashes: ReadonlyMap<string, string>
let cookie: string

beforeAll(async () => {
  server = await startTestApp()
  first = await makeAccount(server.app, 'First')
  second = await makeAccount(server.app, 'Second')
  hashes = await readConsoleOperations(consoleFiles())
  // Only who has chosen the password is let into further accounts.
  const change =
    'mutation ($old: Password!, $new: Password!) { changePassword(currentPassword: $old, newPassword: $new) { __typename } }'
  await server.as(first.owner.token).data(change, { old: testPassword, new: password })
  const added = await linkMember(server.app, {
    accountId: second.accountId,
    email: first.owner.email,
    role: 'owner',
  })
  if (!added.ok) throw new Error(added.reason)
})
afterAll(() => server.stop())
beforeEach(async () => {
  const response = await fetch(`${server.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: first.owner.email, password }),
  })
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  await switchTo(first)
})

interface Answer {
  status: number
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions: { code: string; retry: string } }[]
}

/** What a page asks that shows this account; without one, it does not say what it shows. */
async function ask(start: string, variables: object = {}, shown?: string): Promise<Answer> {
  const [sha256Hash] = [...hashes].find(([, text]) => text.includes(start)) ?? []
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie,
      ...(shown === undefined ? {} : { 'x-tollgate-account': shown }),
    },
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } }, variables }),
  })
  return { status: response.status, ...((await response.json()) as object) }
}

async function switchTo({ accountId }: TestAccount): Promise<void> {
  const { data } = await ask('mutation SwitchAccount', { accountId })
  expect(data).toMatchObject({ switchAccount: { __typename: 'Me' } })
}

const refused = {
  status: 409,
  errors: [{ message: expect.stringContaining('Reload the page'), extensions: { code: 'ACCOUNT_CHANGED' } }],
}

test('a page that shows the account of its session is answered, one that shows another is refused', async () => {
  const read = (shown?: string): Promise<Answer> => ask('query EventPosition', {}, shown)

  expect(await read(first.accountId)).toMatchObject({ status: 200 })
  await switchTo(second)

  expect(await read(first.accountId)).toMatchObject(refused)
  expect(await read('none')).toMatchObject(refused)
  expect(await read(second.accountId)).toMatchObject({ status: 200 })
  // Who does not say what is shown is not asked.
  expect(await read()).toMatchObject({ status: 200 })
})

test('a file that a page uploads goes to the account that it shows, or to none', async () => {
  await switchTo(second)

  const upload = await fetch(`${server.url}/imports?fileName=people.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', cookie, 'x-tollgate-account': first.accountId },
    body: 'phone\n+12125550101\n',
  })

  expect(upload.status).toBe(409)
  expect(await upload.json()).toMatchObject({ errors: refused.errors })
})

test('a socket signs in for the account that its page shows, and for no other', async () => {
  expect(await socketFor(first.accountId)).toBe('acknowledged')
  await switchTo(second)

  expect(await socketFor(first.accountId)).toBe('4403 The account has changed')
  expect(await socketFor(second.accountId)).toBe('acknowledged')
  expect(await socketFor()).toBe('acknowledged')
})

test('the socket of a page that is left behind is closed', async () => {
  let isOpen: Promise<string> | undefined
  const closed = new Promise<number>((resolve) => {
    isOpen = socketFor(first.accountId, resolve)
  })
  expect(await isOpen).toBe('acknowledged')
  await switchTo(second)

  expect(await closed).toBe(4403)
})

test('programs are not asked what they show', async () => {
  const key = await makeApiKey(server.app, first)
  for (const token of [key, first.owner.token]) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-tollgate-account': second.accountId,
      },
      body: JSON.stringify({ query: '{ eventPosition }' }),
    })

    expect(response.status).toBe(200)
  }
})

/** Signs in as the page does, and leaves again unless somebody wants to know when the server ends it. */
function socketFor(account?: string, onClosed?: (code: number) => void): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie, origin: server.url },
    })
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { account } })))
    socket.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { type: string }).type !== 'connection_ack') return
      resolve('acknowledged')
      if (onClosed === undefined) socket.close()
    })
    socket.on('close', (code, reason) => {
      resolve(`${String(code)} ${reason.toString()}`)
      onClosed?.(code)
    })
  })
}
