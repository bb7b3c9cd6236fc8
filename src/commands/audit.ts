import 'reflect-metadata'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { invariants } from '../app/audit/invariants.js'
import { runAudit, type AuditReport } from '../app/audit/run-audit.js'
import { look, type LookResult, type WatchDeps } from '../app/audit/watch-invariants.js'
import { systemClock } from '../kernel/clock.js'
import { complain, say } from '../local/print.js'
import { createDataSource } from '../platform/db/data-source.js'
import { silentLogger } from '../platform/observability/logger.js'
import { openCommandDatabase, whichDatabase } from './database.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Goes on looking at news, as the workers do: writes breaches down and stops who is in breach. */
    watch: { type: 'boolean', default: false },
    'every-seconds': { type: 'string', default: '10' },
  },
})

const SECONDS_MIN = 0.1
const SECONDS_MAX = 86_400

/** Runs every invariant. Exit code 1 and the rows on a breach, 2 when it could not look; it repairs nothing. */
async function main(): Promise<number> {
  const everyMs = pauseAsked()
  const database = await openCommandDatabase(() => undefined)
  if (!values.json) say(whichDatabase(database))
  const dataSource = createDataSource({ url: database.url, poolSize: 3, applicationName: 'tollgate-audit' })
  try {
    await dataSource.initialize()
    if (values.watch)
      return await watch({ db: { dataSource }, clock: systemClock, logger: silentLogger }, everyMs)
    const report = await runAudit({ dataSource })
    if (values.json) say(JSON.stringify(report))
    else print(report)
    return report.breaches === 0 ? 0 : 1
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy()
    await database.close()
  }
}

/**
 * One look at everything, then one look at news after another until somebody ends it. A look that is under way is finished
 * first: what it finds is written down. Exit code 1 when any look knew of a breach that nobody had answered for.
 */
async function watch(deps: WatchDeps, everyMs: number): Promise<number> {
  const ended = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      ended.abort()
    })
  let broken = false
  let kind: 'full' | 'news' = 'full'
  while (!ended.signal.aborted) {
    const result = await look(deps, kind)
    if (result === null) complain('another process is looking')
    else {
      kind = 'news'
      broken ||= result.open > 0
      if (values.json) say(JSON.stringify(result))
      else printLook(result)
    }
    await pause(everyMs, undefined, { signal: ended.signal }).catch(() => undefined)
  }
  return broken ? 1 : 0
}

/** A pause that is no number would be none, and the database would be asked without end. */
function pauseAsked(): number {
  const seconds = Number(values['every-seconds'])
  if (seconds >= SECONDS_MIN && seconds <= SECONDS_MAX) return seconds * 1_000
  throw new Error(
    `--every-seconds takes a number from ${String(SECONDS_MIN)} to ${String(SECONDS_MAX)}, not "${values['every-seconds']}"`,
  )
}

function printLook(result: LookResult): void {
  const seen =
    result.kind === 'full'
      ? `${String(invariants.length)} invariants over everything`
      : `${String(result.accounts)} accounts and ${String(result.messages)} messages with news`
  say(`${seen} in ${String(result.tookMs)} ms; ${String(result.open)} breaches that nobody has answered for`)
  for (const { invariant, accountId, what } of result.added)
    say(`BROKEN ${invariant.padEnd(4)} account ${accountId ?? '-'}: ${what}`)
  for (const { accountId, reason } of result.stopped)
    say(`       ${accountId === null ? 'the platform' : `account ${accountId}`} stops sending (${reason})`)
}

function print(report: AuditReport): void {
  for (const finding of report.findings) {
    say(`${finding.breaches === 0 ? 'holds ' : 'BROKEN'} ${finding.id.padEnd(4)} ${finding.what}`)
    for (const row of finding.rows) say(`         account ${row.accountId ?? '-'}: ${row.what}`)
    if (finding.breaches > finding.rows.length)
      say(`         and ${String(finding.breaches - finding.rows.length)} more`)
  }
  say(`${String(report.checked)} invariants checked, ${String(report.breaches)} breaches.`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error))
    process.exit(2)
  },
)
