import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { demoPassword, demoPeople } from '../../src/app/seed.js'
import { choosePort } from '../../src/local/choose-port.js'
import { startEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { say } from '../../src/local/print.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { openServerView, type ServerView } from '../server-view.js'
import { startInstallation, type Installation } from '../stack.js'
import { sendWithoutCalls } from './fill-log.js'
import { addPeople, hasRunningCampaign, messagesIn, startCampaign } from './prepare.js'

export interface LoadStage {
  readonly address: string
  readonly db: Db
  readonly server: ServerView
  close(): Promise<void>
}

/**
 * In life the browser has a computer of its own; here half of the processors are out of reach for all of this. Being nice would
 * not do: Postgres gives each connection a session of its own, and the kernel shares its time between sessions first.
 */
const CORES = Math.ceil(os.availableParallelism() / 2)
const onItsCores = os.platform() === 'linux' ? ['taskset', '-c', `0-${String(CORES - 1)}`] : []

/** An installation of its own whose log holds this many messages. A folder that is kept is filled once and used again. */
export async function openLoadStage(messages: number, kept: string | null): Promise<LoadStage> {
  const directory = kept === null ? mkdtempSync(path.join(os.tmpdir(), 'tollgate-load-')) : path.resolve(kept)
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, 0o755)
  const start = async (role: 'api' | 'all'): Promise<Installation> =>
    startInstallation(
      directory,
      await choosePort(undefined),
      { SENDER_SEGMENTS_PER_SECOND: 'unlimited', ROLE: role },
      onItsCores,
    )
  const mark = path.join(directory, 'filled')
  if (!existsSync(mark)) {
    // Nothing sends but ourselves until the log is full.
    const installation = await start('api')
    const db = await openDatabase(directory)
    await fill(db, installation, messages)
    writeFileSync(mark, `${String(await messagesIn(db))}\n`)
    await db.dataSource.destroy()
    await installation.stop()
  }
  const installation = await start('all')
  const db = await openDatabase(directory)
  return {
    address: installation.address,
    db,
    server: await ownersView(installation),
    close: async () => {
      await db.dataSource.destroy()
      await installation.stop()
      if (kept === null) rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The database that the installation has started and will end. */
async function openDatabase(directory: string): Promise<Db> {
  const { url } = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres') })
  const dataSource = createDataSource({ url, poolSize: 2, applicationName: 'load' })
  await dataSource.initialize()
  return { dataSource }
}

/** May have been cut short before: goes on from there. */
async function fill(db: Db, installation: Installation, messages: number): Promise<void> {
  if (!(await hasRunningCampaign(db))) {
    say(`Adding ${String(messages)} contacts …`)
    await addPeople(db, messages)
    await startCampaign(await ownersView(installation), 'Before the measurement')
  }
  say('Filling the log …')
  await sendWithoutCalls(db)
  await readQuery(db, 'vacuum analyze')
}

function ownersView({ address }: Installation): Promise<ServerView> {
  return openServerView(address, demoPeople[0].email, demoPassword)
}
