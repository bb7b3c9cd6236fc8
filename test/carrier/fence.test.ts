import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { AppError } from '../../src/kernel/errors.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { eventually } from '../support/eventually.js'
import { fixedClock } from '../support/fixed-clock.js'
import { carrierFor, oauthFence, sendOne, startPair, type CarrierPair } from './carrier-pair.js'
import { startScriptedServer } from './scripted-server.js'

let pair: CarrierPair
beforeEach(async () => {
  pair = await startPair({}, { fence: oauthFence })
})
afterEach(() => pair.stop())

const shortFence = { ...oauthFence, ttlMs: 500, renewEveryMs: 100 }
const shortTimes = { requestTimeoutMs: 100, credentialMarginMs: 50 }

test('with the fence, creates carry a bearer token and never the account secret', async () => {
  const server = await startScriptedServer((response) => {
    response.writeHead(201).end(`{"sid":"SM${'b'.repeat(32)}","access_token":"the-token","expires_in":60}`)
  })
  const carrier = carrierFor(server.url, { fence: oauthFence })

  const outcome = await sendOne(carrier)

  expect(outcome.kind).toBe('accepted')
  expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/v2/token', undefined],
    [`/2010-04-01/Accounts/${localAccount.accountSid}/Messages.json`, 'Bearer the-token'],
  ])
  await carrier.close()
  await server.stop()
})

test('one credential serves many messages and is fetched once, however many ask at the same time', async () => {
  const credentials = await Promise.all(Array.from({ length: 50 }, () => pair.carrier.mintCredential()))

  expect(new Set(credentials).size).toBe(1)
  expect(pair.local.control.summary().requests.tokens).toBe(1)
})

test('a credential is renewed ahead of time, while the old one is still handed out', async () => {
  const clock = fixedClock()
  const carrier = carrierFor(pair.local.url, { fence: oauthFence }, { clock })
  const first = await carrier.mintCredential()

  clock.advance({ seconds: 21 })
  expect(await carrier.mintCredential()).toBe(first)
  const later = await eventually(async () => {
    const minted = await carrier.mintCredential()
    return minted === first ? null : minted
  })

  expect(later.notAfter.getTime() - first.notAfter.getTime()).toBe(21_000)
  await carrier.close()
})

test('a minted credential always outlives the request timeout and the margin', async () => {
  const clock = fixedClock()
  const carrier = carrierFor(pair.local.url, { fence: oauthFence, requestTimeoutMs: 10_000 }, { clock })

  for (let step = 0; step < 40; step += 1) {
    const credential = await carrier.mintCredential()
    expect(credential.sendBeforeMs - clock.monotonicMs()).toBeGreaterThanOrEqual(10_000)
    expect(credential.notAfter.getTime() - clock.now().toMillis()).toBeGreaterThanOrEqual(12_000)
    expect(credential.deadByMs - clock.monotonicMs()).toBe(
      credential.notAfter.getTime() - clock.now().toMillis(),
    )
    clock.advance({ seconds: 13 })
  }
  await carrier.close()
})

test('without a credential nothing can be authorised: minting throws and may be tried later', async () => {
  pair.local.control.change({ faults: { tokenError: 1 } })
  const error = await pair.carrier.mintCredential().catch((thrown: unknown) => thrown as AppError)

  expect(error).toMatchObject({ code: 'carrier.unavailable', retry: 'later' })
  pair.local.control.change({ faults: { tokenError: 0 } })
  expect((await pair.carrier.mintCredential()).bearer).toBeDefined()
})

test('tokens that live shorter than one call are refused', async () => {
  pair.local.control.change({ tokenTtlMs: 3_000 })

  await expect(pair.carrier.mintCredential()).rejects.toMatchObject({ code: 'carrier.unavailable' })
})

test('an expired token is refused by the carrier, and the message is certainly not sent', async () => {
  pair.local.control.change({ tokenTtlMs: 1 })
  const expired = await expiredCredential()

  const outcome = await sendOne(pair.carrier, { credential: expired })

  expect(outcome).toMatchObject({
    kind: 'not_sent',
    class: 'R',
    cause: 'credential-refused',
    httpStatus: 401,
  })
  expect(pair.local.control.record()).toEqual([])
  expect(pair.local.control.summary().requests.fenced).toBe(1)
})

