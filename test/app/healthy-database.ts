import type { AccountId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { expireLots, rollBackGrant } from '../../src/slices/credits/index.js'
import { settleAttempts } from '../../src/slices/messages/index.js'
import { aLot, locked, NOW, refund } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  claim,
  settle,
  sidOf,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import type { TestDatabase } from '../support/database.js'
import {
  aCampaignWorld,
  aRunningCampaign,
  aTestSender,
  people,
  theyRefuse,
  type Answer,
  type CampaignWorld,
} from '../campaigns/campaign-world.js'

/** A database with a message of every state, an attempt of every state and a transfer of every kind; all made by the program. */
export async function aHealthyDatabase(): Promise<TestDatabase> {
  const world = await aCampaignWorld()
  await aCampaignInTheMiddle(world)
  await anUnprovenText(world)
  await aDebtor(world)
  await aRecipientWhoWasBusy(world)
  await aLateProof(world)
  return world
}

const later: Answer = () => refusal('R', true)
const never: Answer = () => refusal('P', false)
const lost: Answer = () => ({ kind: 'unknown', reason: 'timeout' })

function refusal(failureClass: string, retryable: boolean): ReturnType<Answer> {
  const certain = { optedOut: false, blocksSender: false, errorCode: 21211, reason: 'refused' }
  return { kind: 'not_sent', failureClass, retryable, ...certain }
}

/** Recipients 1 to 11 have come to an end or are unknown, 12 and 13 are at the carrier, one has revoked, the rest waits. */
async function aCampaignInTheMiddle(world: CampaignWorld): Promise<void> {
  const accountId = await aSendingAccount(world.db, 40)
  const audience = await people(
    world,
    accountId,
    Array.from({ length: 18 }, () => ({})),
  )
  const { campaignId } = await aRunningCampaign(world, accountId)
  await theyRefuse(world, accountId, [audience[13]!.phone])
  const sender = await aTestSender(world)
  const settling = { db: world.db, clock: world.clock, random: seededRandom(1) }

  const [first] = await sender.step(campaignId, 4)
  await sender.step(campaignId, 2, later)
  await sender.step(campaignId, 2, never)
  const [found, absent] = await sender.step(campaignId, 3, lost)
  world.clock.advance({ minutes: 5 })
  await settleAttempts(
    settling,
    accountId,
    [
      { attemptId: found!.attemptId, outcome: { kind: 'accepted', sid: sidOf(found!.attemptId) } },
      { attemptId: absent!.attemptId, outcome: { kind: 'absent' } },
    ],
    'look_up',
  )
  world.clock.advance({ minutes: 5 })
  await sender.step(campaignId, 3)
  await sender.step(campaignId, 3, () => null)
  await refund(world.db, accountId, [first!.attemptId])
}

/** One single text of this account, claimed. */
async function aClaimedText({ db, clock }: CampaignWorld, accountId: AccountId, cost = 1): Promise<string[]> {
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones, 'transactional')
  await someMessages(db, accountId, phones, { campaignId: null, purpose: 'transactional', cost })
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
  return claimed.map((message) => message.attemptId)
}

async function anUnprovenText(world: CampaignWorld): Promise<void> {
  const accountId = await aSendingAccount(world.db, 5)
  const attempts = await aClaimedText(world, accountId)
  await settle(world.db, world.clock, accountId, attempts, () => ({ kind: 'unknown', reason: 'timeout' }))
  await settle(world.db, world.clock, accountId, attempts, () => ({ kind: 'unproven' }))
}

/** Given back because the carrier did not have it, and charged after all because it did; not all of it was there any more. */
async function aLateProof(world: CampaignWorld): Promise<void> {
  const { db, clock } = world
  const accountId = await aSendingAccount(db, 3)
  const attempts = await aClaimedText(world, accountId, 3)
  await settle(db, clock, accountId, attempts, () => ({ kind: 'unknown', reason: 'timeout' }))
  await settle(db, clock, accountId, attempts, () => ({ kind: 'unproven' }))
  await refund(db, accountId, attempts)
  await settle(db, clock, accountId, await aClaimedText(world, accountId, 2))
  await settle(db, clock, accountId, attempts)
}

/** Spent what was taken back, owes it, and has paid some of it since; before that some credits ran out of time. */
async function aDebtor(world: CampaignWorld): Promise<void> {
  const { db, clock } = world
  const accountId = await aSendingAccount(db, 0)
  await aLot(db, accountId, 3, { expiresAt: NOW })
  await locked(db, accountId, (tx) => expireLots(tx, accountId, NOW))
  const lotNo = await aLot(db, accountId, 10)
  await settle(db, clock, accountId, await aClaimedText(world, accountId, 6))
  const order = {
    accountId,
    lotNo,
    key: 'chargeback',
    actor: 'admin:root',
    reason: 'the payment was taken back',
  }
  const taken = await locked(db, accountId, (tx) => rollBackGrant(tx, order))
  if (!taken.ok) throw new Error(taken.reason)
  await aLot(db, accountId, 2)
}

/** The first of two recipients has another text of unknown outcome when the turn comes, and so gets this one after the second. */
async function aRecipientWhoWasBusy(world: CampaignWorld): Promise<void> {
  const { db, clock } = world
  const accountId = await aSendingAccount(db, 5)
  const [busy] = await people(world, accountId, [{}, {}])
  const sender = '+12125550000'
  await theyAgree(db, accountId, [busy!.phone], 'transactional')
  await someMessages(db, accountId, [busy!.phone], { campaignId: null, purpose: 'transactional' })
  const { claimed } = await claim(db, { clock, sender, lane: aLane(accountId, null) })
  const single = claimed.map((message) => message.attemptId)
  await settle(db, clock, accountId, single, () => ({ kind: 'unknown', reason: 'timeout' }))

  const { campaignId } = await aRunningCampaign(world, accountId)
  const tester = await aTestSender(world)
  await tester.step(campaignId, 2)
  await settle(db, clock, accountId, single)
  clock.advance({ minutes: 1 })
  await tester.step(campaignId, 2)
}
