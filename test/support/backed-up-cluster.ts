import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { createDataSource } from '../../src/platform/db/data-source.js'
import type { TestDatabase } from './database.js'
import { eventually } from './eventually.js'

/** A Postgres of its own that can be backed up while it runs, stopped without warning, and put back to the backup. */
export interface BackedUpCluster {
  /** The database as it is now; a new connection after each start. */
  connect(): Promise<TestDatabase>
  /** A base backup of the running server by the documented interface: start, copy of the files, stop, label, log. */
  backUp(): Promise<void>
  /** As when the machine loses power. */
  stopHard(): Promise<void>
  /**
   * Puts the backup in the place of the data and starts it. `recovered`: as a recovery that ends by promotion, on a new
   * timeline; otherwise as a copy that is simply started, with nothing about it changed.
   */
  restore(how: 'recovered' | 'copied'): Promise<void>
  remove(): Promise<void>
}

export async function aBackedUpCluster(): Promise<BackedUpCluster> {
  const directory = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-drill-')), 'postgres')
  fs.chmodSync(path.dirname(directory), 0o755)
  const start = () => startEmbeddedPostgres({ directory, database: 'tollgate', settings: { fsync: 'off' } })
  let server = await start()
  const home = server.directory
  const data = path.join(home, 'data')
  const backup = path.join(home, 'backup')

  return {
    connect: async () => {
      const { url } = server
      const dataSource = createDataSource({ url, poolSize: 5, applicationName: 'drill' })
      await dataSource.initialize()
      await dataSource.runMigrations()
      return { db: { dataSource }, url, name: 'tollgate', drop: () => dataSource.destroy() }
    },
    backUp: async () => {
      const client = new pg.Client({ connectionString: server.url })
      await client.connect()
      try {
        await client.query(`select pg_backup_start('drill', true)`)
        // Files that vanish while they are copied belong to nobody any more: the log has what matters.
        copy(data, backup)
        const { rows } = await client.query<{ labelfile: string }>(
          'select labelfile from pg_backup_stop(false)',
        )
        copy(path.join(data, 'pg_wal'), path.join(backup, 'pg_wal'))
        give(path.join(backup, 'backup_label'), rows[0]!.labelfile)
        for (const name of ['postmaster.pid', 'postmaster.opts'])
          fs.rmSync(path.join(backup, name), { force: true })
      } finally {
        await client.end()
      }
    },
    stopHard: async () => {
      const [pid] = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGQUIT')
      await eventually(() => !isAlive(Number(pid)), { timeoutMs: 20_000, what: 'the end of Postgres' })
    },
    restore: async (how) => {
      fs.rmSync(data, { recursive: true, force: true })
      copy(backup, data)
      if (how === 'recovered') {
        give(path.join(data, 'recovery.signal'), '')
        give(
          path.join(data, 'postgresql.auto.conf'),
          `restore_command = 'false'\nrecovery_target = 'immediate'\nrecovery_target_action = 'promote'\n`,
        )
      }
      server = await start()
      await eventually(
        async () => (await ask(server.url, 'select not pg_is_in_recovery() as answer')) === true,
        {
          timeoutMs: 30_000,
          what: 'the end of the recovery',
        },
      )
    },
    remove: async () => {
      await server.stop()
      fs.rmSync(home, { recursive: true, force: true })
      fs.rmSync(path.dirname(directory), { recursive: true, force: true })
    },
  }

  /** Written by whoever runs the tests, read by whoever runs Postgres. */
  function give(file: string, text: string): void {
    fs.writeFileSync(file, text, { mode: 0o600 })
    const { uid, gid } = fs.statSync(path.join(path.dirname(file), 'PG_VERSION'))
    fs.chownSync(file, uid, gid)
  }
}

function copy(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true })
  spawnSync('cp', ['-a', `${from}/.`, to])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}
