import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { newId, type AttemptId } from '../../src/kernel/ids.js'
import { failureTable } from '../../src/slices/carrier/index.js'
import { carrierFor, sendOne, sender, startPair, type CarrierPair } from './carrier-pair.js'

let pair: CarrierPair
beforeEach(async () => {
  pair = await startPair({}, { requestTimeoutMs: 400 })
})
afterEach(() => pair.stop())

test('an accepted message carries the sid under which the carrier recorded it', async () => {
  const attemptId = newId<AttemptId>()

  const outcome = await sendOne(pair.carrier, { attemptId, body: 'a'.repeat(161) })

  const [recorded] = pair.local.control.record()
  expect(outcome).toEqual({
    kind: 'accepted',
    sid: recorded?.sid,
    carrierSegments: 2,
    status: 'queued',
    concurrentRequests: 1,
  })
  expect(recorded).toMatchObject({ to: '+14155550100', from: sender, attempt: attemptId, segments: 2 })
  expect(recorded?.body).toBe('a'.repeat(161))
})

test('a messaging service is named as such, and its first segment count of zero is passed on as it is', async () => {
  const service = `MG${'0'.repeat(32)}`

  const outcome = await sendOne(pair.carrier, { sender: service })

  expect(outcome).toMatchObject({ kind: 'accepted', carrierSegments: 0, status: 'accepted' })
  expect(pair.local.control.record()[0]?.from).toBe(service)
})

test.each(['Grüße, 5 € & 100% + "quotes" = fine?', 'Привет 👋🏽 мир', 'line one\nline two'])(
  'the body %j arrives unchanged',
  async (body) => {
    await sendOne(pair.carrier, { body })

    expect(pair.local.control.record()[0]?.body).toBe(body)
  },
)

const refusableCodes = [...failureTable.values()].filter(
  (rule) => (rule.moment === 'create' || rule.moment === 'both') && rule.code > 20_999,
)

test.each(refusableCodes.map((rule) => [rule.code, rule.class] as const))(
  'a create refused with %i is not sent, of class %s, and recorded by nobody',
  async (code, failureClass) => {
    const outcome = await sendOne(pair.carrier, { to: `+150054${code}` })

    if (failureClass === 'U') expect(outcome).toMatchObject({ kind: 'unknown', code })
    else expect(outcome).toMatchObject({ kind: 'not_sent', class: failureClass, code })
    expect(pair.local.control.record()).toEqual([])
  },
)

test.each([
  ['+15005550001', 21211, 'P'],
  ['+15005550002', 21612, 'P'],
  ['+15005550003', 21408, 'D'],
  ['+15005550004', 21610, 'O'],
  ['+15005550009', 21614, 'P'],
  ['not a number', 21211, 'P'],
])("the carrier's test number %s is refused with %i", async (to, code, failureClass) => {
  expect(await sendOne(pair.carrier, { to })).toMatchObject({ kind: 'not_sent', class: failureClass, code })
})

test.each([
  ['+15005550001', 21212, 'C'],
  ['+15005550007', 21606, 'C'],
  ['+15005550008', 21611, 'R'],
])("the carrier's test sender %s is refused with %i", async (from, code, failureClass) => {
  expect(await sendOne(pair.carrier, { sender: from })).toMatchObject({
    kind: 'not_sent',
    class: failureClass,
    code,
  })
})

test.each([
  ['an empty body', { body: '' }, 21602],
  ['a body of 1601 characters', { body: 'x'.repeat(1_601) }, 21617],
  ['no recipient', { to: '' }, 21604],
  ['a validity of zero', { validityPeriodSeconds: 0 }, 21624],
])('%s is refused with its own code', async (_what, input, code) => {
  expect(await sendOne(pair.carrier, input)).toMatchObject({ kind: 'not_sent', code })
})

test('an address for reports that no carrier can call is refused', async () => {
  const carrier = carrierFor(pair.local.url, { statusCallbackBase: 'http://under_score.example' })

  expect(await sendOne(carrier)).toMatchObject({ kind: 'not_sent', class: 'T', code: 21609 })
  await carrier.close()
})

test('a throttled create is not sent, may be tried again, and says when', async () => {
  pair.local.control.change({ faults: { retryAfterSeconds: 3 } })
  pair.local.control.askFor('throttle')

  expect(await sendOne(pair.carrier)).toMatchObject({
    kind: 'not_sent',
    class: 'R',
    cause: 'throttled',
    code: 20429,
    httpStatus: 429,
    retryAfterMs: 3_000,
  })
  expect(pair.local.control.record()).toEqual([])
})

test.each([
  ['acceptThenDrop', 'connection-lost', 1],
  ['dropBeforeAccept', 'connection-lost', 0],
  ['errorAfterAccept', 'server-error', 1],
  ['errorBeforeAccept', 'server-error', 0],
  ['slowAfterAccept', 'timeout', 1],
  ['stalledAnswer', 'timeout', 1],
  ['brokenAnswer', 'unreadable-answer', 1],
  ['redirect', 'redirect', 0],
] as const)(
  '%s leaves the outcome unknown (%s), posts once, and the record alone knows',
  async (fault, cause, reached) => {
    pair.local.control.askFor(fault)

    const outcome = await sendOne(pair.carrier)

    expect(outcome).toMatchObject({ kind: 'unknown', cause })
    expect(pair.local.control.summary().accepted).toBe(reached)
    expect(pair.local.control.summary().requests.creates).toBe(1)
  },
)

test('a carrier that cannot be reached has got nothing for certain', async () => {
  const url = pair.local.url
  await pair.local.stop()
  const carrier = carrierFor(url)

  expect(await sendOne(carrier)).toMatchObject({ kind: 'not_sent', class: 'R', cause: 'unreachable' })
  await carrier.close()
})

test('a name that does not resolve is a certain failure too', async () => {
  const carrier = carrierFor('http://nowhere.invalid')

  expect(await sendOne(carrier)).toMatchObject({ kind: 'not_sent', class: 'R', cause: 'unreachable' })
  await carrier.close()
})

test('a carrier that speaks no TLS on a TLS address has got nothing for certain', async () => {
  const carrier = carrierFor(pair.local.url.replace('http:', 'https:'))

  expect(await sendOne(carrier)).toMatchObject({ kind: 'not_sent', class: 'R', cause: 'unreachable' })
  await carrier.close()
  expect(pair.local.control.summary().requests.creates).toBe(0)
})
