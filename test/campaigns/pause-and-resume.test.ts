import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountId, CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  campaignFailures,
  campaignProgress,
  cancelCampaign,
  completeFinished,
  drainCancelled,
  findCampaign,
  firstTurn,
  pauseBlocked,
  pauseCampaign,
  prepareAudiences,
  resumeCampaign,
  resumePaused,
  runnableLanes,
  startCampaign,
  type CampaignState,
  type PauseReason,
} from '../../src/slices/campaigns/index.js'
import { resumableCampaigns } from '../../src/slices/campaigns/store/due.js'
import { classifyFailure } from '../../src/slices/carrier/index.js'
import type { ClaimedMessage } from '../../src/slices/messages/index.js'
import { toAttemptOutcome } from '../../src/slices/messages/to-outcome.js'
import { aLot, bucketsOf } from '../support/builders/credits.js'
import {
  accept,
  aCampaignWorld,
  aDraft,
  anAdministrator,
  anAudience,
  aRunningCampaign,
  aTestSender,
  aUser,
  quoted,
  type Answer,
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

const refused =
  (failureClass: string, more: object = {}): Answer =>
  () => ({
    kind: 'not_sent',
    failureClass,
    retryable: false,
    optedOut: false,
    blocksSender: false,
    errorCode: 21211,
    reason: 'invalid number',
    ...more,
  })

function setSubscription(accountId: AccountId, state: string): Promise<unknown> {
  return readQuery(
    world.db,
    '/* test */ update account_control set subscription_state = $2 where account_id = $1',
    [accountId, state],
  )
}

async function stateOf(
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<[CampaignState, PauseReason | null]> {
  const campaign = await findCampaign(world.deps, aUser(accountId), campaignId)
  return [campaign!.state, campaign!.pauseReason]
}

const sweep = (carrierAvailable = true) => resumePaused(world.deps, { carrierAvailable })

test('pauses by itself at the last credit and goes on at exactly the next recipient after a top-up', async () => {
  const { accountId, phones } = await anAudience(world, 3, 6)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })

  const first = await sender.run(campaignId)

  expect(first.map((message) => message.phone)).toEqual(phones.slice(0, 3))
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'credits_exhausted'])
  expect(await bucketsOf(world.db, accountId)).toMatchObject({ available: 0, held: 0, spent: 3 })
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    nextOrdinal: 4,
    pending: 3,
    accepted: 3,
  })
  expect(await sweep()).toEqual({ resumed: 0 })

  await aLot(world.db, accountId, 10)
  expect(await sweep()).toEqual({ resumed: 1 })
  const second = await sender.run(campaignId)

  expect(second.map((message) => message.phone)).toEqual(phones.slice(3))
  expect(await stateOf(accountId, campaignId)).toEqual(['completed', null])
})

test('does not pause while its own calls are under way, since they may give their credits back', async () => {
  const { accountId } = await anAudience(world, 1, 2)
  const { campaignId } = await aRunningCampaign(world, accountId)
  const [under] = await sender.step(campaignId, 10, () => null)

  expect(await stateOf(accountId, campaignId)).toEqual(['running', null])
  await sender.settle(accountId, campaignId, [
    { attemptId: under!.attemptId, outcome: refused('P')(under!)! },
  ])
  const [next] = await sender.run(campaignId)

  expect(next?.phone).not.toBe(under?.phone)
  expect(await stateOf(accountId, campaignId)).toEqual(['completed', null])
})

test('credits that come back after the pause resume the campaign without any top-up', async () => {
  // The stranded case: paused with an unknown outcome open, whose hold is released afterwards.
  const { accountId } = await anAudience(world, 2, 4)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  const calls: ClaimedMessage[] = []
  await sender.step(campaignId, 10, (message) => {
    calls.push(message)
    return { kind: 'unknown', reason: 'timeout' }
  })
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'credits_exhausted'])
  expect(await sweep()).toEqual({ resumed: 0 })

  await sender.settle(accountId, campaignId, [
    { attemptId: calls[0]!.attemptId, outcome: refused('P')(calls[0]!)! },
  ])

  expect(await sweep()).toEqual({ resumed: 1 })
  expect(await sender.run(campaignId)).toHaveLength(1)
})

