import 'reflect-metadata'
import path from 'node:path'
import { localStateDirectory } from '../local/environment.js'
import { complain, say } from '../local/print.js'
import { ProcessGroup } from '../local/processes/process-group.js'
import { migrateUp, openCommandDatabase, type CommandDatabase } from './database.js'
import { choosePublicPort, startCarrier, startPayments, startProgram } from './start/local-stack.js'
import { mayHaveDemo, seedDemoData } from './start/seed-demo-data.js'
import { welcome } from './start/welcome.js'

const DRAIN_GRACE_MS = 30_000

/** The script's own path as it stands on the command line, by which a second start recognises this one. */
const group = new ProcessGroup(
  path.join(localStateDirectory(), 'running.json'),
  path.join('commands', 'start.js'),
)
const interruption = new AbortController()

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (interruption.signal.aborted) {
      group.killAll()
      process.exit(130)
    }
    say('\nStopping; once more to stop at once …')
    interruption.abort()
  })
}

process.exitCode = await start()

/**
 * Starts the database, the carrier and the program, in this order, and waits for Ctrl-C or for one of them to end. Then
 * the program drains while the carrier and the database still answer, and the database is closed last.
 */
async function start(): Promise<number> {
  const elsewhere = await group.takeOver(say)
  if (elsewhere !== null) {
    complain(`Tollgate already runs from this directory: ${elsewhere || 'it is just starting'}`)
    return 1
  }
  let database: CommandDatabase | undefined
  try {
    database = await openCommandDatabase(say)
    await bringUp(database)
    const ended = await Promise.race([group.firstEnd(), interrupted()])
    if (ended === null) return 0
    complain(`\nStopping, because ${ended.process.name} has ended (${ended.how}).\n${group.lastWords()}`)
    return 1
  } catch (error) {
    if (interruption.signal.aborted) return 0
    complain(`\n${error instanceof Error ? error.message : String(error)}\n${group.lastWords()}`)
    return 1
  } finally {
    await group.stopAll(DRAIN_GRACE_MS)
    await database?.stop()
    if (interruption.signal.aborted) say('Stopped. The data is kept; `npm start` finds it again.')
  }
}

async function bringUp(database: CommandDatabase): Promise<void> {
  interruption.signal.throwIfAborted()
  const migrations = await migrateUp(database.url)
  if (migrations.length > 0) say(`Migrated the database (${migrations.length} steps).`)

  interruption.signal.throwIfAborted()
  const demo = mayHaveDemo(database) ? await seedDemoData(database.url, say) : null

  interruption.signal.throwIfAborted()
  const port = await choosePublicPort()
  const address = `http://127.0.0.1:${port}`
  const carrier = await startCarrier(group, { publicUrl: address }, interruption.signal)
  const payments = await startPayments(group, { publicUrl: address }, interruption.signal)
  await startProgram(
    group,
    { databaseUrl: database.url, port, address, carrier, payments },
    interruption.signal,
  )
  group.publish(address)
  await welcome({ address, demo, isLocalCarrier: carrier.isLocal })
}

function interrupted(): Promise<null> {
  return new Promise((resolve) => {
    if (interruption.signal.aborted) resolve(null)
    interruption.signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}
