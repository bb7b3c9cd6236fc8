import { explainFailure, measureSegments } from '../../src/slices/carrier/index.js'
import { carrierClient, type ClientWorld } from '../carrier/carrier-client.js'
import { healthyCarrier } from '../carrier/carrier-faults.js'
import { VirtualCarrier, type StatusCallback } from '../carrier/virtual-carrier.js'
import { noDatabaseFaults } from '../database/database-faults.js'
import type { SharedConnection } from '../database/shared-connection.js'
import { virtualDb, type DbWorld } from '../database/virtual-db.js'
import type { ProcessDeps } from '../program/activities.js'
import { CALL_TIMEOUT_MS, CREDENTIAL_TTL_MS } from '../program/protocol-times.js'
import { drawScenario, type Scenario } from '../scenario/draw-scenario.js'
import { Dice } from './dice.js'
import { Journal } from './journal.js'
import { Scheduler } from './scheduler.js'
import { restartIds } from './virtual-ids.js'
import type { VirtualProcess } from './virtual-process.js'
import { useTimersOf } from './virtual-timers.js'
import { skewedClock, VirtualTime } from './virtual-time.js'

/** What a known-bad variant changes outside of the program's own text. */
export interface Variation {
  readonly clientRetries: boolean
  readonly postsInTransaction: boolean
  /** Campaigns are looked at again only when credits come in. */
  readonly resumesOnGrantOnly: boolean
  /** A carrier without a fence, for accounts that believe in one. */
  readonly fenceIsMissing: boolean
}

export const asItIs: Variation = {
  clientRetries: false,
  postsInTransaction: false,
  resumesOnGrantOnly: false,
  fenceIsMissing: false,
}

export const SENDER = '+15005550006'

export type Violation = { id: string; what: string; rows: string[] }

/** One run's world: time, chance, the carrier, the wires, the database, and what the run was given by its seed. */
export interface World {
  readonly seed: number
  readonly scenario: Scenario
  readonly variation: Variation
  readonly time: VirtualTime
  readonly dice: Dice
  readonly journal: Journal
  readonly scheduler: Scheduler
  readonly carrier: VirtualCarrier
  readonly db: DbWorld
  readonly violations: Violation[]
  deliver: (callback: StatusCallback) => void
}

export function makeWorld(
  seed: number,
  stage: {
    connection: SharedConnection
    variation: Variation
    focus?: (scenario: Scenario) => Scenario
  },
): World {
  const { connection, variation } = stage
  const drawn = drawScenario(new Dice(seed * 2 + 1))
  const scenario = stage.focus?.(drawn) ?? drawn
  const time = new VirtualTime()
  const dice = new Dice(seed * 2)
  const journal = new Journal(time)
  const scheduler = new Scheduler(time)
  useTimersOf(scheduler, time, dice)
  restartIds(time)
  connection.scheduler = scheduler
  connection.time = time
  const world: World = {
    seed,
    scenario,
    variation,
    time,
    dice,
    journal,
    scheduler,
    carrier: new VirtualCarrier(
      { time, scheduler, journal, dice, deliver: (callback) => world.deliver(callback) },
      healthyCarrier,
    ),
    db: {
      connection,
      scheduler,
      journal,
      dice,
      faults: noDatabaseFaults,
      brokenReads: 0,
      changed: false,
      kill: (process) => {
        journal.add(process.label, 'dies')
        scheduler.kill(process)
      },
    },
    violations: [],
    deliver: () => undefined,
  }
  return world
}

/** Everything that a process of the program is built from. */
export function depsOf(
  world: World,
  process: VirtualProcess,
  sender: { id: number; address: string },
): ProcessDeps {
  const { scenario, time, dice, variation } = world
  const clock = skewedClock(time, () => process.skewMs)
  const db = virtualDb(world.db, process)
  const client: ClientWorld = {
    time,
    scheduler: world.scheduler,
    dice,
    carrier: world.carrier,
    fenced: scenario.fenced && !variation.fenceIsMissing,
    credentialTtlMs: CREDENTIAL_TTL_MS,
    callTimeoutMs: CALL_TIMEOUT_MS,
    sender: SENDER,
    clientRetries: variation.clientRetries,
    postsInTransaction: variation.postsInTransaction,
  }
  return {
    db,
    clock,
    random: dice,
    carrier: carrierClient(client, process, clock),
    campaigns: { db, clock, measureSegments, explainFailure, sendRatePerSecond: 100 },
    worker: process.label,
    sender,
    batchSize: scenario.batchSize,
    fenced: scenario.fenced,
    onError: (error, event) => {
      noteError(world, process, error, event)
    },
  }
}

/** Errors that the run itself put in are no news; every other one is the program's. */
export function noteError(world: World, process: VirtualProcess, error: unknown, event: string): void {
  const name = error instanceof Error ? error.name : 'not an error'
  const message = error instanceof Error ? error.message : JSON.stringify(error)
  world.journal.add(process.label, `${event}: ${name}`)
  if (isInjected(error)) return
  world.violations.push({
    id: 'E1',
    what: 'the program fails only where something failed it',
    rows: [world.journal.withAliases(`${event}: ${name}: ${message}`)],
  })
}

const injected = new Set(['ProcessDied', 'ConnectionBroke', 'InjectedConflict', 'AmbiguousCommit'])

function isInjected(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (injected.has(error.name)) return true
  const code: unknown = Reflect.get(error, 'code')
  // 25P02: a statement was made to fail unseen, and the end of the transaction said so.
  return code === '25P02' || code === 'carrier.unavailable'
}
