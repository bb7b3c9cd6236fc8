import { readQuery } from '../../src/platform/db/transaction.js'
import { goodDay } from '../stage/timings.js'
import { patiently, pause } from '../stage/waiting.js'
import { resumeAccountOrder, resumeOrder, resumePlatformOrder, subscriptionOrder } from '../world/orders.js'
import { carryOut, grant, openCampaigns, type World } from '../world/users.js'

/** Bounded by this, not paced by it: it ends as soon as nothing is left to do. */
const TIMEOUT_MS = 300_000
const PAUSE_MS = 1_000
/** Not enough for what the starved accounts still have to send, as far as the storm left them anything. */
const LAST_GRANT = 7

export interface Settled {
  isQuiet: boolean
  seconds: number
  /** What was still open when the time was over. */
  open: Unfinished
}

interface Unfinished {
  running: number
  inFlight: number
  waiting: number
  unapplied: number
  fundedAndPaused: number
}

/** Everything is healed and allowed again; waits until the program has nothing left that it could do. */
export async function settle(world: World): Promise<Settled> {
  const since = performance.now()
  await heal(world)
  await allowEverything(world)
  for (const account of world.accounts) if (account.isStarved) await grant(world, account, LAST_GRANT)
  let open = await unfinished(world)
  while (!isDone(open) && performance.now() - since < TIMEOUT_MS && !world.interrupted.aborted) {
    await resumePaused(world)
    await pause(PAUSE_MS)
    open = await unfinished(world)
  }
  return { open, isQuiet: isDone(open), seconds: Math.round((performance.now() - since) / 1000) }
}

async function heal({ stage }: World): Promise<void> {
  for (const { wires } of [...stage.workers, ...stage.apis]) {
    wires.database.heal()
    wires.carrier.heal()
  }
  stage.front.heal()
  await stage.carrier.change(goodDay)
}

async function allowEverything(world: World): Promise<void> {
  await carryOut(world, resumePlatformOrder(world.adminToken))
  for (const { accountId } of world.accounts) {
    await carryOut(world, resumeAccountOrder(world.adminToken, accountId))
    await carryOut(world, subscriptionOrder(world.adminToken, accountId, 'ACTIVE'))
  }
}

/** Whom a person or the carrier's bad day paused; who paused for credits goes on by itself or stays. */
async function resumePaused(world: World): Promise<void> {
  for (const { state, pauseReason, accountId, campaignId } of await openCampaigns(world)) {
    const account = world.accounts.find((one) => one.accountId === accountId)
    if (account === undefined || state !== 'paused' || pauseReason === 'credits_exhausted') continue
    await carryOut(world, resumeOrder(account, campaignId))
  }
}

async function unfinished({ stage }: World): Promise<Unfinished> {
  const [row] = await patiently(() =>
    readQuery<Unfinished>(
      stage.db,
      `select
         (select count(*)::int from campaign_control where state = 'running' or draining
            or (state = 'paused' and pause_reason <> 'credits_exhausted')) as running,
         (select count(*)::int from message where state in ('dispatching', 'unknown')) as "inFlight",
         (select count(*)::int from message_due where campaign_id is null) as waiting,
         (select count(*)::int from webhook_inbox where applied_at is null) as unapplied,
         (select count(*)::int from campaign_control c join credit_balance b using (account_id)
            where c.state = 'paused' and c.pause_reason = 'credits_exhausted' and b.available > 0) as "fundedAndPaused"`,
    ),
  )
  if (row === undefined) throw new Error('a count has a row')
  return row
}

function isDone(open: Unfinished): boolean {
  return Object.values(open).every((count) => count === 0)
}
