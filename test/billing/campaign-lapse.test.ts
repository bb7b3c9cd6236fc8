import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { resumeCampaign, resumePaused } from '../../src/slices/campaigns/index.js'
import type { ClaimedMessage } from '../../src/slices/messages/index.js'
import type { Stage } from '../../payments-storm/stage.js'
import {
  aCampaignWorld,
  aRunningCampaign,
  aTestSender,
  aUser,
  people,
  type CampaignWorld,
} from '../campaigns/campaign-world.js'
import { aBillingStage, aPaidPack, aPlan, creditsOf, settle } from './billing-stage.js'

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

interface CampaignNow {
  state: string
  reason: string | null
  detail: string | null
}

async function campaignNow(campaignId: string): Promise<CampaignNow> {
  const [row] = await readQuery<CampaignNow>(
    world.db,
    `/* test */ select state, pause_reason as reason, pause_detail as detail from campaign_control where campaign_id = $1`,
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

function resume(campaignId: never): ReturnType<typeof resumeCampaign> {
  return resumeCampaign(world.deps, aUser(stage.accountId), { campaignId })
}

test('a subscription that ends in the middle of a campaign stops it; a new one finishes it and texts nobody twice', async () => {
  const subscriptionId = await aPlan(stage)
  const campaignId = (await aCampaignOf(12)) as never
  const sender = await aTestSender(world)
  const sent: ClaimedMessage[] = [...(await sender.step(campaignId, 5))]

  stage.payments.control.setSubscription(subscriptionId, { kind: 'end' })
  await settle(stage)
  expect(await sender.run(campaignId)).toEqual([])
  expect(await campaignNow(campaignId)).toEqual({
    state: 'paused',
    reason: 'subscription_inactive',
    detail: null,
  })

  await aPlan(stage)
  await resumePaused(world.deps, { carrierAvailable: true })
  sent.push(...(await sender.run(campaignId)))

  expect(sent).toHaveLength(12)
  expect(new Set(sent.map((message) => message.phone)).size).toBe(12)
})

test('a disputed payment stops a campaign at once; after its end a person resumes it, and nobody is texted twice', async () => {
  const paymentId = await aPaidPack(stage)
  await settle(stage)
  const campaignId = (await aCampaignOf(6)) as never
  const sender = await aTestSender(world)
  const sent: ClaimedMessage[] = [...(await sender.step(campaignId, 2))]

  const dispute = stage.payments.control.dispute(paymentId, { inquiry: true })
  await settle(stage)
  expect(await sender.run(campaignId)).toEqual([])
  expect(await campaignNow(campaignId)).toEqual({ state: 'paused', reason: 'billing_dispute', detail: null })
  expect(await resume(campaignId)).toMatchObject({ ok: false, reason: 'billing-dispute' })

  stage.payments.control.moveDispute(dispute, 'warning_closed')
  await settle(stage)
  await resumePaused(world.deps, { carrierAvailable: true })
  expect(await campaignNow(campaignId)).toEqual({ state: 'paused', reason: 'billing_dispute', detail: null })

  expect(await resume(campaignId)).toMatchObject({ ok: true })
  sent.push(...(await sender.run(campaignId)))
  expect(new Set(sent.map((message) => message.phone)).size).toBe(6)
  expect(sent).toHaveLength(6)
})

test('credits that are taken back after use are owed, pause a campaign at once, and let it go on when they are paid', async () => {
  const paymentId = await aPaidPack(stage)
  await settle(stage)
  const campaignId = (await aCampaignOf(6)) as never
  const sender = await aTestSender(world)
  const sent: ClaimedMessage[] = [...(await sender.step(campaignId, 2))]

  stage.payments.control.refund(paymentId)
  await settle(stage)

  expect(await sender.run(campaignId)).toEqual([])
  expect(await campaignNow(campaignId)).toEqual({
    state: 'paused',
    reason: 'credits_exhausted',
    detail: 'in-debt',
  })
  expect((await creditsOf(stage)).debt).toBeGreaterThan(0)

  await aPaidPack(stage)
  await settle(stage)
  expect((await creditsOf(stage)).debt).toBe(0)
  await resumePaused(world.deps, { carrierAvailable: true })
  sent.push(...(await sender.run(campaignId)))
  expect(sent).toHaveLength(6)
  expect(new Set(sent.map((message) => message.phone)).size).toBe(6)
})
