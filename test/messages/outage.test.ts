import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import { newId, type CampaignId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  aLane,
  aSendingAccount,
  messagesNow,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { startCarrierRig, type CarrierRig, type RigOptions } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
let db: Db
let rig: CarrierRig

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
}, 60_000)
afterAll(() => database.drop())
afterEach(() => rig.stop())

async function aRig(options: RigOptions = {}): Promise<CarrierRig> {
  rig = await startCarrierRig(db, { breaker: { failuresMax: 3, halfOpenAfterMs: 300 }, ...options })
  return rig
}

async function aCampaign(count: number) {
  const accountId = await aSendingAccount(db, count)
  const phones = somePhones(count)
  await theyAgree(db, accountId, phones)
  const campaignId = newId<CampaignId>()
  const ids = await someMessages(db, accountId, phones, { campaignId })
  return { accountId, ids, lane: aLane(accountId, campaignId) }
}

async function claims(campaignId: string | null): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    db,
    '/* test */ select count(*)::int as n from claim where campaign_id = $1',
    [campaignId],
  )
  return row!.n
}

async function countOf(ids: readonly string[], state: string): Promise<number> {
  return (await messagesNow(db, ids)).filter((message) => message.state === state).length
}

// Real time passes here, and a busy machine takes its own.
jest.setTimeout(60_000)

test('while the breaker is open nothing is claimed, and the lane is told so once', async () => {
  const { carrier, local, worker } = await aRig({ breaker: { failuresMax: 3, halfOpenAfterMs: 60_000 } })
  const { ids, lane } = await aCampaign(30)
  local.control.change({ faults: { errorBeforeAccept: 1 } })
  const sender = worker('one', () => [lane], 3)
  await sender.runOnce()
  expect(carrier.breakerState(rig.sender.address)).toBe('open')
  const before = await claims(lane.campaignId)

  for (let look = 0; look < 5; look += 1) expect(await sender.runOnce()).toEqual({ claimed: 0 })

  expect(await claims(lane.campaignId)).toBe(before)
  expect(lane.blocks).toEqual(['carrier-unavailable'])
  expect(await countOf(ids, 'dispatching')).toBe(0)
})

test('one message probes at a time, also when many lanes wait; the first good answer lets all go on', async () => {
  const { carrier, local, worker } = await aRig()
  const campaigns = [await aCampaign(20), await aCampaign(20), await aCampaign(20)]
  local.control.change({ faults: { errorBeforeAccept: 1 } })
  const sender = worker('one', () => campaigns.map(({ lane }) => lane), 1)
  await sender.runOnce()
  await eventually(() => carrier.callsAllowed(rig.sender.address) === 1)
  const before = local.control.summary().requests.creates

  await sender.runOnce()

  expect(local.control.summary().requests.creates - before).toBe(1)
  local.control.change({ faults: { errorBeforeAccept: 0 } })
  await eventually(async () => {
    await sender.runOnce()
    return carrier.breakerState(rig.sender.address) === 'closed'
  })
  await sender.runOnce()
  const all = campaigns.flatMap(({ ids }) => ids)
  const settled =
    (await countOf(all, 'accepted')) + (await countOf(all, 'unknown')) + (await waitingForRetry(all))
  expect(settled).toBe(60)
})

async function waitingForRetry(ids: readonly string[]): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    db,
    `/* test */ select count(*)::int as n from message where id = any ($1::uuid[]) and state = 'pending' and not_before > now()`,
    [ids],
  )
  return row!.n
}