test('without automatic resume a top-up waits for a person, who is told what is missing until then', async () => {
  const { accountId } = await anAudience(world, 1, 3)
  const { campaignId } = await aRunningCampaign(world, accountId)
  await sender.run(campaignId)
  const resume = () => resumeCampaign(world.deps, aUser(accountId), { campaignId })

  expect(await resume()).toEqual({ ok: false, reason: 'insufficient-credits' })
  await aLot(world.db, accountId, 5)
  expect(await sweep()).toEqual({ resumed: 0 })
  expect(await resume()).toEqual({ ok: true, campaignId })
  expect(await resume()).toEqual({ ok: true, campaignId })
  expect(await sender.run(campaignId)).toHaveLength(2)
})

test('leaves the reserve of the account alone', async () => {
  const { accountId } = await anAudience(world, 3, 3)
  await readQuery(
    world.db,
    '/* test */ update account_control set reserve_credits = 2 where account_id = $1',
    [accountId],
  )
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })

  expect(await sender.run(campaignId)).toHaveLength(1)
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'credits_exhausted'])
  expect(await sweep()).toEqual({ resumed: 0 })
})

test('stops at its cap and goes on only with a higher one', async () => {
  const { accountId } = await anAudience(world, 10, 4)
  const { campaignId } = await aRunningCampaign(world, accountId, { capCredits: 2, autoResume: true })

  expect(await sender.run(campaignId)).toHaveLength(2)
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'cap_reached'])
  expect(await sweep()).toEqual({ resumed: 0 })
  const resume = (capCredits?: number) =>
    resumeCampaign(world.deps, aUser(accountId), { campaignId, ...(capCredits ? { capCredits } : {}) })
  expect(await resume()).toEqual({ ok: false, reason: 'cap-reached' })
  expect(await resume(2)).toEqual({ ok: false, reason: 'cap-reached' })
  expect(await resume(3)).toEqual({ ok: true, campaignId })
  expect(await sender.run(campaignId)).toHaveLength(1)
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'cap_reached'])
})

test('pauses when the subscription lapses, and goes on by itself only if the owner chose it', async () => {
  const { accountId } = await anAudience(world, 10, 3)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  await sender.step(campaignId, 1)
  await setSubscription(accountId, 'canceled')

  expect(await sender.run(campaignId)).toEqual([])
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'subscription_inactive'])
  expect(await sweep()).toEqual({ resumed: 0 })
  expect(await resumeCampaign(world.deps, aUser(accountId), { campaignId })).toEqual({
    ok: false,
    reason: 'subscription-inactive',
  })
  await setSubscription(accountId, 'active')
  expect(await sweep()).toEqual({ resumed: 1 })
  expect(await sender.run(campaignId)).toHaveLength(2)
})

test('a lapse that is over is no reason any more: without credits the campaign pauses again, and says so', async () => {
  const { accountId } = await anAudience(world, 1, 3)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  await sender.step(campaignId, 1)
  await setSubscription(accountId, 'past_due')
  await sender.run(campaignId)
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'subscription_inactive'])
  await setSubscription(accountId, 'active')

  await sweep()
  expect(await sender.run(campaignId)).toEqual([])
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'credits_exhausted'])
  expect(await sweep()).toEqual({ resumed: 0 })
  await aLot(world.db, accountId, 5)
  expect(await sweep()).toEqual({ resumed: 1 })
  expect(await sender.run(campaignId)).toHaveLength(2)
})

test('a stop of the account pauses until a person resumes it afterwards; the platform’s own stop touches no campaign', async () => {
  const { accountId } = await anAudience(world, 10, 3)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  const stop = (table: string, reason: string | null): Promise<unknown> =>
    readQuery(world.db, `/* test */ update ${table} set sending_stopped_reason = $1`, [reason])
  await stop('platform_control', 'incident')
  expect(await sender.run(campaignId)).toEqual([])
  expect(await stateOf(accountId, campaignId)).toEqual(['running', null])
  await stop('platform_control', null)

  await stop('account_control', 'abuse')
  expect(await sender.run(campaignId)).toEqual([])
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'by_administrator'])
  expect(await resumeCampaign(world.deps, aUser(accountId), { campaignId })).toEqual({
    ok: false,
    reason: 'account-stopped',
  })
  await stop('account_control', null)
  expect(await sweep()).toEqual({ resumed: 0 })
  expect(await resumeCampaign(world.deps, aUser(accountId), { campaignId })).toEqual({ ok: true, campaignId })
})

test('an outage of the carrier ends by itself, a refused account does not', async () => {
  const { accountId } = await anAudience(world, 10, 3)
  const { campaignId } = await aRunningCampaign(world, accountId)
  await pauseBlocked(world.deps, accountId, campaignId, 'carrier-unavailable')
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'carrier_unavailable'])
  expect(await sweep(false)).toEqual({ resumed: 0 })
  expect(await sweep(true)).toEqual({ resumed: 1 })

  await sender.step(campaignId, 1, refused('A', { blocksSender: true }))
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'carrier_unavailable'])
  expect(await sweep(true)).toEqual({ resumed: 0 })
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({ pending: 3, failed: 0 })
})

