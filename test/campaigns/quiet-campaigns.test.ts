import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  findCampaign,
  findQuote,
  pauseCampaign,
  resumePaused,
  runnableLanes,
} from '../../src/slices/campaigns/index.js'
import { setQuietHours, type Lane } from '../../src/slices/messages/index.js'
import { aLot } from '../support/builders/credits.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { startCarrierRig } from '../support/carrier-rig.js'
import { eventually } from '../support/eventually.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  aTestSender,
  aUser,
  people,
  quoted,
  type CampaignWorld,
  type TestSender,
} from './campaign-world.js'

let world: CampaignWorld
let sender: TestSender

beforeAll(async () => {
  world = await aCampaignWorld()
  sender = await aTestSender(world)
})
afterAll(() => world.drop())
// Monday, 10:00 in New York, where all numbers of these tests are.
beforeEach(() => {
  world.clock.set('2026-03-02T15:00:00Z')
})

const keepsHours = { keepsHours: true }

async function waiting(campaignId: CampaignId) {
  return readQuery<{ phone: string; reason: string | null }>(
    world.db,
    `/* test */ select phone, state_reason as reason from message where campaign_id = $1 and state = 'pending' order by ordinal`,
    [campaignId],
  )
}

async function laneOf(campaignId: CampaignId): Promise<Lane | undefined> {
  return (await runnableLanes(world.deps)).find((lane) => lane.campaignId === campaignId)
}

test('two campaigns to the same people count together: with a cap of one nobody is texted by both in a day', async () => {
  const { accountId, phones } = await anAudience(world, 20, 2, keepsHours)
  const [first, second] = phones as [string, string]
  await setQuietHours(world.deps, { accountId, change: { marketingPerDay: 1 }, actor: 'owner' })
  const spring = await aRunningCampaign(world, accountId, { name: 'Spring' })
  const summer = await aRunningCampaign(world, accountId, { name: 'Summer', template: 'Summer is here.' })

  expect((await sender.step(spring.campaignId, 1)).map(({ phone }) => phone)).toEqual([first])
  expect((await sender.run(summer.campaignId)).map(({ phone }) => phone)).toEqual([second])
  expect(await sender.run(spring.campaignId)).toEqual([])
  expect(await waiting(spring.campaignId)).toEqual([{ phone: second, reason: 'frequency_cap' }])
  expect(await waiting(summer.campaignId)).toEqual([{ phone: first, reason: 'frequency_cap' }])

  world.clock.advance({ hours: 23, minutes: 59 })
  expect(await sender.run(summer.campaignId)).toEqual([])
  world.clock.advance({ minutes: 1 })
  expect((await sender.run(summer.campaignId)).map(({ phone }) => phone)).toEqual([first])
  expect((await sender.run(spring.campaignId)).map(({ phone }) => phone)).toEqual([second])
})

test('a campaign that was paused counts for what it sent before', async () => {
  const { accountId, phones } = await anAudience(world, 20, 2, keepsHours)
  await setQuietHours(world.deps, { accountId, change: { marketingPerDay: 1 }, actor: 'owner' })
  const spring = await aRunningCampaign(world, accountId, { name: 'Spring' })
  await sender.step(spring.campaignId, 1)
  await pauseCampaign(world.deps, aUser(accountId), { campaignId: spring.campaignId })

  const summer = await aRunningCampaign(world, accountId, { name: 'Summer', template: 'Summer is here.' })
  expect((await sender.run(summer.campaignId)).map(({ phone }) => phone)).toEqual([phones[1]])
})

