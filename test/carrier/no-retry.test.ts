import { afterEach, expect, test } from '@jest/globals'
import twilio from 'twilio'
import { systemClock } from '../../src/kernel/clock.js'
import { connectTwilio } from '../../src/slices/carrier/twilio/connect.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { carrierFor, sendOne } from './carrier-pair.js'
import { startScriptedServer, type ScriptedServer } from './scripted-server.js'

let server: ScriptedServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

async function outcomeOf(answer: Parameters<typeof startScriptedServer>[0]) {
  server = await startScriptedServer(answer)
  const carrier = carrierFor(server.url)
  const outcome = await sendOne(carrier)
  await carrier.close()
  return outcome
}

// The SDK repeats a POST on ECONNRESET and on 429 when autoRetry is on; a repeated create is a second text to a person.
test.each([
  ['a reset', (response) => response.socket?.resetAndDestroy()],
  [
    '429',
    (response) => response.writeHead(429).end('{"code":20429,"message":"Too Many Requests","status":429}'),
  ],
  ['500', (response) => response.writeHead(500).end('{"code":20500,"message":"Internal","status":500}')],
  ['503 of a proxy', (response) => response.writeHead(503).end('<html>')],
  ['408', (response) => response.writeHead(408).end('{"code":20500,"status":408}')],
  ['301', (response) => response.writeHead(301, { location: '/elsewhere' }).end()],
] satisfies [string, Parameters<typeof startScriptedServer>[0]][])(
  '%s is answered to exactly one POST',
  async (_what, answer) => {
    await outcomeOf(answer)

    expect(server?.requests.map(({ method }) => method)).toEqual(['POST'])
  },
)

test('the SDK clients are made with automatic retries off', () => {
  const made: unknown[] = []
  class Spy extends twilio.RequestClient {
    override request(): never {
      made.push(this.autoRetry)
      throw new Error('not called')
    }
  }
  const connection = connectTwilio(
    {
      accountSid: localAccount.accountSid,
      authToken: localAccount.authToken,
      baseUrl: 'http://127.0.0.1:9',
      statusCallbackBase: 'http://127.0.0.1:9',
      requestTimeoutMs: 100,
      connections: 1,
      fence: { kind: 'none', ttlMs: 1_000 },
    },
    systemClock,
  )
  const messages = connection.createWith({
    notAfter: systemClock.now().toJSDate(),
    deadByMs: 0,
    sendBeforeMs: 0,
  })
  const { twilio: client } = (
    messages as unknown as { _version: { _domain: { twilio: InstanceType<typeof twilio.Twilio> } } }
  )._version._domain

  expect(client.autoRetry).toBe(false)
  expect(client.httpClient.autoRetry).toBe(false)
  expect(connection.read().client.autoRetry).toBe(false)
  // The default of the SDK itself, on which the line above would otherwise rest.
  expect(new Spy().autoRetry).toBe(false)
  expect(made).toEqual([])
})

test.each([
  ['a refusal without a code', 400, '{"message":"no"}', { kind: 'unknown', cause: 'unreadable-refusal' }],
  [
    'a refusal that is not JSON',
    403,
    '<html>blocked</html>',
    { kind: 'unknown', cause: 'unreadable-refusal' },
  ],
  ['a success without a body', 201, '', { kind: 'unknown', cause: 'unreadable-answer' }],
  ['a success with a list', 201, '[]', { kind: 'unknown', cause: 'unreadable-answer' }],
  ['a success without a sid', 201, '{"status":"queued"}', { kind: 'unknown', cause: 'unreadable-answer' }],
  ['a success with a strange sid', 201, '{"sid":"XX1"}', { kind: 'unknown', cause: 'unreadable-answer' }],
  [
    'a server error with the code of a refusal',
    500,
    '{"code":21211}',
    { kind: 'unknown', cause: 'server-error' },
  ],
  ['a refusal whose code means unknown', 400, '{"code":20503}', { kind: 'unknown', cause: 'server-error' }],
  ['an undocumented refusal', 400, '{"code":29999}', { kind: 'not_sent', class: 'P-hold', code: 29999 }],
  [
    'a refusal in the newer shape',
    400,
    '{"type":"x","title":"t","status":400,"code":21211}',
    { kind: 'not_sent', class: 'P' },
  ],
  [
    'wrong credentials',
    401,
    '{"code":20003,"message":"Authenticate"}',
    { kind: 'not_sent', class: 'A', code: 20003 },
  ],
  [
    'a suspended account',
    403,
    '{"code":20003,"message":"Forbidden"}',
    { kind: 'not_sent', class: 'A', code: 20003 },
  ],
  ['a throttle by a proxy', 429, 'slow down', { kind: 'not_sent', class: 'R', cause: 'throttled' }],
  [
    'the end of a daily limit, in the dress of a throttle',
    429,
    '{"code":63038,"message":"Account exceeded the 500 daily messages limit","status":429}',
    { kind: 'not_sent', class: 'A', cause: 'refused', code: 63038 },
  ],
  [
    'an answer over the size limit',
    201,
    `{"sid":"${'x'.repeat(300_000)}"}`,
    { kind: 'unknown', cause: 'connection-lost' },
  ],
])('%s is judged for what it proves', async (_what, status, body, expected) => {
  const outcome = await outcomeOf((response) => response.writeHead(status).end(body))

  expect(outcome).toMatchObject(expected)
  expect(server?.requests).toHaveLength(1)
})

test('a create carries the form that the API documents, and the account as Basic credentials', async () => {
  await outcomeOf((response) =>
    response.writeHead(201).end(`{"sid":"SM${'a'.repeat(32)}","status":"queued","num_segments":"1"}`),
  )

  const request = server?.requests[0]
  expect(request?.url).toBe(`/2010-04-01/Accounts/${localAccount.accountSid}/Messages.json`)
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    To: '+14155550100',
    From: '+15005550006',
    Body: 'Your appointment is tomorrow at 9.',
    StatusCallback: expect.stringMatching(
      /^http:\/\/127\.0\.0\.1:9\/webhooks\/twilio\/status\/[0-9a-f-]{36}$/,
    ),
    ValidityPeriod: '3600',
  })
  const basic = Buffer.from(`${localAccount.accountSid}:${localAccount.authToken}`).toString('base64')
  expect(request?.headers).toMatchObject({
    authorization: `Basic ${basic}`,
    'content-type': 'application/x-www-form-urlencoded',
  })
})
