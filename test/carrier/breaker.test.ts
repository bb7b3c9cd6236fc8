import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { BreakerState } from '../../src/slices/carrier/index.js'
import { eventually } from '../support/eventually.js'
import { sendOne, sender, startPair, type CarrierPair } from './carrier-pair.js'

const otherSender = '+15005550010'
let pair: CarrierPair
let changes: [string, BreakerState][]
beforeEach(async () => {
  pair = await startPair({}, { breaker: { failuresMax: 3, halfOpenAfterMs: 100 } })
  changes = []
  pair.carrier.onBreakerChange((...change) => changes.push(change))
})
afterEach(() => pair.stop())

async function breakIt() {
  pair.local.control.askFor('errorBeforeAccept', 3)
  for (let index = 0; index < 3; index += 1) await sendOne(pair.carrier)
}

test('after so many outcomes in a row that prove nothing, no byte is sent to the carrier any more', async () => {
  await breakIt()

  expect(pair.carrier.breakerState(sender)).toBe('open')
  expect(await sendOne(pair.carrier)).toMatchObject({ kind: 'not_sent', class: 'R', cause: 'breaker-open' })
  expect(pair.local.control.summary().requests.creates).toBe(3)
})

test('another sender goes on while one is broken', async () => {
  await breakIt()

  expect((await sendOne(pair.carrier, { sender: otherSender })).kind).toBe('accepted')
  expect(pair.carrier.breakerState(otherSender)).toBe('closed')
})

test('one call probes after a while, and closes the breaker when it is answered', async () => {
  await breakIt()

  await eventually(async () => (await sendOne(pair.carrier)).kind === 'accepted')

  expect(pair.carrier.breakerState(sender)).toBe('closed')
  expect(changes).toEqual([
    [sender, 'open'],
    [sender, 'half-open'],
    [sender, 'closed'],
  ])
})

test('while the probe is under way nobody waits for it: others are refused at once', async () => {
  await breakIt()
  pair.local.control.change({ latencyMs: 300 })
  const credential = await pair.carrier.mintCredential()
  let probe = Promise.resolve<Awaited<ReturnType<typeof sendOne>> | null>(null)
  await eventually(() => {
    probe = sendOne(pair.carrier, { credential })
    return pair.carrier.breakerState(sender) === 'half-open'
  })

  const meanwhile = await sendOne(pair.carrier, { credential })

  expect(meanwhile).toMatchObject({ kind: 'not_sent', class: 'R', cause: 'breaker-open' })
  expect(await probe).toMatchObject({ kind: 'accepted' })
  expect(pair.local.control.summary().accepted).toBe(1)
})

test('refusals in the carrier’s own words and throttles never open it', async () => {
  for (let index = 0; index < 10; index += 1) await sendOne(pair.carrier, { to: '+15005550001' })
  pair.local.control.askFor('throttle', 10)
  for (let index = 0; index < 10; index += 1) await sendOne(pair.carrier)

  expect(pair.carrier.breakerState(sender)).toBe('closed')
  expect(changes).toEqual([])
})

test('a good answer in between starts the count again', async () => {
  for (let round = 0; round < 4; round += 1) {
    pair.local.control.askFor('errorBeforeAccept', 2)
    for (let index = 0; index < 3; index += 1) await sendOne(pair.carrier)
  }

  expect(pair.carrier.breakerState(sender)).toBe('closed')
})
