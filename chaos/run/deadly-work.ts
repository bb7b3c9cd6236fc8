import { readQuery } from '../../src/platform/db/transaction.js'
import type { MutationTransaction } from '../plan/crash-points.js'
import { between } from '../plan/draw.js'
import { patiently } from '../stage/waiting.js'
import type { StormAccount } from '../world/open-accounts.js'
import { cancelOrder, pauseOrder, resumeOrder, revokeOrder } from '../world/orders.js'
import { carryOut, draftCampaign, grant, startNewCampaign, type World } from '../world/users.js'
import { adjust, correctedAccount, refundOne, rollBackOne } from './correct-credits.js'

/** Work that brings a worker to places where it comes seldom, by transaction. */
export const provocations: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'campaigns.prepare': (world) => startNewCampaign(world, correctedAccount(world), ['t0']),
  'campaigns.complete': (world) => startNewCampaign(world, correctedAccount(world), ['t1']),
  'campaigns.pauseBlocked': async (world) => {
    for (const account of world.accounts) if (account.isStarved) await grant(world, account, 2)
  },
}

/** What an API process is asked for first, so that it dies of it; everything before goes to the others. */
export const mutations: Readonly<
  Record<MutationTransaction, (world: World, first: string) => Promise<unknown>>
> = {
  'credits.grant': (world, first) => grant(world, correctedAccount(world), 5, first),
  'credits.adjust': (world, first) =>
    adjust(world, correctedAccount(world), between(world.random, 1, 9), first),
  'credits.rollBack': (world, first) => rollBackOne(world, world.random, first),
  'credits.refundMessage': (world, first) => refundOne(world, first),
  'contacts.revokeConsent': async (world, first) => {
    const account = correctedAccount(world)
    const phone = await someoneWhoAgrees(world, account.accountId)
    if (phone !== null) await carryOut(world, revokeOrder(account, phone), first)
  },
  'campaigns.start': async (world, first) => {
    const draft = await draftCampaign(world, correctedAccount(world))
    if (draft === null) return
    const reply = await carryOut(world, draft.start, first)
    if (reply.kind === 'done') world.journal.startedCampaigns.add(draft.campaignId)
  },
  'campaigns.pause': (world, first) =>
    withCampaign(world, async (account, campaignId) => {
      await carryOut(world, pauseOrder(account, campaignId), first)
      await carryOut(world, resumeOrder(account, campaignId))
    }),
  'campaigns.resume': (world, first) =>
    withCampaign(world, async (account, campaignId) => {
      await carryOut(world, pauseOrder(account, campaignId))
      await carryOut(world, resumeOrder(account, campaignId), first)
    }),
  'campaigns.cancel': (world, first) =>
    withCampaign(world, (account, campaignId) => carryOut(world, cancelOrder(account, campaignId), first)),
}

async function withCampaign(
  world: World,
  act: (account: StormAccount, campaignId: string) => Promise<unknown>,
): Promise<void> {
  const account = correctedAccount(world)
  const campaignId = await startNewCampaign(world, account)
  if (campaignId !== null) await act(account, campaignId)
}

async function someoneWhoAgrees(world: World, accountId: string): Promise<string | null> {
  const [row] = await patiently(() =>
    readQuery<{ phone: string }>(
      world.stage.db,
      `select phone from consent where account_id = $1 and purpose = 'marketing' and granted order by phone desc limit 1`,
      [accountId],
    ),
  )
  return row?.phone ?? null
}
