import type { DataSource } from 'typeorm'
import type { Db } from '../../src/platform/db/data-source.js'
import type { Dice } from '../world/dice.js'
import type { Journal } from '../world/journal.js'
import type { Scheduler } from '../world/scheduler.js'
import { ProcessDied, type VirtualProcess } from '../world/virtual-process.js'
import { ConnectionBroke, type DatabaseFaults } from './database-faults.js'
import { nameOf, type SharedConnection } from './shared-connection.js'
import { VirtualRunner } from './virtual-runner.js'

/** What all virtual connections share. */
export interface DbWorld {
  readonly connection: SharedConnection
  readonly scheduler: Scheduler
  readonly journal: Journal
  readonly dice: Dice
  faults: DatabaseFaults
  /** Of a hundred reads outside of transactions, how many find the connection broken. */
  brokenReads: number
  /** Something was committed since the last check. */
  changed: boolean
  kill(process: VirtualProcess): void
}

/**
 * The database as one process of the program sees it. Each transaction, and each read outside of one, waits for its turn
 * and then runs to its end: one atomic step. The program's own transaction runner, its SQL and its triggers are used.
 */
export function virtualDb(world: DbWorld, process: VirtualProcess): Db {
  const dataSource = {
    createQueryRunner: () => new VirtualRunner(world, process),
    query: (sql: string, params: readonly unknown[] = []) => readAlone(world, process, sql, params),
  }
  return { dataSource: dataSource as unknown as DataSource }
}

async function readAlone(
  world: DbWorld,
  process: VirtualProcess,
  sql: string,
  params: readonly unknown[],
): Promise<unknown> {
  const name = nameOf(sql)
  const { connection, dice, journal } = world
  await world.scheduler.park(process, name)
  if (dice.chance(world.brokenReads / 100)) {
    journal.add(process.label, `${name}: connection broke`)
    throw new ConnectionBroke()
  }
  const writes = /\b(insert|update)\b/i.test(sql)
  if (writes) await connection.run(`/* simulation.now */ set simulation.now = '${connection.instant()}'`)
  const rows = await connection.run(sql, params)
  if (writes) world.changed = true
  journal.add(process.label, `${name}: ${String(rows.length)} rows`)
  if (process.dead) throw new ProcessDied(name)
  return rows
}
