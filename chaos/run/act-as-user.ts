import { seededRandom, type Random } from '../../src/kernel/random.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { between, pick } from '../plan/draw.js'
import type { PlannedFault } from '../plan/plan.js'
import { patiently, pause } from '../stage/waiting.js'
import type { StormAccount } from '../world/open-accounts.js'
import {
  adjustOrder,
  cancelOrder,
  pauseOrder,
  refundOrder,
  resumeAccountOrder,
  resumeOrder,
  resumePlatformOrder,
  revokeOrder,
  rollBackOrder,
  stopAccountOrder,
  stopPlatformOrder,
  subscriptionOrder,
  testMessageOrder,
} from '../world/orders.js'
import { carryOut, grant, openCampaigns, type World } from '../world/users.js'
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

const named = (world: World, name: string): StormAccount => {
  const found = world.accounts.find((account) => account.name === name)
  if (found === undefined) throw new Error(`no account ${name}`)
  return found
}
export const correctedAccount = (world: World): StormAccount => named(world, 'corrected')
const interruptedAccount = (world: World): StormAccount => named(world, 'interrupted')

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

/** A small lot, and a part of it taken back at once: what is spent of it meanwhile becomes a debt. */
export async function rollBackOne(world: World, random: Random, first?: string): Promise<void> {
  const account = correctedAccount(world)
  const { accountId } = account
  const given = await grant(world, account, 30)
  if (given.reply.kind !== 'done') return
  const [lot] = await patiently(() =>
    readQuery<{ lot_no: number }>(
      world.stage.db,
      'select lot_no from credit_lot where account_id = $1 and origin = $2',
      [accountId, `administrator:${given.key}`],
    ),
  )
  if (lot === undefined) return
  const key = world.nextKey('roll-back')
  const credits = between(random, 1, 30)
  const order = rollBackOrder({ ...world, accountId, key, credits, lotNo: lot.lot_no })
  const reply = await carryOut(world, order, first)
  if (reply.kind === 'done') world.journal.corrections.push({ accountId, key, credits })
}

export async function adjust(
  world: World,
  { accountId }: StormAccount,
  credits: number,
  first?: string,
): Promise<void> {
  const key = world.nextKey('adjust')
  if (credits > 0) world.journal.granted.set(accountId, (world.journal.granted.get(accountId) ?? 0) + credits)
  const reply = await carryOut(world, adjustOrder({ ...world, accountId, key, credits }), first)
  if (reply.kind === 'done') world.journal.corrections.push({ accountId, key, credits: Math.abs(credits) })
}

/** Of a message that was charged and not refunded yet. False when there is none. */
export async function refundOne(world: World, first?: string): Promise<boolean> {
  const { accountId } = correctedAccount(world)
  const [message] = await patiently(() =>
    readQuery<{ id: string }>(
      world.stage.db,
      `select m.id from message m join credit_transfer h on h.account_id = m.account_id and h.attempt_id = m.attempt_id
       join credit_transfer c on c.account_id = h.account_id and c.ref_seq = h.seq and c.kind = 'capture'
       where m.account_id = $1 and m.state = 'accepted' and not exists (
         select from credit_transfer r where r.account_id = c.account_id and r.ref_seq = c.seq and r.kind = 'refund')
       limit 1`,
      [accountId],
    ),
  )
  if (message === undefined) return false
  const key = world.nextKey('refund')
  await carryOut(world, refundOrder({ ...world, accountId, key, messageId: message.id }), first)
  return true
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