test('a country that is switched off at the carrier fails its own texts and keeps nobody else waiting', async () => {
  const { accountId } = await anAudience(world, 10, 3)
  const { campaignId } = await aRunningCampaign(world, accountId)
  const rule = classifyFailure({ moment: 'create', code: 21408, httpStatus: 400 })
  const switchedOff = toAttemptOutcome({
    kind: 'not_sent',
    class: rule.class,
    cause: 'refused',
    code: 21408,
    httpStatus: 400,
    reasonText: rule.words,
  })

  await sender.step(campaignId, 1, () => switchedOff)
  expect(await stateOf(accountId, campaignId)).toEqual(['running', null])
  expect(await sender.run(campaignId)).toHaveLength(2)

  expect(await stateOf(accountId, campaignId)).toEqual(['completed', null])
  expect(await campaignFailures(world.deps, aUser(accountId), campaignId)).toMatchObject([
    { failureClass: 'D', errorCode: 21408, messages: 1, words: rule.words },
  ])
  expect(await bucketsOf(world.db, accountId)).toMatchObject({ available: 8, held: 0, spent: 2 })
})

test('pauses when more than half of a hundred texts fail, and counts anew after a person resumes', async () => {
  const { accountId } = await anAudience(world, 1_000, 300)
  const { campaignId } = await aRunningCampaign(world, accountId)

  await sender.step(campaignId, 99, refused('P'))
  expect(await stateOf(accountId, campaignId)).toEqual(['running', null])
  await sender.step(campaignId, 1, refused('P'))
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'error_rate'])
  expect(await sweep()).toEqual({ resumed: 0 })
  expect(await campaignFailures(world.deps, aUser(accountId), campaignId)).toMatchObject([
    { failureClass: 'P', errorCode: 21211, messages: 100, words: expect.any(String) },
  ])
  await resumeCampaign(world.deps, aUser(accountId), { campaignId })
  await sender.step(campaignId, 50, refused('P'))
  expect(await stateOf(accountId, campaignId)).toEqual(['running', null])
})

test('a person’s pause outlives top-ups; the platform’s pause is the platform’s to end', async () => {
  const { accountId } = await anAudience(world, 1, 3)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  await sender.run(campaignId)
  expect(await pauseCampaign(world.deps, aUser(accountId), { campaignId })).toEqual({
    ok: true,
    campaignId,
    inFlight: 0,
    drainedBy: null,
  })
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'by_user'])
  await aLot(world.db, accountId, 10)
  expect(await sweep()).toEqual({ resumed: 0 })

  await pauseCampaign(world.deps, anAdministrator(accountId), { campaignId })
  await pauseCampaign(world.deps, aUser(accountId), { campaignId })
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'by_administrator'])
  expect(await resumeCampaign(world.deps, aUser(accountId), { campaignId })).toEqual({
    ok: false,
    reason: 'paused-by-administrator',
  })
  expect(await resumeCampaign(world.deps, anAdministrator(accountId), { campaignId })).toEqual({
    ok: true,
    campaignId,
  })
})

test('pause and cancel tell what is in flight and until when; nothing is claimed after them', async () => {
  const { accountId } = await anAudience(world, 10, 6)
  const { campaignId } = await aRunningCampaign(world, accountId)
  const [lane] = (await runnableLanes(world.deps)).filter((each) => each.campaignId === campaignId)
  const under = await sender.step(campaignId, 2, () => null)
  const by = world.clock.now().plus({ seconds: 30 }).toJSDate()

  expect(await pauseCampaign(world.deps, aUser(accountId), { campaignId })).toMatchObject({
    ok: true,
    inFlight: 2,
    drainedBy: by,
  })
  expect(await sender.step(campaignId, 10)).toEqual([])
  expect(lane).toBeDefined()
  expect(await cancelCampaign(world.deps, aUser(accountId), { campaignId })).toMatchObject({
    ok: true,
    inFlight: 2,
    drainedBy: by,
  })

  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    state: 'cancelled',
    inFlight: 2,
    cancelled: 4,
    pending: 0,
    heldCredits: 2,
  })
  expect(await drainCancelled(world.deps)).toEqual({ drained: 0 })
  await sender.settle(accountId, campaignId, [
    { attemptId: under[0]!.attemptId, outcome: accept(under[0]!)! },
    { attemptId: under[1]!.attemptId, outcome: refused('R', { retryable: true })(under[1]!)! },
  ])
  expect(await drainCancelled(world.deps)).toEqual({ drained: 1 })
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    accepted: 1,
    cancelled: 5,
    inFlight: 0,
    pending: 0,
    heldCredits: 0,
  })
})

