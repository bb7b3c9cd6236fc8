import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  approveCampaign,
  pauseCampaign,
  resumeCampaign,
  resumePaused,
} from '../../src/slices/campaigns/index.js'
import { needsApproval } from '../../src/slices/campaigns/domain/runaway-rule.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { aCampaignWorld, anAudience, aRunningCampaign, aUser, type CampaignWorld } from './campaign-world.js'

let world: CampaignWorld
beforeAll(async () => {
  world = await aCampaignWorld()
})
afterAll(() => world.drop())

async function stateOf(campaignId: CampaignId) {
  const [row] = await readQuery<{ state: string; reason: string | null; approved: string | null }>(
    world.db,
    `/* test */ select state, pause_reason as reason, approved_credits as approved from campaign_control where campaign_id = $1`,
    [campaignId],
  )
  return row
}

test('a quarter of a million credits ask no questions; beyond that ten times the largest campaign so far does', () => {
  const judge = (capCredits: number, largestBefore = 0, approvedCredits = 0) =>
    needsApproval({ capCredits, largestBefore, approvedCredits })
  expect([judge(5_000), judge(250_000), judge(250_001)]).toEqual([false, false, true])
  expect([judge(1_000_000, 100_000), judge(1_000_001, 100_000)]).toEqual([false, true])
  expect([judge(900_000, 0, 900_000), judge(900_001, 0, 900_000)]).toEqual([false, true])
})

test('a campaign of a usual size starts without approval', async () => {
  const { accountId } = await anAudience(world, 100, 5)
  const { campaignId } = await aRunningCampaign(world, accountId)
  expect(await stateOf(campaignId)).toMatchObject({ state: 'running' })
})

test('one that would use far more than ever pauses before its first text, and goes on when an owner approves', async () => {
  const { accountId } = await anAudience(world, 100, 5)
  await dearTexts()
  const { campaignId } = await aRunningCampaign(world, accountId)
  const ada = aUser(accountId)

  expect(await stateOf(campaignId)).toMatchObject({ state: 'paused', reason: 'runaway_guard' })
  await resumePaused(world.deps, { carrierAvailable: true })
  expect(await resumeCampaign(world.deps, ada, { campaignId })).toEqual({
    ok: false,
    reason: 'approval-needed',
  })
  expect(await stateOf(campaignId)).toMatchObject({ state: 'paused', reason: 'runaway_guard' })

  expect(await approveCampaign(world.deps, ada, { campaignId, reason: 'Big sale' })).toMatchObject({
    ok: true,
  })

  expect(await stateOf(campaignId)).toMatchObject({ state: 'running', approved: '300000' })
  const events = await readEvents(world.db, { accountId, afterSeq: 0, topics: ['operations'], limit: 10 })
  expect(events.map(({ payload }) => payload['kind'])).toEqual(['held_for_approval', 'approved'])
})

test('pausing, raising the cap and resuming is no way around', async () => {
  const { accountId } = await anAudience(world, 100, 5)
  const { campaignId } = await aRunningCampaign(world, accountId, { capCredits: 1_000 })
  const ada = aUser(accountId)
  await pauseCampaign(world.deps, ada, { campaignId })

  const raised = await resumeCampaign(world.deps, ada, { campaignId, capCredits: 300_000 })

  expect(raised).toEqual({ ok: false, reason: 'approval-needed' })
})

/** Five people at 60,000 credits each, for every quote from here on. */
async function dearTexts(): Promise<void> {
  await readQuery(
    world.db,
    `/* test */ insert into price_book (version, country, credits_per_segment, effective_at, published_by)
     values (2, 'US', 60000, '2026-02-01', 'test')`,
  )
}