test('an unknown outcome of the outage stays with its attempt: nobody claims the message again, breaker or not', async () => {
  const { carrier, local, worker } = await aRig()
  const { ids, lane } = await aCampaign(40)
  local.control.change({ faults: { errorAfterAccept: 1 } })
  const first = worker('one', () => [lane], 5)
  await first.runOnce()
  const unknown = (await messagesNow(db, ids)).filter((message) => message.state === 'unknown')
  expect(unknown.length).toBeGreaterThanOrEqual(3)
  local.control.change({ faults: { errorAfterAccept: 0 } })

  const second = worker('two', () => [lane], 5)
  await eventually(async () => {
    await Promise.all([first.runOnce(), second.runOnce()])
    return carrier.breakerState(rig.sender.address) === 'closed'
  })
  await Promise.all([first.runOnce(), second.runOnce()])

  const after = await messagesNow(
    db,
    unknown.map((message) => message.id),
  )
  expect(after.map(({ state, tries }) => [state, tries])).toEqual(unknown.map(() => ['unknown', 1]))
  const reached = local.control.record().map((line) => line.to)
  expect(new Set(reached).size).toBe(reached.length)
})

test('refused for being too many, a message waits as long as the carrier asks and loses no try that counts', async () => {
  const { local, worker } = await aRig({ backoffFirstMs: 10 })
  const { ids, lane } = await aCampaign(1)
  local.control.change({ faults: { throttle: 1, retryAfterSeconds: 1 } })
  const sender = worker('one', () => [lane], 5)
  const from = systemClock.now().toMillis()
  await sender.runOnce()

  const [waiting] = await readQuery<{ state: string; not_before: Date }>(
    db,
    '/* test */ select state, not_before from message where id = $1',
    [ids[0]],
  )
  expect(waiting!.state).toBe('pending')
  expect(waiting!.not_before.getTime() - from).toBeGreaterThanOrEqual(1_000)
  local.control.change({ faults: { throttle: 0 } })
  await eventually(async () => {
    await sender.runOnce()
    return (await countOf(ids, 'accepted')) === 1
  })
})

test('calls at once shrink when the carrier refuses them for being too many, and nothing is lost', async () => {
  const { local, worker } = await aRig({ backoffFirstMs: 10 })
  const { ids, lane } = await aCampaign(100)
  local.control.change({ concurrencyMax: 5, latencyMs: 5 })
  const sender = worker('one', () => [lane], 100)

  await eventually(
    async () => {
      await sender.runOnce()
      return (await countOf(ids, 'accepted')) === 100
    },
    { timeoutMs: 100_000 },
  )

  expect(local.control.summary()).toMatchObject({ accepted: 100, duplicates: 0 })
}, 120_000)

test('texts leave within the sender’s segments per second, over two workers and from the first second on', async () => {
  const { local, worker } = await aRig({ segmentsPerSecond: 20 })
  const campaigns = [await aCampaign(60), await aCampaign(60)]
  const [one, two] = campaigns.map(({ lane }, index) => worker(`w${String(index)}`, () => [lane], 100))

  await Promise.all([one!.runOnce(), two!.runOnce()])

  const times = local.control.record().map((line) => new Date(line.acceptedAt).getTime())
  expect(times).toHaveLength(120)
  expect(peakPerSecond(times)).toBeLessThanOrEqual(20)
}, 120_000)

test('a claim takes no more than goes out within half a second, so that a stop waits for little', async () => {
  const { worker } = await aRig({ segmentsPerSecond: 20 })
  const { lane } = await aCampaign(40)

  await worker('one', () => [lane], 100).runOnce()

  const [largest] = await readQuery<{ n: number }>(
    db,
    `/* test */ select max(n)::int as n from (select count(*) as n from attempt a join claim c on c.id = a.claim_id
       where c.campaign_id = $1 group by c.id) per_claim`,
    [lane.campaignId],
  )
  expect(largest!.n).toBeLessThanOrEqual(10)
}, 120_000)

/** The most arrivals in any second, wherever it begins. */
function peakPerSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  let first = 0
  let peak = 0
  sorted.forEach((time, last) => {
    while ((sorted[first] ?? 0) <= time - 1_000) first += 1
    peak = Math.max(peak, last - first + 1)
  })
  return peak
}