test('a carrier that lies about the fence accepts an expired token', async () => {
  pair.local.control.change({ tokenTtlMs: 1, acceptExpiredTokens: true })
  const expired = await expiredCredential()

  expect((await sendOne(pair.carrier, { credential: expired })).kind).toBe('accepted')
})

// A stopped process may wake up between its own check and the write, so a refusal without words must still be read right.
test('a bare 401 to a token that expired meanwhile is the fence; to a token that should be good, it stops everything', async () => {
  const clock = fixedClock()
  let sleepMs = 0
  const server = await startScriptedServer((response) => {
    clock.advance({ milliseconds: sleepMs })
    response.writeHead(401).end('{"code":20003,"message":"Authenticate","status":401}')
  })
  const carrier = carrierFor(server.url, {}, { clock })
  const notAfter = clock.now().plus(60_000).toJSDate()
  const credential = { bearer: 'token', notAfter, deadByMs: 60_000, sendBeforeMs: 58_000 }

  expect(await sendOne(carrier, { credential })).toMatchObject({ kind: 'not_sent', class: 'A', code: 20003 })
  sleepMs = 70_000
  expect(await sendOne(carrier, { credential })).toMatchObject({
    kind: 'not_sent',
    class: 'R',
    cause: 'credential-refused',
  })
  await carrier.close()
  await server.stop()
})

test('past its local deadline a credential is not even tried', async () => {
  const clock = fixedClock()
  const carrier = carrierFor(pair.local.url, {}, { clock })
  const credential = await carrier.mintCredential()
  clock.advance({ seconds: 61 })

  expect(await sendOne(carrier, { credential })).toMatchObject({
    kind: 'not_sent',
    class: 'R',
    cause: 'deadline',
  })
  expect(pair.local.control.summary().requests.creates).toBe(0)
  await carrier.close()
})

test('a deadline that passes while the message waits for a connection stops it before its first byte', async () => {
  const clock = fixedClock()
  const carrier = carrierFor(pair.local.url, { connections: 1 }, { clock })
  const credential = await carrier.mintCredential()
  const other = { ...credential, sendBeforeMs: clock.monotonicMs() + 1_000 }
  pair.local.control.change({ latencyMs: 50 })
  const first = sendOne(carrier, { credential })
  const second = sendOne(carrier, { credential: other, to: '+14155550101' })
  clock.advance({ seconds: 2 })

  expect((await first).kind).toBe('accepted')
  expect(await second).toMatchObject({ kind: 'not_sent', class: 'R', cause: 'deadline' })
  expect(pair.local.control.summary().requests.creates).toBe(1)
  await carrier.close()
})

test('the fence is proved by an expired token that is refused, and by nothing else', async () => {
  pair.local.control.change({ tokenTtlMs: 500 })
  const carrier = carrierFor(pair.local.url, { fence: shortFence, ...shortTimes })

  expect(await carrier.proveFence()).toEqual({
    proved: true,
    ttlMs: 500,
    validStatus: 200,
    expiredStatus: 401,
  })
  pair.local.control.change({ acceptExpiredTokens: true })
  expect(await carrier.proveFence()).toMatchObject({ proved: false, reason: 'expired-token-accepted' })
  pair.local.control.change({ faults: { tokenError: 1 } })
  expect(await carrier.proveFence()).toMatchObject({ proved: false, reason: 'unavailable' })
  expect(pair.local.control.record()).toEqual([])
  await carrier.close()
})

test('without a fence there is nothing to prove', async () => {
  const carrier = carrierFor(pair.local.url)

  expect(await carrier.proveFence()).toMatchObject({ proved: false, reason: 'no-fence' })
  await carrier.close()
})

test('a restarted carrier still honours its tokens, and still refuses them once they expired', async () => {
  const credential = await pair.carrier.mintCredential()
  const port = Number(new URL(pair.local.url).port)
  await pair.stop()
  pair = await startPair({ port })

  expect((await sendOne(pair.carrier, { credential })).kind).toBe('accepted')
})

/** A token whose life is over at the carrier, held by a process that does not know. */
async function expiredCredential() {
  const { token } = await fetchToken()
  return { bearer: token, notAfter: new Date(8.64e15), deadByMs: Infinity, sendBeforeMs: Infinity }
}

async function fetchToken(): Promise<{ token: string }> {
  const response = await fetch(`${pair.local.url}/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: localAccount.oauthClientId,
      client_secret: localAccount.oauthClientSecret,
    }),
  })
  const { access_token } = (await response.json()) as { access_token: string }
  return { token: access_token }
}
