import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  campaignProgress,
  findCampaign,
  scheduleCampaign,
  startCampaign,
  startDue,
  unscheduleCampaign,
  updateCampaign,
} from '../../src/slices/campaigns/index.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aTestSender,
  aUser,
  people,
  prepareAll,
  quoted,
  type CampaignWorld,
} from './campaign-world.js'

let world: CampaignWorld

beforeAll(async () => {
  world = await aCampaignWorld()
})
afterAll(() => world.drop())

async function aScheduledCampaign(
  credits: number,
  count: number,
  inHours = 48,
): Promise<{ accountId: AccountId; campaignId: CampaignId }> {
  const { accountId } = await anAudience(world, credits, count)
  const campaignId = await aDraft(world, accountId)
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  const startAt = world.clock.now().plus({ hours: inHours }).toJSDate()
  const result = await scheduleCampaign(world.deps, aUser(accountId), { campaignId, quoteId, startAt })
  expect(result).toEqual({ ok: true, campaignId })
  return { accountId, campaignId }
}

const shown = async (accountId: AccountId, campaignId: CampaignId) =>
  findCampaign(world.deps, aUser(accountId), campaignId)

test('starts when its time has come and not before, once, whoever looks', async () => {
  const { accountId, campaignId } = await aScheduledCampaign(10, 3)
  expect(await startDue(world.deps)).toEqual({ started: 0, refused: 0 })

  world.clock.advance({ hours: 48 })
  const looks = await Promise.all([startDue(world.deps), startDue(world.deps), startDue(world.deps)])

  expect(looks.reduce((sum, look) => sum + look.started, 0)).toBe(1)
  expect(await shown(accountId, campaignId)).toMatchObject({ state: 'running', capCredits: 3 })
})

test('people who joined since get it too, within the credits of the accepted quote', async () => {
  const { accountId, campaignId } = await aScheduledCampaign(10, 3)
  await people(world, accountId, [{}, {}])
  world.clock.advance({ hours: 48 })
  await startDue(world.deps)
  await prepareAll(world)

  const sent = await (await aTestSender(world)).run(campaignId)

  expect(sent).toHaveLength(3)
  expect(await shown(accountId, campaignId)).toMatchObject({ state: 'paused', pauseReason: 'cap_reached' })
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    audienceSize: 5,
    pending: 2,
  })
})

test('starts and pauses with the reason when the subscription has lapsed by then', async () => {
  const { accountId, campaignId } = await aScheduledCampaign(10, 2)
  await readQuery(
    world.db,
    `/* test */ update account_control set subscription_state = 'canceled' where account_id = $1`,
    [accountId],
  )
  world.clock.advance({ hours: 48 })
  await startDue(world.deps)
  await prepareAll(world)

  expect(await (await aTestSender(world)).run(campaignId)).toEqual([])
  expect(await shown(accountId, campaignId)).toMatchObject({
    state: 'paused',
    pauseReason: 'subscription_inactive',
  })
})

test('becomes a draft that says why when nobody is left to text', async () => {
  const { accountId, campaignId } = await aScheduledCampaign(10, 2)
  await readQuery(
    world.db,
    '/* test */ update contact set deleted_at = clock_timestamp() where account_id = $1',
    [accountId],
  )
  world.clock.advance({ hours: 48 })

  expect(await startDue(world.deps)).toEqual({ started: 0, refused: 1 })
  expect(await shown(accountId, campaignId)).toMatchObject({
    state: 'draft',
    startProblem: 'audience-empty',
    scheduledAt: null,
    quoteId: null,
  })
})

test('unscheduling makes a draft again; scheduling again moves the time', async () => {
  const { accountId, campaignId } = await aScheduledCampaign(10, 2)
  const caller = aUser(accountId)
  expect(await updateCampaign(world.deps, caller, { campaignId, template: 'New' })).toEqual({
    ok: false,
    reason: 'not-draft',
  })
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  const startAt = world.clock.now().plus({ hours: 1 }).toJSDate()
  expect(await scheduleCampaign(world.deps, caller, { campaignId, quoteId, startAt })).toEqual({
    ok: true,
    campaignId,
  })
  expect(await shown(accountId, campaignId)).toMatchObject({
    state: 'scheduled',
    scheduledAt: startAt,
    quoteId,
  })

  expect(await unscheduleCampaign(world.deps, caller, { campaignId })).toEqual({ ok: true, campaignId })
  expect(await unscheduleCampaign(world.deps, caller, { campaignId })).toEqual({ ok: true, campaignId })
  world.clock.advance({ hours: 2 })
  expect(await startDue(world.deps)).toEqual({ started: 0, refused: 0 })
  expect(await shown(accountId, campaignId)).toMatchObject({
    state: 'draft',
    scheduledAt: null,
    quoteId: null,
    capCredits: null,
  })
})

test('refuses a time that has passed, one beyond a year, one after the expiry, and a quote that does not hold', async () => {
  const { accountId } = await anAudience(world, 10, 2)
  const caller = aUser(accountId)
  const expiresAt = world.clock.now().plus({ hours: 5 }).toJSDate()
  const campaignId = await aDraft(world, accountId, { expiresAt })
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  const inHours = (hours: number) =>
    scheduleCampaign(world.deps, caller, {
      campaignId,
      quoteId,
      startAt: world.clock.now().plus({ hours }).toJSDate(),
    })

  expect(await inHours(0)).toEqual({ ok: false, reason: 'time-out-of-range' })
  expect(await inHours(24 * 367)).toEqual({ ok: false, reason: 'time-out-of-range' })
  expect(await inHours(5)).toEqual({ ok: false, reason: 'starts-after-expiry' })
  await updateCampaign(world.deps, caller, { campaignId, template: 'New' })
  expect(await inHours(1)).toMatchObject({ ok: false, reason: 'quote-stale' })
  const { id: fresh } = await quoted(world, accountId, campaignId)
  world.clock.advance({ hours: 6 })
  expect(await startCampaign(world.deps, caller, { campaignId, quoteId: fresh })).toEqual({
    ok: false,
    reason: 'too-late',
  })
  expect(await startCampaign(world.deps, caller, { campaignId, quoteId: newId() })).toEqual({
    ok: false,
    reason: 'quote-not-found',
  })
})
