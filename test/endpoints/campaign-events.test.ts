import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  cancelCampaign,
  drainCancelled,
  pauseCampaign,
  resumeCampaign,
  updateCampaign,
} from '../../src/slices/campaigns/index.js'
import { explainFailure, measureSegments } from '../../src/slices/carrier/index.js'
import { followEvents, firstPlace } from '../../src/slices/endpoints/follow-events.js'
import { updateEndpoint } from '../../src/slices/endpoints/update-endpoint.js'
import {
  anAdministrator,
  anAudience,
  aRunningCampaign,
  aUser,
  type CampaignWorld,
} from '../campaigns/campaign-world.js'
import { anEndpoint, booked, endpointWorld, logEvents, type EndpointWorld } from './endpoint-world.js'

let world: EndpointWorld
let campaigns: CampaignWorld

beforeAll(async () => {
  world = await endpointWorld()
  const { db, clock } = world
  campaigns = { ...world, deps: { db, clock, measureSegments, explainFailure, sendRatePerSecond: 100 } }
})

afterAll(() => world.stop())

const TYPES = [
  'campaign.scheduled',
  'campaign.started',
  'campaign.paused',
  'campaign.resumed',
  'campaign.completed',
  'campaign.cancelled',
]

/** More events than any look back at the log would go through. */
const NOISE = 6_000

const noise = (accountId: AccountId, count: number): Promise<void> =>
  logEvents(
    world,
    accountId,
    Array.from({ length: count }, () => booked(newId())),
  )

async function follow(): Promise<void> {
  const place = firstPlace()
  while ((await followEvents(world.deps, place)) > 0);
}

async function told(endpointId: string): Promise<[string, unknown][]> {
  const rows = await readQuery<{ body: string }>(
    world.db,
    '/* test */ select body from webhook_delivery where endpoint_id = $1 order by seq, part',
    [endpointId],
  )
  return rows.map(({ body }) => {
    const { type, data } = JSON.parse(body) as { type: string; data: Record<string, unknown> }
    return [type, data['reason'] ?? null]
  })
}

test('each step of a campaign is told once and by its name, whoever follows at once, or late and page by page', async () => {
  const { accountId } = await anAudience(campaigns, 10, 3)
  const prompt = await anEndpoint(world, accountId, { eventTypes: TYPES })
  const late = await anEndpoint(world, accountId, { eventTypes: TYPES })
  const turn = (enabled: boolean) =>
    updateEndpoint(world.deps, accountId, late.id, { enabled, actor: 'test' })
  await turn(false)
  const { campaignId } = await aRunningCampaign(campaigns, accountId)
  const user = aUser(accountId)
  const steps: (() => Promise<unknown>)[] = [
    () => renamed(accountId, campaignId, 'Summer'),
    () => pauseCampaign(campaigns.deps, user, { campaignId }),
    () => renamed(accountId, campaignId, 'Autumn'),
    () => pauseCampaign(campaigns.deps, anAdministrator(accountId), { campaignId }),
    () => noise(accountId, 130),
    () => resumeCampaign(campaigns.deps, anAdministrator(accountId), { campaignId }),
    () => cancelCampaign(campaigns.deps, user, { campaignId }),
    () => noise(accountId, NOISE),
    () => drainCancelled(campaigns.deps),
  ]
  for (const step of steps) {
    expect((await step()) ?? { ok: true }).not.toMatchObject({ ok: false })
    // The machine's time may go back in between: what follows what is told by the log alone.
    world.clock.advance({ minutes: -1 })
    await follow()
  }
  await turn(true)
  await follow()

  const expected = [
    ['campaign.started', null],
    ['campaign.paused', 'by_user'],
    ['campaign.paused', 'by_administrator'],
    ['campaign.resumed', null],
    ['campaign.cancelled', null],
  ]
  expect(await told(prompt.id)).toEqual(expected)
  expect(await told(late.id)).toEqual(expected)
}, 60_000)

async function renamed(accountId: AccountId, campaignId: CampaignId, name: string): Promise<unknown> {
  return updateCampaign(campaigns.deps, aUser(accountId), { campaignId, name })
}

test('events of campaigns hold states, and never the text that a campaign sends', async () => {
  const { accountId } = await anAudience(campaigns, 10, 1)
  const { campaignId } = await aRunningCampaign(campaigns, accountId, { template: 'A text of its own.' })
  await renamed(accountId, campaignId, 'Winter')
  await cancelCampaign(campaigns.deps, aUser(accountId), { campaignId })
  await drainCancelled(campaigns.deps)

  const rows = await readQuery<{ payload: object }>(
    world.db,
    `/* test */ select payload from account_event where account_id = $1 and topic = 'campaigns'`,
    [accountId],
  )
  expect(rows.length).toBeGreaterThan(4)
  expect(JSON.stringify(rows)).not.toContain('A text of its own.')
})
