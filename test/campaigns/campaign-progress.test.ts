import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  campaignProgress,
  cancelCampaign,
  drainCancelled,
  pauseCampaign,
  prepareAudiences,
  resumeCampaign,
  startCampaign,
} from '../../src/slices/campaigns/index.js'
import { sumOfCounts } from '../../src/slices/campaigns/domain/progress.js'
import type { ClaimedMessage } from '../../src/slices/messages/index.js'
import { aSendingAccount } from '../support/builders/messages.js'
import {
  accept,
  aCampaignWorld,
  aDraft,
  aTestSender,
  aUser,
  people,
  quoted,
  theyRefuse,
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

const answers: Record<string, Answer> = {
  accepted: accept,
  open: () => null,
  unknown: () => ({ kind: 'unknown', reason: 'timeout' }),
  failed: () => ({
    kind: 'not_sent',
    failureClass: 'P',
    retryable: false,
    optedOut: false,
    blocksSender: false,
    errorCode: 21211,
    reason: 'x',
  }),
  later: () => ({
    kind: 'not_sent',
    failureClass: 'R',
    retryable: true,
    optedOut: false,
    blocksSender: false,
    errorCode: 20429,
    reason: 'x',
  }),
  optedOut: () => ({
    kind: 'not_sent',
    failureClass: 'O',
    retryable: false,
    optedOut: true,
    blocksSender: false,
    errorCode: 21610,
    reason: 'x',
  }),
}

const step = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    answer: fc.constantFrom(...Object.keys(answers)),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    do: fc.constantFrom(
      'prepare' as const,
      'pause' as const,
      'resume' as const,
      'wait' as const,
      'settle' as const,
    ),
  }),
  fc.record({ do: fc.constant('revoke' as const), place: fc.nat(11) }),
)

test('whatever happens, every recipient is in exactly one count, and credits are those of the messages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.boolean(), async (steps, cancels) => {
      const accountId = await aSendingAccount(world.db, 9)
      const made = await people(
        world,
        accountId,
        Array.from({ length: 12 }, (_, place) => ({
          consent: place % 5 === 4 ? ('none' as const) : ('granted' as const),
        })),
      )
      const campaignId = await aDraft(world, accountId)
      const { id: quoteId } = await quoted(world, accountId, campaignId)
      await startCampaign(world.deps, aUser(accountId), { campaignId, quoteId })
      const open: ClaimedMessage[] = []

      const check = async (): Promise<void> => {
        const progress = (await campaignProgress(world.deps, accountId, campaignId))!
        expect(sumOfCounts(progress)).toBe(12)
        expect(progress.heldCredits).toBe(progress.inFlight + progress.unknown)
        expect(progress.capturedCredits).toBe(progress.accepted + progress.unproven)
      }

      await check()
      for (const each of steps) {
        if (each.do === 'prepare') await prepareAudiences(world.deps)
        else if (each.do === 'pause') await pauseCampaign(world.deps, aUser(accountId), { campaignId })
        else if (each.do === 'resume') await resumeCampaign(world.deps, aUser(accountId), { campaignId })
        else if (each.do === 'wait') world.clock.advance({ minutes: 10 })
        else if (each.do === 'revoke') await theyRefuse(world, accountId, [made[each.place]!.phone])
        else if (each.do === 'settle') {
          const reports = open
            .splice(0)
            .map((message) => ({ attemptId: message.attemptId, outcome: accept(message)! }))
          await sender.settle(accountId, campaignId, reports)
        } else if ('answer' in each) {
          const claimed = await sender.step(campaignId, each.limit, answers[each.answer])
          if (each.answer === 'open' || each.answer === 'unknown') open.push(...claimed)
        }
        await check()
      }
      if (cancels) {
        await cancelCampaign(world.deps, aUser(accountId), { campaignId })
        await check()
        await drainCancelled(world.deps)
        await check()
      }
    }),
    { numRuns: 25 },
  )
})

test('the rate is that of the last seconds, and says how long the rest takes', async () => {
  const accountId = await aSendingAccount(world.db, 100)
  await people(
    world,
    accountId,
    Array.from({ length: 30 }, () => ({})),
  )
  const campaignId = await aDraft(world, accountId)
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  await startCampaign(world.deps, aUser(accountId), { campaignId, quoteId })
  await prepareAudiences(world.deps)

  await sender.step(campaignId, 20)

  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    ratePerSecond: 2,
    secondsLeft: 5,
    nextOrdinal: 21,
    pending: 10,
  })
})

test('a draft has no audience yet, and an unknown campaign no progress', async () => {
  const accountId = await aSendingAccount(world.db, 0)
  const campaignId = await aDraft(world, accountId)

  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    state: 'draft',
    audienceSize: 0,
    nextOrdinal: null,
  })
  const stranger = await aSendingAccount(world.db, 0)
  expect(await campaignProgress(world.deps, stranger, campaignId)).toBeNull()
  const events = await readQuery<{ n: number }>(
    world.db,
    `/* test */ select count(*)::int as n from account_event where account_id = $1 and topic = 'campaigns'`,
    [accountId],
  )
  expect(events[0]!.n).toBe(1)
})
