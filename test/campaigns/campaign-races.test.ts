import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AccountId, CampaignId, QuoteId } from '../../src/kernel/ids.js'
import { createDataSource } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  campaignProgress,
  cancelCampaign,
  findCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
  type CampaignDeps,
} from '../../src/slices/campaigns/index.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  aTestSender,
  aUser,
  prepareAll,
  quoted,
  type CampaignWorld,
} from './campaign-world.js'

// Two processes as far as the database is concerned: each has its own pool and knows nothing of the other's turns.
let world: CampaignWorld
let other: CampaignDeps
let closeOther: () => Promise<void>

beforeAll(async () => {
  world = await aCampaignWorld()
  const dataSource = createDataSource({ url: world.url, poolSize: 10, applicationName: 'test-other' })
  await dataSource.initialize()
  other = { ...world.deps, db: { dataSource } }
  closeOther = () => dataSource.destroy()
})
afterAll(async () => {
  await closeOther()
  await world.drop()
})

async function history(campaignId: CampaignId): Promise<string[]> {
  const rows = await readQuery<{ state: string }>(
    world.db,
    `/* test */ select state from control_event where kind = 'campaign' and key = $1 order by ord`,
    [campaignId],
  )
  return rows.map((row) => row.state)
}

test('many starts at once freeze the audience once', async () => {
  const { accountId } = await anAudience(world, 10, 40)
  const campaignId = await aDraft(world, accountId)
  const { id: quoteId } = await quoted(world, accountId, campaignId)

  const results = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      startCampaign(at % 2 === 0 ? world.deps : other, aUser(accountId), { campaignId, quoteId }),
    ),
  )

  expect(results).toEqual(results.map(() => ({ ok: true, campaignId })))
  await prepareAll(world)
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    audienceSize: 40,
    pending: 40,
  })
  expect(await history(campaignId)).toEqual(['draft', 'running'])
})

test('a start and a cancellation at once end in one of the two orders', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { accountId } = await anAudience(world, 10, 3)
    const campaignId = await aDraft(world, accountId)
    const { id: quoteId } = await quoted(world, accountId, campaignId)

    const [started, cancelled] = await Promise.all([
      startCampaign(world.deps, aUser(accountId), { campaignId, quoteId }),
      cancelCampaign(other, aUser(accountId), { campaignId }),
    ])

    expect(cancelled.ok).toBe(true)
    expect(await history(campaignId)).toEqual(
      started.ok ? ['draft', 'running', 'cancelled'] : ['draft', 'cancelled'],
    )
    if (!started.ok) expect(started.reason).toBe('finished')
  }
})

test('pauses, resumes, cancellations and claims from several processes never send while paused or twice', async () => {
  const sender = await aTestSender(world)
  type Step = 'pause' | 'resume' | 'cancel' | 'claim'
  const steps = fc.array(fc.constantFrom<Step>('pause', 'resume', 'claim', 'claim', 'claim'), {
    minLength: 2,
    maxLength: 12,
  })

  async function play(
    accountId: AccountId,
    campaignId: CampaignId,
    plan: readonly Step[],
    deps: CampaignDeps,
  ): Promise<string[]> {
    const sent: string[] = []
    for (const step of plan) {
      if (step === 'claim') sent.push(...(await sender.step(campaignId, 2)).map((message) => message.phone))
      else if (step === 'pause') await pauseCampaign(deps, aUser(accountId), { campaignId })
      else if (step === 'resume') await resumeCampaign(deps, aUser(accountId), { campaignId })
      else await cancelCampaign(deps, aUser(accountId), { campaignId })
    }
    return sent
  }

  await fc.assert(
    fc.asyncProperty(steps, steps, fc.boolean(), async (left, right, cancels) => {
      const { accountId } = await anAudience(world, 100, 12)
      const { campaignId } = await aRunningCampaign(world, accountId)

      const [first, second] = await Promise.all([
        play(accountId, campaignId, left, world.deps),
        play(accountId, campaignId, cancels ? [...right, 'cancel', 'claim'] : right, other),
      ])

      const sent = [...first, ...second]
      expect(new Set(sent).size).toBe(sent.length)
      const progress = await campaignProgress(world.deps, accountId, campaignId)
      expect(progress).toMatchObject({ accepted: sent.length, capturedCredits: sent.length, inFlight: 0 })
      const state = (await findCampaign(world.deps, aUser(accountId), campaignId))!.state
      if (cancels) expect(state === 'cancelled' || state === 'completed').toBe(true)
      expect(await claimsWhileNotRunning(campaignId)).toBe(0)
    }),
    { numRuns: 15 },
  )
})

/** The order of events is drawn under the row locks, so it shows what each claim could have known. */
async function claimsWhileNotRunning(campaignId: CampaignId): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    world.db,
    `/* test */ select count(*)::int as n from claim c where c.campaign_id = $1 and 'running' is distinct from (
       select state from control_event e where e.kind = 'campaign' and e.key = $1 and e.ord < c.ord order by e.ord desc limit 1)`,
    [campaignId],
  )
  return row!.n
}

test('a quote that another process made starts the campaign', async () => {
  const { accountId } = await anAudience(world, 10, 2)
  const campaignId = await aDraft(world, accountId)
  const { id }: { id: QuoteId } = await quoted({ ...world, deps: other }, accountId, campaignId)

  expect(await startCampaign(world.deps, aUser(accountId), { campaignId, quoteId: id })).toEqual({
    ok: true,
    campaignId,
  })
})
