import { mkdtempSync, rmSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { newId, type AttemptId } from '../../src/kernel/ids.js'
import { startLocalCarrier } from '../../src/local/carrier/start-local-carrier.js'
import type { RecordLine, Summary } from '../../src/local/carrier/control.js'
import { sendOne, startPair, type CarrierPair } from './carrier-pair.js'

let directory: string
let pair: CarrierPair
beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'carrier-record-'))
  pair = await startPair({ recordFile: path.join(directory, 'record.ndjson') })
})
afterEach(async () => {
  await pair.stop()
  rmSync(directory, { recursive: true })
})

async function control<T>(method: string, route: string, body?: object): Promise<T> {
  const answer = await fetch(`${pair.local.url}/control/${route}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status}: ${text}`)
  const isStream = answer.headers.get('content-type') === 'application/x-ndjson'
  const lines = text.split('\n').filter((line) => line !== '')
  return (isStream ? lines.map((line) => JSON.parse(line) as unknown) : JSON.parse(text)) as T
}

test('the record tells repeated texts and repeated attempts from different texts to one phone', async () => {
  const attemptId = newId<AttemptId>()
  await sendOne(pair.carrier, { attemptId, body: 'first' })
  await sendOne(pair.carrier, { attemptId, body: 'first' })
  await sendOne(pair.carrier, { body: 'first' })
  await sendOne(pair.carrier, { body: 'second' })
  await sendOne(pair.carrier, { to: '+14155550101', body: 'first' })

  expect(await control<Summary>('GET', 'summary')).toMatchObject({
    accepted: 5,
    distinctPhones: 2,
    phonesWithSeveral: 1,
    duplicates: 2,
    duplicateAttempts: 1,
    segments: 5,
  })
  const lines = await control<RecordLine[]>('GET', 'record')
  expect(lines.map(({ to, body }) => `${to} ${body ?? ''}`)).toEqual([
    '+14155550100 first',
    '+14155550100 first',
    '+14155550100 first',
    '+14155550100 second',
    '+14155550101 first',
  ])
  expect(lines[0]?.attempt).toBe(attemptId)
})

test('a restarted carrier remembers what it accepted, up to the last answered message', async () => {
  const outcomes = [await sendOne(pair.carrier), await sendOne(pair.carrier, { to: '+14155550101' })]
  const before = pair.local.control.record()
  await pair.local.stop()
  appendFileSync(path.join(directory, 'record.ndjson'), '{"to":"+1415')

  const again = await startLocalCarrier({ recordFile: path.join(directory, 'record.ndjson') })

  expect(again.control.record()).toEqual(before)
  expect(before.map(({ sid }) => sid)).toEqual(
    outcomes.map((outcome) => (outcome.kind === 'accepted' ? outcome.sid : '')),
  )
  const port = Number(new URL(again.url).port)
  await again.stop()
  const third = await startLocalCarrier({ recordFile: path.join(directory, 'record.ndjson'), port })
  expect(third.control.record()).toEqual(before)
  await third.stop()
})

test('a carrier that can record no more accepts no more', async () => {
  const small = await startPair({ recordMax: 1 })

  expect((await sendOne(small.carrier)).kind).toBe('accepted')
  expect((await sendOne(small.carrier)).kind).toBe('unknown')
  expect(small.local.control.summary().accepted).toBe(1)
  await small.stop()
})

test('its behaviour can be changed over HTTP while it runs, and nonsense is refused', async () => {
  const changed = await control<{ latencyMs: number; faults: object }>('PATCH', 'config', {
    latencyMs: 5,
    faults: { throttle: 0.25 },
  })

  expect(changed).toMatchObject({ latencyMs: 5, faults: { throttle: 0.25, acceptThenDrop: 0 } })
  await expect(control('PATCH', 'config', { latencyMs: -1 })).rejects.toThrow('400')
  await expect(control('PATCH', 'config', { unknownSetting: 1 })).rejects.toThrow('400')
  await expect(control('PATCH', 'config', { faults: { throttle: 0.6, redirect: 0.6 } })).rejects.toThrow(
    '400',
  )
  await expect(control('GET', 'nowhere')).rejects.toThrow('404')
  expect(await control('GET', 'config')).toMatchObject({
    latencyMs: 5,
    faults: { throttle: 0.25, redirect: 0 },
  })
})

test('faults can be asked for by name, opt-outs set and everything forgotten over HTTP', async () => {
  await control('POST', 'faults', { fault: 'errorAfterAccept', count: 1 })
  expect((await sendOne(pair.carrier)).kind).toBe('unknown')
  await control('POST', 'opt-outs', { phone: '+14155550100', sender: '+15005550006' })
  expect(await sendOne(pair.carrier)).toMatchObject({ code: 21610 })

  const summary = await control<Summary>('POST', 'reset')

  expect(summary).toMatchObject({ accepted: 0, distinctPhones: 0, optedOut: 0 })
  expect((await sendOne(pair.carrier)).kind).toBe('accepted')
})

test('faults drawn from one seed come in the same order again', async () => {
  const outcomesOf = async (seed: number) => {
    const seeded = await startPair({ seed, behaviour: { faults: { throttle: 0.3, errorBeforeAccept: 0.3 } } })
    const kinds: string[] = []
    for (let index = 0; index < 30; index += 1) kinds.push((await sendOne(seeded.carrier)).kind)
    await seeded.stop()
    return kinds
  }

  const first = await outcomesOf(11)

  expect(new Set(first).size).toBe(3)
  expect(await outcomesOf(11)).toEqual(first)
})

test('more creates at once than allowed are throttled', async () => {
  pair.local.control.change({ concurrencyMax: 2, latencyMs: 50 })

  const outcomes = await Promise.all(
    Array.from({ length: 6 }, (_, index) => sendOne(pair.carrier, { to: `+1415555010${index}` })),
  )

  expect(outcomes.some((outcome) => outcome.kind === 'not_sent' && outcome.cause === 'throttled')).toBe(true)
  expect(pair.local.control.summary().accepted).toBe(
    outcomes.filter(({ kind }) => kind === 'accepted').length,
  )
})

test('senders it does not own and destinations without permission are refused', async () => {
  pair.local.control.change({ ownedSenders: ['+15005550006'], deniedPrefixes: ['+44'] })

  expect(await sendOne(pair.carrier, { sender: '+15005550010' })).toMatchObject({ code: 21606 })
  expect(await sendOne(pair.carrier, { to: '+447911123456' })).toMatchObject({ code: 21408 })
  expect((await sendOne(pair.carrier)).kind).toBe('accepted')
})

test('wrong credentials are refused, in the API’s own words', async () => {
  const path = `/2010-04-01/Accounts/${pair.local.accountSid}/Messages.json`
  const answers = await Promise.all(
    [{}, { authorization: 'Basic d3Jvbmc6d3Jvbmc=' }, { authorization: 'Bearer a.b.c' }].map((headers) =>
      fetch(pair.local.url + path, { headers }),
    ),
  )

  for (const answer of answers) {
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    })
  }
})
