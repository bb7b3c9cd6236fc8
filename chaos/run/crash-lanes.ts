import { intakeCrashPoints, transactionOf, type MutationTransaction } from '../plan/crash-points.js'
import type { PlannedCrash } from '../plan/plan.js'
import type { Doomed } from '../stage/stage.js'
import { pause, until } from '../stage/waiting.js'
import type { World } from '../world/users.js'
import { mutations, provocations } from './deadly-work.js'
import type { Tally } from './tally.js'

/** A worker that has not come to its place by then is ended, and the next one has its turn. */
const WORKER_TIMEOUT_MS = 20_000
const INTAKE_TIMEOUT_MS = 15_000
/** An order was answered and the process lives: its place is not on the way of this order. */
const GRACE_MS = 1_000

/** Processes of a kind that are started, die and are replaced at the same time. */
const LANES = 2
const PROVOKE_MS = 1_500

/** Doomed workers one after the other, beside the ordinary ones. */
export async function crashWorkers(
  world: World,
  tally: Tally,
  crashes: readonly PlannedCrash[],
  storm: AbortSignal,
): Promise<void> {
  await inLanes(crashes, tally, storm, async ({ point, passage }) => {
    const doomed = await world.stage.startDoomed('worker', `${point}#${passage}`)
    const end = endWithin(doomed, WORKER_TIMEOUT_MS, storm)
    await provoke(world, point, doomed, end)
    noteEnd(tally, point, await end)
  })
}

/** The same for the API: each is given the one mutation that it dies of, which is then repeated elsewhere. */
export async function crashApis(
  world: World,
  tally: Tally,
  crashes: readonly PlannedCrash[],
  storm: AbortSignal,
): Promise<void> {
  await inLanes(crashes, tally, storm, async ({ point, passage }) => {
    const isIntake = intakeCrashPoints.includes(point)
    const doomed = await world.stage.startDoomed('api', `${point}#${passage}`)
    if (!isIntake && (await doomed.ready)) {
      await mutations[transactionOf(point) as MutationTransaction](world, doomed.url)
      noteEnd(tally, point, await endWithin(doomed, GRACE_MS, storm))
    } else {
      noteEnd(tally, point, await endWithin(doomed, INTAKE_TIMEOUT_MS, storm))
    }
  })
}

/** Next is the point that was hit least so far, in the planned order: one that is hard to come by gets more turns. */
async function inLanes(
  crashes: readonly PlannedCrash[],
  tally: Tally,
  storm: AbortSignal,
  crash: (planned: PlannedCrash) => Promise<void>,
): Promise<void> {
  const turns = new Map(crashes.map(({ point }) => [point, 0]))
  const rank = ({ point }: PlannedCrash): number =>
    // A turn without a hit counts a little, so that a point which nobody comes by does not keep the others waiting.
    (tally.crashPoints.get(point) ?? 0) + (turns.get(point) ?? 0) / 3
  const lane = async (): Promise<void> => {
    while (!storm.aborted) {
      const next = crashes.reduce((least, one) => (rank(one) < rank(least) ? one : least))
      turns.set(next.point, (turns.get(next.point) ?? 0) + 1)
      await crash(next)
    }
  }
  if (crashes.length > 0) await Promise.all(Array.from({ length: LANES }, lane))
}

/** What comes seldom is brought about again and again, until this process and not another one has its turn. */
async function provoke(world: World, point: string, doomed: Doomed, end: Promise<unknown>): Promise<void> {
  const state = { isOver: false }
  void end.then(() => (state.isOver = true))
  const isOver = (): boolean => state.isOver
  const cause = provocations[transactionOf(point)]
  if (cause === undefined || !(await doomed.ready)) return
  while (!isOver()) {
    await cause(world)
    await Promise.race([end, pause(PROVOKE_MS)])
  }
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
