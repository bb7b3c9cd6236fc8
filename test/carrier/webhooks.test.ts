import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { newId, type AttemptId } from '../../src/kernel/ids.js'
import { signForm } from '../../src/local/carrier/webhook-queue.js'
import {
  parseInboundText,
  parseStatusCallback,
  verifyTwilioSignature,
} from '../../src/slices/carrier/index.js'
import { eventually } from '../support/eventually.js'
import { carrierFor, sendOne, sender, startPair, type CarrierPair } from './carrier-pair.js'
import { startWebhookListener, type WebhookListener } from './webhook-listener.js'

let listener: WebhookListener
let pair: CarrierPair
beforeEach(async () => {
  listener = await startWebhookListener()
  pair = await startPair({}, { statusCallbackBase: listener.url })
})
afterEach(async () => {
  await pair.stop()
  await listener.stop()
})

const statuses = () => listener.received.map(({ form }) => form['MessageStatus'])

test('each report comes to the address of its attempt, signed so that the SDK accepts it, and can be read', async () => {
  const attemptId = newId<AttemptId>()

  const outcome = await sendOne(pair.carrier, { attemptId, to: '+15005330003' })
  await eventually(() => statuses().includes('undelivered'))

  const { url, form, signature } = listener.received.at(-1)!
  expect(url).toBe(`/webhooks/twilio/status/${attemptId}`)
  expect(verifyTwilioSignature([pair.local.authToken], listener.url + url, form, signature)).toBe(true)
  expect(parseStatusCallback(form)).toEqual({
    ok: true,
    report: {
      sid: outcome.kind === 'accepted' ? outcome.sid : '',
      status: 'undelivered',
      errorCode: 30003,
      to: '+15005330003',
      from: sender,
      messagingServiceSid: null,
    },
  })
})

test('a signature is good for one token, one address and one form only', () => {
  const url = 'https://sms.example.com/webhooks/twilio/status/1?k=a%20b'
  const form = { MessageSid: `SM${'1'.repeat(32)}`, MessageStatus: 'sent', Extra: 'unknown field' }
  const signature = signForm(
    'token',
    url,
    Object.entries(form).sort(([one], [two]) => (one < two ? -1 : 1)),
  )
  const check = (tokens: string[], at: string, fields: object, given: string | null = signature) =>
    verifyTwilioSignature(tokens, at, { ...fields }, given)

  expect(check(['token'], url, form)).toBe(true)
  expect(check(['new', 'token'], url, form)).toBe(true)
  expect(check(['new'], url, form)).toBe(false)
  expect(check([], url, form)).toBe(false)
  expect(check([''], url, form)).toBe(false)
  expect(check(['token'], url.replace('https', 'http'), form)).toBe(false)
  expect(check(['token'], url.replace('sms.', 'www.'), form)).toBe(false)
  expect(check(['token'], `${url}&x=1`, form)).toBe(false)
  expect(check(['token'], url, { ...form, MessageStatus: 'delivered' })).toBe(false)
  expect(check(['token'], url, { ...form, More: '1' })).toBe(false)
  expect(check(['token'], url, form, null)).toBe(false)
  expect(check(['token'], url, form, `${signature}A`)).toBe(false)
})

test('a message is reported as sent and then as delivered', async () => {
  await sendOne(pair.carrier)

  await eventually(() => statuses().length === 2)
  expect(statuses()).toEqual(['sent', 'delivered'])
})

test('reports can be lost: the message is delivered and nobody is told', async () => {
  pair.local.control.change({ callbacks: { lost: 1 } })
  const outcome = await sendOne(pair.carrier)

  await eventually(async () => {
    const found = await pair.carrier.fetchStatus(outcome.kind === 'accepted' ? outcome.sid : '')
    return found.kind === 'found' && found.status === 'delivered'
  })
  expect(listener.received).toEqual([])
})

test('reports can come twice', async () => {
  pair.local.control.change({ callbacks: { duplicated: 1 } })
  await sendOne(pair.carrier)

  await eventually(() => statuses().length === 4)
  expect(statuses()).toEqual(['sent', 'sent', 'delivered', 'delivered'])
})

test('reports can overtake each other', async () => {
  pair.local.control.change({ callbacks: { late: 0.5, lateMs: 600 } })
  for (let index = 0; index < 20; index += 1) await sendOne(pair.carrier, { attemptId: newId<AttemptId>() })

  await eventually(() => statuses().length === 40)
  const firstReports = new Map(
    listener.received.toReversed().map(({ form }) => [form['MessageSid'], form['MessageStatus']]),
  )
  expect([...firstReports.values()]).toContain('delivered')
})

test('reports can be switched off altogether', async () => {
  pair.local.control.change({ callbacks: { enabled: false } })
  await sendOne(pair.carrier)

  expect(pair.local.control.summary().callbacks).toMatchObject({ sent: 0, waiting: 0, scheduled: 0 })
})

test('a report is tried once more when nobody listens, and then given up', async () => {
  const carrier = carrierFor(pair.local.url, { statusCallbackBase: 'http://127.0.0.1:9' })
  await sendOne(carrier)

  await eventually(() => pair.local.control.summary().callbacks.failed === 2)
  await carrier.close()
})

test('a phone that answers STOP is told on, and gets nothing more from that sender until it answers START', async () => {
  pair.local.control.change({ inboundUrl: `${listener.url}/webhooks/twilio/inbound` })
  const phone = '+14155550100'

  pair.local.control.text({ from: phone, to: sender, body: ' stop ' })

  const refused = await sendOne(pair.carrier, { to: phone })
  expect(refused).toMatchObject({ kind: 'not_sent', class: 'O', code: 21610 })
  expect((await sendOne(pair.carrier, { to: phone, sender: '+15005550010' })).kind).toBe('accepted')
  pair.local.control.text({ from: phone, to: sender, body: 'START' })
  expect((await sendOne(pair.carrier, { to: phone })).kind).toBe('accepted')
  const { url, form, signature } = await eventually(() =>
    listener.received.find(({ url }) => url.endsWith('inbound')),
  )
  expect(verifyTwilioSignature([pair.local.authToken], listener.url + url, form, signature)).toBe(true)
  expect(parseInboundText(form)).toMatchObject({
    ok: true,
    text: { from: phone, to: sender, body: ' stop ', segments: 1 },
  })
})

test('a share of the handsets answers by itself', async () => {
  pair.local.control.change({
    inboundUrl: `${listener.url}/webhooks/twilio/inbound`,
    handsets: { replies: 1, bodies: ['STOP'], delayMs: 0 },
  })
  await sendOne(pair.carrier)

  await eventually(() => listener.received.some(({ form }) => form['Body'] === 'STOP'))
  expect(await sendOne(pair.carrier)).toMatchObject({ code: 21610 })
})
