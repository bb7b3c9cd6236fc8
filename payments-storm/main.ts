import 'reflect-metadata'
import { parseArgs } from 'node:util'
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

/** Histories between looks of the whole audit: it reads everything that all of them have written. */
const AUDIT_EVERY = 100

/** Ends after the history under way, with the figures so far. */
let stopping = false
process.on('SIGTERM', () => {
  stopping = true
})

function isLast(number: number, histories: number): boolean {
  return stopping || number + 1 === histories
}

async function main(): Promise<number> {
  const firstSeed = Number(values.seed)
  const histories = Number(values.histories)
  const server = await startTemporaryPostgres('postgres')
  const dataSource = createDataSource({ url: server.url, poolSize: 10, applicationName: 'payments-storm' })
  const totals: Totals = {
    seed: firstSeed,
    histories,
    ...(Object.fromEntries(sums.map((name) => [name, 0])) as Record<(typeof sums)[number], number>),
    auditBreaches: 0,
    failedSeeds: [],
  }
  try {
    await dataSource.initialize()
    await dataSource.runMigrations()
    const db = { dataSource }
    for (let number = 0; number < histories; number += 1) {
      const result = await runHistory(db, firstSeed + number, number)
      add(totals, result)
      totals.histories = number + 1
      if ((number + 1) % AUDIT_EVERY === 0 || isLast(number, histories)) await audit(db, totals, number + 1)
      if (isLast(number, histories)) break
    }
  } finally {
    await dataSource.destroy()
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

async function audit(db: Db, totals: Totals, played: number): Promise<void> {
  const report = await runAudit(db)
  totals.auditBreaches += report.breaches
  for (const finding of report.findings.filter(({ breaches }) => breaches > 0))
    say(`${finding.id} ${finding.what}: ${JSON.stringify(finding.rows)}`)
  say(`${String(played)} histories, ${String(totals.failedSeeds.length)} failed`)
}

function add(totals: Totals, result: HistoryResult): void {
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
