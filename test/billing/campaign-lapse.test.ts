import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { resumePaused } from '../../src/slices/campaigns/index.js'
import type { ClaimedMessage } from '../../src/slices/messages/index.js'
import type { Stage } from '../../payments-storm/stage.js'
import {
  aCampaignWorld,
  aRunningCampaign,
  aTestSender,
  people,
  type CampaignWorld,
} from '../campaigns/campaign-world.js'
import { aBillingStage, aPaidPack, aPlan, settle } from './billing-stage.js'

let world: CampaignWorld
let stage: Stage

beforeAll(async () => {
  world = await aCampaignWorld()
})

beforeEach(async () => {
  stage = await aBillingStage(world.db)
})

afterEach(() => stage.close())

afterAll(() => world.drop())

async function campaignNow(campaignId: string): Promise<{ state: string; reason: string | null }> {
  const [row] = await readQuery<{ state: string; reason: string | null }>(
    world.db,
    '/* test */ select state, pause_reason as reason from campaign_control where campaign_id = $1',
    [campaignId],
  )
  return row!
}

async function aCampaignOf(count: number): Promise<string> {
  await people(
    world,
    stage.accountId,
    Array.from({ length: count }, () => ({})),
  )
  return (await aRunningCampaign(world, stage.accountId, { autoResume: true })).campaignId
}

test('a subscription that ends in the middle of a campaign stops it; a new one finishes it and texts nobody twice', async () => {
  const subscriptionId = await aPlan(stage)
  const campaignId = (await aCampaignOf(12)) as never
  const sender = await aTestSender(world)
  const sent: ClaimedMessage[] = [...(await sender.step(campaignId, 5))]

  stage.payments.control.setSubscription(subscriptionId, { kind: 'end' })
  await settle(stage)
  expect(await sender.run(campaignId)).toEqual([])
  expect(await campaignNow(campaignId)).toEqual({ state: 'paused', reason: 'subscription_inactive' })

  await aPlan(stage)
  await resumePaused(world.deps, { carrierAvailable: true })
  sent.push(...(await sender.run(campaignId)))

  expect(sent).toHaveLength(12)
  expect(new Set(sent.map((message) => message.phone)).size).toBe(12)
})

test('a disputed payment stops a campaign at once, and it does not go on by itself', async () => {
  const paymentId = await aPaidPack(stage)
  await settle(stage)
  const campaignId = (await aCampaignOf(6)) as never
  const sender = await aTestSender(world)
  await sender.step(campaignId, 2)

  const dispute = stage.payments.control.dispute(paymentId, { inquiry: true })
  await settle(stage)
  expect(await sender.run(campaignId)).toEqual([])
  expect(await campaignNow(campaignId)).toEqual({ state: 'paused', reason: 'by_administrator' })

  stage.payments.control.moveDispute(dispute, 'warning_closed')
  await settle(stage)
  await resumePaused(world.deps, { carrierAvailable: true })
  expect(await campaignNow(campaignId)).toEqual({ state: 'paused', reason: 'by_administrator' })
})

test('credits that are taken back stop a campaign at the next claim', async () => {
  const paymentId = await aPaidPack(stage)
  await settle(stage)
  const campaignId = (await aCampaignOf(6)) as never
  const sender = await aTestSender(world)
  await sender.step(campaignId, 2)

  stage.payments.control.refund(paymentId)
  await settle(stage)

  expect(await sender.run(campaignId)).toEqual([])
  expect(await campaignNow(campaignId)).toEqual({ state: 'paused', reason: 'credits_exhausted' })
})