test('a campaign started at night is put off whole, leaves the sender in peace, and goes at the opening by itself', async () => {
  const rig = await startCarrierRig(world.db, { clock: world.clock })
  try {
    // To 20:30.
    world.clock.advance({ hours: 10, minutes: 30 })
    const { accountId, phones } = await anAudience(world, 10, 5, keepsHours)
    const { campaignId } = await aRunningCampaign(world, accountId)
    const lane = (await laneOf(campaignId))!
    const worker = rig.worker('w1', () => [lane])
    worker.start()
    await eventually(
      async () => (await waiting(campaignId)).every(({ reason }) => reason === 'quiet_hours') || null,
      { timeoutMs: 10_000, what: 'all of them put off' },
    )
    expect(await laneOf(campaignId)).toBeUndefined()
    expect(rig.local.control.record()).toEqual([])

    world.clock.advance({ hours: 11, minutes: 30 })
    expect(await laneOf(campaignId)).toBeDefined()
    await eventually(async () => (await waiting(campaignId)).length === 0 || null, {
      timeoutMs: 10_000,
      what: 'all of them sent',
    })
    await worker.drain()
    expect(rig.local.control.record().map(({ to }) => to)).toEqual(phones)
  } finally {
    await rig.stop()
  }
}, 60_000)

test.each([
  ['pauses for the text that is due, whatever one costs that sleeps', 2, 'P', 'N'.repeat(400), 'paused', 3],
  ['goes on for the text that is due, whatever one costs that sleeps', 0, 'P'.repeat(400), 'N', 'paused', 1],
])('a campaign short of credits %s', async (_what, credits, asleep, awake, state, missing) => {
  const accountId = await aSendingAccount(world.db, credits, keepsHours)
  // 10:00 in New York is 07:00 in Los Angeles.
  await people(world, accountId, [{ phone: '+13105550123', firstName: asleep }, { firstName: awake }])
  const { campaignId } = await aRunningCampaign(world, accountId, {
    template: 'Hello {{first_name}}.',
    autoResume: true,
  })

  expect(await sender.run(campaignId)).toEqual([])
  expect(await waiting(campaignId)).toMatchObject([{ reason: 'quiet_hours' }, { reason: null }])
  expect(await findCampaign(world.deps, aUser(accountId), campaignId)).toMatchObject({
    state,
    pauseReason: 'credits_exhausted',
  })

  await aLot(world.db, accountId, missing - credits)
  expect(await resumePaused(world.deps, { carrierAvailable: true })).toEqual({ resumed: 1 })
  expect(await sender.run(campaignId)).toHaveLength(1)
})

test('a quote says who could be texted at that moment and until when the others wait, and keeps it', async () => {
  const accountId = await aSendingAccount(world.db, 20, keepsHours)
  // 08:30 in New York: 07:30 in Chicago and 05:30 in Los Angeles, and marketing begins at 09:00 in both states.
  world.clock.set('2026-03-03T13:30:00Z')
  await people(world, accountId, [
    {},
    {},
    { phone: '+13125550123' },
    { phone: '+13105550123' },
    { phone: '+13105550124' },
    { phone: '+13105550125', consent: 'none' },
  ])
  const campaignId = await aDraft(world, accountId)

  const quote = await quoted(world, accountId, campaignId)
  const hours = {
    textableNow: 2,
    waiting: 3,
    firstOpensAt: new Date('2026-03-03T15:00:00Z'),
    lastOpensAt: new Date('2026-03-03T17:00:00Z'),
    neverOpen: 0,
  }
  expect(quote).toMatchObject({ recipients: 5, hours })
  world.clock.advance({ hours: 4 })
  expect(await findQuote(world.deps, aUser(accountId), { campaignId })).toMatchObject({ id: quote.id, hours })
  expect(await quoted(world, accountId, campaignId)).toMatchObject({
    hours: { textableNow: 5, waiting: 0, firstOpensAt: null, lastOpensAt: null },
  })
})

test('a quote of an account whose hours are lifted keeps nobody waiting, at any time of the night', async () => {
  const { accountId } = await anAudience(world, 20, 3)
  world.clock.set('2026-03-03T08:30:00Z')
  expect(await quoted(world, accountId, await aDraft(world, accountId))).toMatchObject({
    hours: { textableNow: 3, waiting: 0, lastOpensAt: null, neverOpen: 0 },
  })
})
