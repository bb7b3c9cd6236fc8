import 'reflect-metadata'
import { parseArgs } from 'node:util'
import type { DataSource } from 'typeorm'
import { runAudit } from '../src/app/audit/run-audit.js'
import { startTemporaryPostgres } from '../src/local/postgres/temporary-postgres.js'
import { createDataSource, type Db } from '../src/platform/db/data-source.js'
import { runHistory, type HistoryResult } from './run-history.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    histories: { type: 'string', default: '100' },
    verbose: { type: 'boolean', default: false },
  },
})

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

interface Totals {
  seed: number
  histories: number
  events: number
  deliveries: number
  lost: number
  missedEvents: number
  topUps: number
  payments: number
  invoices: number
  refunds: number
  disputes: number
  claimed: number
  claimedWhileForbidden: number
  forgedTaken: number
  doubleGrants: number
  missedGrants: number
  ledgerMismatches: number
  auditBreaches: number
  failedSeeds: number[]
}

const sums = [
  'events',
  'deliveries',
  'lost',
  'missedEvents',
  'topUps',
  'payments',
  'invoices',
  'refunds',
  'disputes',
  'claimed',
  'claimedWhileForbidden',
  'forgedTaken',
  'doubleGrants',
  'missedGrants',
  'ledgerMismatches',
] as const

/** Histories of a lane between looks of the whole audit: it reads everything that all of them have written. */
const AUDIT_EVERY = 100

/** Histories share nothing, and wait for the database and the provider most of the time: several run side by side. */
const LANES = 3

/** Ends after the histories under way, with the figures so far. */
let stopping = false
process.on('SIGTERM', () => {
  stopping = true
})

async function main(): Promise<number> {
  const firstSeed = Number(values.seed)
  const histories = Number(values.histories)
  const totals: Totals = {
    seed: firstSeed,
    histories: 0,
    ...(Object.fromEntries(sums.map((name) => [name, 0])) as Record<(typeof sums)[number], number>),
    auditBreaches: 0,
    failedSeeds: [],
  }
  const server = await startTemporaryPostgres('postgres', { synchronous_commit: 'off' })
  try {
    let begun = 0
    const next = (): number | null => (stopping || begun >= histories ? null : begun++)
    const lanes = Array.from({ length: Math.min(LANES, histories) }, (_none, index) => index)
    await Promise.all(lanes.map((lane) => runLane(server.url, lane, { firstSeed, totals, next })))
  } finally {
    await server.stop()
  }
  if (values.json) process.stdout.write(`${JSON.stringify(totals)}\n`)
  else for (const [name, value] of Object.entries(totals)) say(`${name.padEnd(24)} ${JSON.stringify(value)}`)
  const bad =
    totals.doubleGrants +
    totals.missedGrants +
    totals.ledgerMismatches +
    totals.auditBreaches +
    totals.claimedWhileForbidden +
    totals.forgedTaken
  return bad === 0 ? 0 : 1
}

interface Work {
  firstSeed: number
  totals: Totals
  /** The number of a history that nobody has begun. */
  next: () => number | null
}

/** In a database of its own, because workers take whatever is due in theirs. */
async function runLane(url: string, lane: number, { firstSeed, totals, next }: Work): Promise<void> {
  const dataSource = await openDatabase(url, `storm_${String(lane)}`)
  const db = { dataSource }
  try {
    for (let played = 1; ; played += 1) {
      const number = next()
      if (number === null) break
      add(totals, await runHistory(db, firstSeed + number, number))
      if (played % AUDIT_EVERY === 0) await audit(db, totals)
    }
    await audit(db, totals)
  } finally {
    await dataSource.destroy()
  }
}

async function openDatabase(url: string, name: string): Promise<DataSource> {
  const applicationName = 'payments-storm'
  const server = createDataSource({ url, poolSize: 1, applicationName })
  await server.initialize()
  await server.query(`create database ${name}`)
  await server.destroy()
  const own = new URL(url)
  own.pathname = `/${name}`
  const dataSource = createDataSource({ url: own.href, poolSize: 10, applicationName })
  await dataSource.initialize()
  await dataSource.runMigrations()
  return dataSource
}

async function audit(db: Db, totals: Totals): Promise<void> {
  const report = await runAudit(db)
  totals.auditBreaches += report.breaches
  for (const finding of report.findings.filter(({ breaches }) => breaches > 0))
    say(`${finding.id} ${finding.what}: ${JSON.stringify(finding.rows)}`)
  say(`${String(totals.histories)} histories, ${String(totals.failedSeeds.length)} failed`)
}

function add(totals: Totals, result: HistoryResult): void {
  totals.histories += 1
  for (const name of sums) totals[name] += result[name]
  if (values.verbose) say(`${String(result.seed)}: ${result.steps.join(' ')}`)
  if (result.problems.length === 0) return
  totals.failedSeeds.push(result.seed)
  say(`seed ${String(result.seed)}: ${result.problems.join('; ')}`)
  say(`  ${result.steps.join(' ')}`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${describe(error)}\n`)
    process.exit(1)
  },
)

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`}`
}
