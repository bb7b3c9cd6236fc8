import { readQuery } from '../../src/platform/db/transaction.js'
import { between } from '../plan/draw.js'
import { intakeCrashPoints, transactionOf, type MutationTransaction } from '../plan/crash-points.js'
import type { PlannedCrash } from '../plan/plan.js'
import { patiently, until } from '../stage/waiting.js'
import type { Doomed } from '../stage/stage.js'
import { cancelOrder, pauseOrder, resumeOrder, revokeOrder } from '../world/orders.js'
import { carryOut, draftCampaign, grant, startNewCampaign, type World } from '../world/users.js'
import { adjust, correctedAccount, refundOne, rollBackOne } from './act-as-user.js'
import type { Tally } from './tally.js'

/** A worker that has not come to its place by then is ended, and the next one has its turn. */
const WORKER_TIMEOUT_MS = 20_000
const INTAKE_TIMEOUT_MS = 15_000
/** An order was answered and the process lives: its place is not on the way of this order. */
const GRACE_MS = 1_000

/** One doomed worker after the other, beside the ordinary ones. */
export async function crashWorkers(
  world: World,
  tally: Tally,
  crashes: readonly PlannedCrash[],
  storm: AbortSignal,
): Promise<void> {
  for (let turn = 0; crashes.length > 0 && !storm.aborted; turn += 1) {
    const crash = nextOf(crashes, tally, turn)
    const doomed = await world.stage.startDoomed('worker', `${crash.point}#${crash.passage}`)
    noteEnd(tally, crash.point, await endWithin(doomed, WORKER_TIMEOUT_MS, storm))
  }
}

/** The same for the API: each is given the one mutation that it dies of, which is then repeated elsewhere. */
export async function crashApis(
  world: World,
  tally: Tally,
  crashes: readonly PlannedCrash[],
  storm: AbortSignal,
): Promise<void> {
  for (let turn = 0; crashes.length > 0 && !storm.aborted; turn += 1) {
    const crash = nextOf(crashes, tally, turn)
    const isIntake = intakeCrashPoints.includes(crash.point)
    const doomed = await world.stage.startDoomed('api', `${crash.point}#${crash.passage}`)
    if (!isIntake && (await doomed.ready)) {
      await mutations[transactionOf(crash.point) as MutationTransaction](world, doomed.url)
      noteEnd(tally, crash.point, await endWithin(doomed, GRACE_MS, storm))
    } else {
      noteEnd(tally, crash.point, await endWithin(doomed, INTAKE_TIMEOUT_MS, storm))
    }
  }
}

/** The one that was hit least so far, in the planned order: one that is hard to come by gets more turns. */
function nextOf(crashes: readonly PlannedCrash[], tally: Tally, turn: number): PlannedCrash {
  const hits = ({ point }: PlannedCrash): number => tally.crashPoints.get(point) ?? 0
  const rotated = crashes.map((_, index) => crashes[(turn + index) % crashes.length] as PlannedCrash)
  return rotated.reduce((least, crash) => (hits(crash) < hits(least) ? crash : least))
}

type End = 'at its place' | 'by us' | 'otherwise'

async function endWithin(doomed: Doomed, timeoutMs: number, storm: AbortSignal): Promise<End> {
  const state: { how: string | null } = { how: null }
  void doomed.process.ended.then((how) => (state.how = how))
  await doomed.ready
  await until(() => Promise.resolve(state.how !== null || storm.aborted), { timeoutMs, intervalMs: 50 })
  const end = state.how
  if (end === 'signal SIGKILL') return 'at its place'
  if (end !== null) return 'otherwise'
  doomed.process.kill('SIGKILL')
  await doomed.process.ended
  return 'by us'
}

function noteEnd(tally: Tally, point: string, end: End): void {
  if (end !== 'otherwise') tally.kills += 1
  if (end === 'at its place') tally.crashPoints.set(point, (tally.crashPoints.get(point) ?? 0) + 1)
}

/** One person's worth of recipients is enough to pause, resume and cancel, and they take a moment. */
const mutations: Readonly<Record<MutationTransaction, (world: World, first: string) => Promise<unknown>>> = {
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
  act: (account: ReturnType<typeof correctedAccount>, campaignId: string) => Promise<unknown>,
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
