import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.js'
import { carrierFor, sender, sendOne, startPair, type CarrierPair } from './carrier-pair.js'
import { startScriptedServer } from './scripted-server.js'

let pair: CarrierPair
beforeEach(async () => {
  pair = await startPair()
})
afterEach(() => pair.stop())

const longAgo = new Date('2000-01-01T00:00:00Z')

test('everything sent to a number is listed, newest first, over as many pages as there are', async () => {
  pair.local.control.change({ listPageSizeMax: 10 })
  const credential = await pair.carrier.mintCredential()
  const send = (to: string, body: string) => sendOne(pair.carrier, { to, body, credential })
  await Promise.all(Array.from({ length: 25 }, (_, index) => send('+14155550100', `text ${index}`)))
  await send('+14155550999', 'to somebody else')
  const recorded = pair.local.control.record().filter(({ to }) => to === '+14155550100')

  const listed = await pair.carrier.listTo({ to: '+14155550100', since: longAgo })

  expect(listed).toMatchObject({ kind: 'listed', pageCount: 3 })
  if (listed.kind !== 'listed') return
  expect(listed.messages.map(({ sid, body }) => [sid, body])).toEqual(
    recorded.toReversed().map(({ sid, body }) => [sid, body]),
  )
  expect(listed.requestIds).toHaveLength(3)
  expect(listed.messages[0]).toMatchObject({
    from: '+15005550006',
    outbound: true,
    segments: 1,
  })
})

test('a message that is still queued is listed: the question does not depend on its having been sent', async () => {
  pair.local.control.change({ delivery: { sendingMs: 60_000, sentMs: 60_000, finalMs: 60_000 } })
  await sendOne(pair.carrier)

  const listed = await pair.carrier.listTo({ to: '+14155550100', since: longAgo })

  expect(listed).toMatchObject({ kind: 'listed', messages: [{ status: 'queued' }] })
  const url = `${pair.local.url}/2010-04-01/Accounts/${pair.local.accountSid}/Messages.json?DateSent%3E=2000-01-01`
  const basic = Buffer.from(`${pair.local.accountSid}:${pair.local.authToken}`).toString('base64')
  expect((await fetch(url, { headers: { authorization: `Basic ${basic}` } })).status).toBe(400)
})

test('what was created before the instant asked about is left out, to the second', async () => {
  await sendOne(pair.carrier)
  const [recorded] = pair.local.control.record()
  const createdAt = new Date(recorded!.acceptedAt)

  const since = (ms: number) =>
    pair.carrier.listTo({ to: '+14155550100', since: new Date(createdAt.getTime() + ms) })

  expect(await since(0)).toMatchObject({ messages: [{ sid: recorded!.sid }] })
  expect(await since(2_000)).toMatchObject({ messages: [] })
})

test('a lagging list hides a message that exists, and shows it later', async () => {
  pair.local.control.change({ listLagMs: 300 })
  const outcome = await sendOne(pair.carrier)
  const list = () => pair.carrier.listTo({ to: '+14155550100', since: longAgo })

  expect(await list()).toMatchObject({ kind: 'listed', messages: [] })
  await eventually(async () => {
    const listed = await list()
    return (
      listed.kind === 'listed' &&
      listed.messages.some((message) => outcome.kind === 'accepted' && message.sid === outcome.sid)
    )
  })
})

/** What a carrier lists whose pages hold these rows, whatever their order. */
async function listedFrom(pages: Record<string, unknown>[][], since: Date) {
  const server = await startScriptedServer((response, index) => {
    const next_page_uri = index + 1 < pages.length ? `/2010-04-01/page/${index + 1}.json` : null
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ messages: pages[index], next_page_uri, page_size: 1_000 }))
  })
  const carrier = carrierFor(server.url)
  const listed = await carrier.listTo({ to: '+14155550100', since })
  await carrier.close()
  await server.stop()
  return listed.kind === 'listed' ? listed.messages : []
}

const row = (sid: string, given: Record<string, unknown> = {}) => ({
  sid,
  from: sender,
  to: '+14155550100',
  body: 'Hello.',
  status: 'sent',
  direction: 'outbound-api',
  num_segments: '1',
  date_created: 'Sun, 22 Nov 2026 12:00:00 +0000',
  ...given,
})

test('what the carrier answers by itself to STOP or HELP is not a text that somebody asked for', async () => {
  const messages = await listedFrom([[row('ours'), row('theirs', { direction: 'outbound-reply' })]], longAgo)

  expect(messages.map(({ sid, outbound }) => [sid, outbound])).toEqual([
    ['ours', true],
    ['theirs', false],
  ])
})

test('an old row at the end of a page does not end the list: the order is the affair of the carrier', async () => {
  const old = { date_created: 'Sun, 01 Nov 2026 12:00:00 +0000' }
  const pages = [
    [row('first'), row('old', old)],
    [row('second')],
    [row('older', old)],
    [row('not asked for')],
  ]

  const messages = await listedFrom(pages, new Date('2026-11-22T00:00:00Z'))

  expect(messages.map(({ sid }) => sid)).toEqual(['first', 'second'])
})

test('a list that fails, on any page, proves nothing', async () => {
  await sendOne(pair.carrier)
  pair.local.control.change({ faults: { listError: 1 } })

  expect(await pair.carrier.listTo({ to: '+14155550100', since: longAgo })).toEqual({
    kind: 'unavailable',
    cause: 'http 503',
  })
})

test('a carrier that is gone is unavailable for reads, not silent', async () => {
  await pair.local.stop()

  expect(await pair.carrier.listTo({ to: '+14155550100', since: longAgo })).toMatchObject({
    kind: 'unavailable',
  })
  expect(await pair.carrier.fetchStatus(`SM${'0'.repeat(32)}`)).toMatchObject({ kind: 'unavailable' })
  expect(await pair.carrier.balance()).toMatchObject({ kind: 'unavailable' })
})

test('the status of a message is read by its sid, with the code of its failure', async () => {
  const outcome = await sendOne(pair.carrier, { to: '+15005330005' })
  const sid = outcome.kind === 'accepted' ? outcome.sid : ''

  const found = await eventually(async () => {
    const status = await pair.carrier.fetchStatus(sid)
    return status.kind === 'found' && status.status === 'undelivered' ? status : null
  })

  expect(found).toMatchObject({ sid, errorCode: 30005, segments: 1, priceUnit: 'USD' })
})

test('a sid that the carrier does not know is absent; a read that fails is not', async () => {
  const sid = `SM${'0'.repeat(32)}`

  expect(await pair.carrier.fetchStatus(sid)).toEqual({ kind: 'absent' })
  pair.local.control.change({ faults: { readError: 1 } })
  expect(await pair.carrier.fetchStatus(sid)).toEqual({ kind: 'unavailable', cause: 'http 503' })
})

test('a message that waits longer than it may ends as failed with code 30036', async () => {
  pair.local.control.change({ delivery: { sendingMs: 5_000 } })
  const outcome = await sendOne(pair.carrier, { validityPeriodSeconds: 1 })

  await eventually(async () => {
    const status = await pair.carrier.fetchStatus(outcome.kind === 'accepted' ? outcome.sid : '')
    return status.kind === 'found' && status.status === 'failed' && status.errorCode === 30036
  })
})

test("the carrier's own balance can be watched", async () => {
  pair.local.control.change({ balance: '12.34', currency: 'EUR' })

  expect(await pair.carrier.balance()).toEqual({ kind: 'found', balance: '12.34', currency: 'EUR' })
})
