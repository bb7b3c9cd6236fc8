import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { consoleFiles, readConsoleOperations } from '../../src/app/console/console-files.js'
import { makeAccount, testPassword, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

// The console signs in with a cookie, and a session in the cookie runs what was built with the console and nothing else.

let server: TestApp
let account: TestAccount
let cookie: string
let hashes: ReadonlyMap<string, string>

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
  hashes = await readConsoleOperations(consoleFiles())
})
afterAll(() => server.stop())
beforeEach(async () => {
  cookie = cookieOf(await signIn(account.owner.email, testPassword))
})

const hashOf = (start: string): string => {
  const found = [...hashes].find(([, text]) => text.includes(start))
  if (!found) throw new Error(`the console has no operation with ${start}`)
  return found[0]
}

function signIn(email: string, password: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password }),
  })
}

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function post(
  body: unknown,
  headers: Record<string, string> = { cookie },
): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, answer: (await response.json()) as Answer }
}

interface Answer {
  data?: Record<string, unknown>
  errors?: { extensions: { code: string } }[]
}

const persisted = (sha256Hash: string, more: Record<string, unknown> = {}) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
  ...more,
})

describe('signing in', () => {
  test('answers with a cookie that no script can read and no other site can use', async () => {
    const response = await signIn(account.owner.email, testPassword)

    expect(response.status).toBe(201)
    expect(response.headers.get('set-cookie')).toMatch(/^tollgate_session=\S+;.*HttpOnly; SameSite=Strict$/)
    expect(await response.text()).not.toContain('token')
  })

  test('is refused in words, and from the pages of others', async () => {
    const wrong = await signIn(account.owner.email, 'not this one')
    const foreign = await signIn(account.owner.email, testPassword, { origin: 'https://elsewhere.example' })

    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ refused: { reason: 'wrong-credentials' } })
    expect(foreign.status).toBe(400)
    expect(foreign.headers.get('set-cookie')).toBeNull()
  })

  test('signing out ends the session on the server', async () => {
    await fetch(`${server.url}/session`, { method: 'DELETE', headers: { cookie } })

    expect((await post(persisted(hashOf('query Session')))).status).toBe(401)
  })
})

describe('over HTTP', () => {
  test('an operation of the console runs by its hash', async () => {
    const { answer } = await post(persisted(hashOf('query Session')))

    expect(answer).toMatchObject({ data: { me: { email: account.owner.email, role: 'OWNER' } } })
  })

  test('the text of an operation does not, with a hash beside it or without', async () => {
    const query = 'mutation { signOutEverywhere { sessionsEnded } }'
    const alone = await post({ query })
    const beside = await post(persisted(hashOf('query Session'), { query }))

    expect(alone).toMatchObject({
      status: 400,
      answer: { errors: [{ extensions: { code: 'OPERATION_NOT_REGISTERED' } }] },
    })
    // The hash wins: the text is not looked at.
    expect(beside.answer.data).toHaveProperty('me')
    expect((await post(persisted(hashOf('query Session')))).status).toBe(200)
  })

  test('nor does an unknown hash, nor anything by GET', async () => {
    const unknown = await post(persisted('0'.repeat(64)))
    const byGet = await fetch(`${server.url}/graphql?query={me{name}}`, {
      headers: { cookie, 'apollo-require-preflight': 'yes' },
    })

    expect(unknown.answer.errors?.[0]?.extensions.code).toBe('OPERATION_NOT_REGISTERED')
    expect(byGet.status).toBe(400)
  })

  test('the cookie is worth nothing on a page of somebody else', async () => {
    const body = persisted(hashOf('query Session'))

    expect((await post(body, { cookie, origin: 'http://127.0.0.1:1' })).status).toBe(401)
    expect((await post(body, { cookie, 'sec-fetch-site': 'same-site' })).status).toBe(401)
    expect((await post(body, { cookie, origin: server.url })).status).toBe(200)
  })

  test('a program with a token runs any operation, as before', async () => {
    expect(await server.as(account.owner.token).data('{ me { email } }')).toEqual({
      me: { email: account.owner.email },
    })
  })

  test('files are served to the cookie too', async () => {
    const statement = await fetch(`${server.url}/statement.csv`, { headers: { cookie } })

    expect(statement.status).toBe(200)
  })
})

describe('over WebSocket', () => {
  test('the handshake brings the cookie, and only hashes are run', async () => {
    const answers = await overSocket({ cookie, origin: server.url }, [
      { query: '', ...persisted(hashOf('query Session')) },
      { query: '{ me { name } }' },
    ])

    expect(answers[0]).toMatchObject({
      type: 'next',
      payload: { data: { me: { email: account.owner.email } } },
    })
    expect(answers[1]).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'OPERATION_NOT_REGISTERED' } }],
    })
  })

  test('a handshake from another page is nobody', async () => {
    await expect(overSocket({ cookie, origin: 'http://127.0.0.1:1' }, [])).rejects.toThrow('4401')
  })
})

interface SocketMessage {
  type: string
  id?: string
  payload?: unknown
}

/** The first answer to each operation. */
function overSocket(headers: Record<string, string>, operations: object[]): Promise<SocketMessage[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      headers,
    })
    const answers = new Map<string, SocketMessage>()
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })))
    socket.on('close', (code) => reject(new Error(String(code))))
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as SocketMessage
      if (message.type === 'connection_ack') {
        operations.forEach((payload, id) =>
          socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload })),
        )
      } else if (message.id !== undefined && !answers.has(message.id)) answers.set(message.id, message)
      if (answers.size === operations.length && message.type !== 'connection_ack') {
        resolve(operations.map((_operation, id) => answers.get(String(id))!))
        socket.removeAllListeners('close')
        socket.close()
      }
    })
  })
}

describe('the page', () => {
  test('uses nothing from elsewhere and no script in itself, at every address of its own', async () => {
    for (const path of ['/', '/campaigns', '/credits/ledger']) {
      const page = await fetch(`${server.url}${path}`, { headers: { accept: 'text/html' } })
      const html = await page.text()

      expect(page.status).toBe(200)
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
      expect(html).not.toMatch(/<script(?![^>]*src="\/)|\son\w+=|href="https?:|src="https?:/)
    }
  })

  test('its files keep for a year, compressed for whoever takes that', async () => {
    const html = await (await fetch(server.url, { headers: { accept: 'text/html' } })).text()
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(html) ?? []
    const file = await fetch(`${server.url}${script ?? ''}`)

    expect(file.headers.get('cache-control')).toContain('immutable')
    expect(file.headers.get('content-encoding')).toBe('gzip')
    expect(file.headers.get('content-type')).toContain('javascript')
  })

  test('is not served to programs', async () => {
    const response = await fetch(`${server.url}/campaigns`, { headers: { accept: 'application/json' } })

    expect(response.status).toBe(404)
  })
})
