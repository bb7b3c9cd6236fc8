import { seededRandom, type Random } from '../../src/kernel/random.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { between, pick } from '../plan/draw.js'
import type { PlannedFault } from '../plan/plan.js'
import { pause } from '../stage/waiting.js'
import type { StormAccount } from '../world/open-accounts.js'
import {
  cancelOrder,
  pauseOrder,
  resumeAccountOrder,
  resumeOrder,
  resumePlatformOrder,
  revokeOrder,
  stopAccountOrder,
  stopPlatformOrder,
  subscriptionOrder,
  testMessageOrder,
} from '../world/orders.js'
import { carryOut, grant, openCampaigns, type World } from '../world/users.js'
import { accountNamed, adjust, correctedAccount, refundOne, rollBackOne } from './correct-credits.js'
import { countFault, type Tally } from './tally.js'

/** One thing that a person does meanwhile, through the API like everybody; what forbids something is allowed again after a while. */
export async function actAsUser(world: World, tally: Tally, fault: PlannedFault): Promise<void> {
  const random = seededRandom(Math.floor(fault.dice * 2 ** 32))
  const account = pick(random, world.accounts)
  countFault(tally, fault.kind)
  switch (fault.kind) {
    case 'pause':
      return pauseOne(world, random, fault.lastsMs)
    case 'cancel':
      return cancelOne(world, random)
    case 'revoke':
      await carryOut(world, revokeOrder(account, pick(random, account.phones)))
      return
    case 'text-stop':
      return world.stage.carrier.text(pick(random, account.phones), localAccount.from, 'STOP')
    case 'grant': {
      const starved = pick(
        random,
        world.accounts.filter(({ isStarved }) => isStarved),
      )
      await grant(world, starved, between(random, 10, 60))
      return
    }
    case 'roll-back':
      return rollBackOne(world, random)
    case 'adjust': {
      const corrected = correctedAccount(world)
      await adjust(world, corrected, between(random, -20, 20) || 1)
      return
    }
    case 'refund':
      await refundOne(world)
      return
    case 'lapse':
      return lapse(world, interruptedAccount(world), fault.lastsMs)
    case 'stop-account':
      return stopAccount(world, interruptedAccount(world), fault.lastsMs)
    case 'stop-platform':
      return stopPlatform(world, fault.lastsMs)
    case 'test-message':
      return sendTest(world, random)
    default:
      throw new Error(`no person does ${fault.kind}`)
  }
}

const interruptedAccount = (world: World): StormAccount => accountNamed(world, 'interrupted')

async function pauseOne(world: World, random: Random, lastsMs: number): Promise<void> {
  const running = (await openCampaigns(world)).filter(({ state }) => state === 'running')
  if (running.length === 0) return
  const { accountId, campaignId } = pick(random, running)
  const account = world.accounts.find((one) => one.accountId === accountId)
  if (account === undefined) return
  await carryOut(world, pauseOrder(account, campaignId))
  await pause(lastsMs)
  await carryOut(world, resumeOrder(account, campaignId))
}

async function cancelOne(world: World, random: Random): Promise<void> {
  const open = await openCampaigns(world)
  if (open.length === 0) return
  const { accountId, campaignId } = pick(random, open)
  const account = world.accounts.find((one) => one.accountId === accountId)
  if (account !== undefined) await carryOut(world, cancelOrder(account, campaignId))
}

async function lapse(world: World, { accountId }: StormAccount, lastsMs: number): Promise<void> {
  await carryOut(world, subscriptionOrder(world.adminToken, accountId, 'PAST_DUE'))
  await pause(lastsMs)
  await carryOut(world, subscriptionOrder(world.adminToken, accountId, 'ACTIVE'))
}

async function stopAccount(world: World, { accountId }: StormAccount, lastsMs: number): Promise<void> {
  await carryOut(world, stopAccountOrder(world.adminToken, accountId))
  await pause(lastsMs)
  await carryOut(world, resumeAccountOrder(world.adminToken, accountId))
}

async function stopPlatform(world: World, lastsMs: number): Promise<void> {
  await carryOut(world, stopPlatformOrder(world.adminToken))
  await pause(lastsMs)
  await carryOut(world, resumePlatformOrder(world.adminToken))
}

async function sendTest(world: World, random: Random): Promise<void> {
  const open = await openCampaigns(world)
  const account = pick(
    random,
    world.accounts.filter(({ isStarved }) => !isStarved),
  )
  const campaign = open.find(({ accountId }) => accountId === account.accountId)
  if (campaign === undefined) return
  const phone = pick(random, account.phones)
  await carryOut(world, testMessageOrder(account, world.nextKey('test'), campaign.campaignId, phone))
}