test('a campaign cancelled before everybody was prepared counts the rest as cancelled, and prepares nobody more', async () => {
  const { accountId } = await anAudience(world, 10, 2_300)
  const campaignId = await aDraft(world, accountId)
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  await startCampaign(world.deps, aUser(accountId), { campaignId, quoteId })
  expect(await prepareAudiences(world.deps)).toMatchObject({ prepared: 2_000 })

  await cancelCampaign(world.deps, aUser(accountId), { campaignId })

  expect(await prepareAudiences(world.deps)).toEqual({ prepared: 0, more: false })
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    audienceSize: 2_300,
    cancelled: 2_300,
    pending: 0,
    unprepared: 0,
    nextOrdinal: null,
  })
})

test('completes only when nothing waits, is in flight or unknown', async () => {
  const { accountId } = await anAudience(world, 10, 2)
  const { campaignId } = await aRunningCampaign(world, accountId)
  const [first, second] = await sender.step(campaignId, 2, () => null)

  await sender.settle(accountId, campaignId, [{ attemptId: first!.attemptId, outcome: accept(first!)! }])
  expect(await completeFinished(world.deps)).toEqual({ completed: 0 })
  await sender.settle(accountId, campaignId, [
    { attemptId: second!.attemptId, outcome: { kind: 'unknown', reason: 'timeout' } },
  ])
  expect(await completeFinished(world.deps)).toEqual({ completed: 0 })
  await sender.settle(accountId, campaignId, [{ attemptId: second!.attemptId, outcome: accept(second!)! }])
  await completeFinished(world.deps)
  expect(await stateOf(accountId, campaignId)).toEqual(['completed', null])
  expect(await cancelCampaign(world.deps, aUser(accountId), { campaignId })).toEqual({
    ok: false,
    reason: 'finished',
  })
})

test('campaigns that cannot go on never keep the others waiting, however many they are', async () => {
  const short = await anAudience(world, 3, 2)
  const template = 'x'.repeat(200)
  const stuck: CampaignId[] = []
  for (let made = 0; made < 3; made += 1)
    stuck.push((await aRunningCampaign(world, short.accountId, { autoResume: true, template })).campaignId)
  for (const campaignId of stuck) await sender.run(campaignId)
  const { accountId } = await anAudience(world, 1, 2)
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  await sender.run(campaignId)
  await aLot(world.db, accountId, 10)
  expect(await stateOf(accountId, campaignId)).toEqual(['paused', 'credits_exhausted'])
  for (const each of stuck)
    expect(await stateOf(short.accountId, each)).toEqual(['paused', 'credits_exhausted'])

  const turn = firstTurn()
  const ahead = await readQuery(
    world.db,
    "/* test */ select from campaign_control where state = 'paused' and campaign_id <> $1",
    [campaignId],
  )
  for (let pass = 0; pass <= ahead.length; pass += 1)
    await resumePaused(world.deps, { carrierAvailable: true, turn, limit: 1 })

  expect(await stateOf(accountId, campaignId)).toEqual(['running', null])
  for (const each of stuck)
    expect(await stateOf(short.accountId, each)).toEqual(['paused', 'credits_exhausted'])
})

test('what only a person can mend is not even looked at by the sweep', async () => {
  const { accountId } = await anAudience(world, 100, 4)
  const refusedOne = await aRunningCampaign(world, accountId, { autoResume: true })
  await sender.step(refusedOne.campaignId, 1, refused('C', { blocksSender: true }))
  const capped = await aRunningCampaign(world, accountId, { autoResume: true, capCredits: 2 })
  await sender.run(capped.campaignId)
  const outage = await aRunningCampaign(world, accountId)
  await pauseBlocked(world.deps, accountId, outage.campaignId, 'carrier-unavailable')
  expect(await stateOf(accountId, capped.campaignId)).toEqual(['paused', 'cap_reached'])

  const looked = async (carrierAvailable: boolean): Promise<CampaignId[]> => {
    const { after } = firstTurn()
    const found = await resumableCampaigns(world.db, { accountId, after, carrierAvailable, limit: 10 })
    return found.map((one) => one.campaignId)
  }
  expect(await looked(false)).toEqual([])
  expect(await looked(true)).toEqual([outage.campaignId])
})
