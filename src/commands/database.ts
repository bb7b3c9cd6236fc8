import path from 'node:path'
import { readEnv } from '../config/env.js'
import { localStateDirectory, readDotEnv } from '../local/environment.js'
import { startEmbeddedPostgres } from '../local/postgres/embedded-postgres.js'
import { createDataSource, type Db } from '../platform/db/data-source.js'

/** Any fixed number: two processes that migrate at once take turns on it. */
const MIGRATION_LOCK = 7_461_001

export interface CommandDatabase {
  url: string
  embedded: boolean
  /** Stops an embedded server that this call started; leaves one that was already running, and any real server. */
  close(): Promise<void>
  /** Stops an embedded server whoever started it, as the run that owns the checkout does; never a real server. */
  stop(): Promise<void>
}

/** The database that commands work on: DATABASE_URL, else the embedded server of this checkout. */
export async function openCommandDatabase(report: (line: string) => void): Promise<CommandDatabase> {
  readDotEnv()
  const given = readEnv().DATABASE_URL
  const leaveRunning = () => Promise.resolve()
  if (given !== undefined) return { url: given, embedded: false, close: leaveRunning, stop: leaveRunning }
  const server = await startEmbeddedPostgres({
    directory: path.join(localStateDirectory(), 'postgres'),
    report,
  })
  return {
    url: server.url,
    embedded: true,
    close: server.adopted ? leaveRunning : () => server.stop(),
    stop: () => server.stop(),
  }
}

/** Where a command looks, in words that may be shown: what it says is only true of this database. */
export function whichDatabase({ url }: { url: string }): string {
  if (!URL.canParse(url)) return 'Database: the one of DATABASE_URL'
  const { host, pathname } = new URL(url)
  return `Database: ${host}${pathname}`
}

/** Runs what is pending and returns the names, oldest first. Safe to run from several processes at once. */
export async function migrateUp(url: string): Promise<string[]> {
  return inTurn(url, async (dataSource) => {
    const done = await dataSource.runMigrations()
    return done.map((migration) => migration.name)
  })
}

/** Takes the newest migration back and returns whether there was one. */
export async function migrateDown(url: string): Promise<boolean> {
  return inTurn(url, async (dataSource) => {
    const rows: unknown[] = await dataSource.query('/* migrate.any */ select from migration limit 1')
    if (rows.length === 0) return false
    await dataSource.undoLastMigration()
    return true
  })
}

/** One at a time, over all processes. What a migration does to large tables takes as long as it takes. */
async function inTurn<T>(url: string, work: (dataSource: Db['dataSource']) => Promise<T>): Promise<T> {
  const dataSource = createDataSource({
    url,
    poolSize: 2,
    applicationName: 'tollgate-migrate',
    settings: { statement_timeout: '0' },
  })
  await dataSource.initialize()
  const turn = dataSource.createQueryRunner()
  try {
    await turn.query('/* migrate.wait */ set lock_timeout = 0')
    await turn.query('/* migrate.wait */ set idle_session_timeout = 0')
    await turn.query('/* migrate.lock */ select pg_advisory_lock($1)', [MIGRATION_LOCK])
    return await work(dataSource)
  } finally {
    await turn.release()
    await dataSource.destroy()
  }
}
