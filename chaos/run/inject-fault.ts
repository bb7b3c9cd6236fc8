import { readQuery } from '../../src/platform/db/transaction.js'
import { seededRandom } from '../../src/kernel/random.js'
import type { PlannedFault } from '../plan/plan.js'
import { pick } from '../plan/draw.js'
import { cuts, type Proxy } from '../stage/proxy.js'
import type { Stage } from '../stage/stage.js'
import { goodDay } from '../stage/timings.js'
import { patiently, pause } from '../stage/waiting.js'
import { isWeather, weatherOf } from './carrier-weather.js'
import { countFault, type Tally } from './tally.js'

/** Does one planned thing to the installation and resolves when it is over. Which one of several it hits, its dice say. */
export async function injectFault(stage: Stage, tally: Tally, fault: PlannedFault): Promise<void> {
  const random = seededRandom(Math.floor(fault.dice * 2 ** 32))
  const worker = pick(random, stage.workers)
  // Other senders than the program have no API: what would hit it hits one of them.
  const api = pick(random, stage.apis.length > 0 ? stage.apis : stage.workers)
  countFault(tally, fault.kind)
  switch (fault.kind) {
    case 'kill-worker':
    case 'kill-api':
      tally.kills += 1
      ;(fault.kind === 'kill-api' ? api : worker).kill()
      return
    case 'stall-worker':
    case 'stall-api':
      tally.stalls += 1
      return (fault.kind === 'stall-api' ? api : worker).stall(fault.lastsMs)
    case 'restart-postgres':
      tally.databaseRestarts += 1
      return stage.restartPostgres(() => pause(fault.lastsMs))
    case 'terminate-backends':
      return terminateBackends(stage)
    case 'lose-alarms':
      return loseAlarms(stage)
    case 'cut-carrier':
      return cutFor(worker.wires.carrier, pick(random, cuts), fault, tally)
    case 'cut-database':
      return cutFor(pick(random, [worker, api]).wires.database, pick(random, cuts), fault, tally)
    case 'cut-api':
      return cutFor(stage.front, pick(random, ['stalled', 'reset'] as const), fault, tally)
    default:
      if (isWeather(fault.kind)) return weather(stage, fault)
      throw new Error(`nobody knows how to do ${fault.kind}`)
  }
}

async function cutFor(
  wire: Proxy,
  how: (typeof cuts)[number],
  fault: PlannedFault,
  tally: Tally,
): Promise<void> {
  countFault(tally, `${fault.kind} ${how}`)
  wire.cut(how)
  await pause(fault.lastsMs)
  wire.heal()
}

async function terminateBackends(stage: Stage): Promise<void> {
  await patiently(() =>
    readQuery(
      stage.db,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'tollgate-%'`,
    ),
  )
}

/** Agenda's own table, with every alarm in it. */
async function loseAlarms(stage: Stage): Promise<void> {
  await patiently(() => readQuery(stage.db, 'drop schema if exists scheduling cascade'))
}

/** The carrier's faults and its reports belong to different tracks: each puts back only what it changed. */
async function weather(stage: Stage, { kind, lastsMs }: PlannedFault): Promise<void> {
  if (!isWeather(kind)) return
  const change = weatherOf(kind)
  await stage.carrier.change(change)
  await pause(lastsMs)
  await stage.carrier.change({
    ...(change.faults === undefined ? {} : { faults: goodDay.faults }),
    ...(change.callbacks === undefined ? {} : { callbacks: goodDay.callbacks }),
  })
}
