import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { runAudit, type AuditReport } from '../app/audit/run-audit.js'
import { complain, say } from '../local/print.js'
import { createDataSource } from '../platform/db/data-source.js'
import { openCommandDatabase } from './database.js'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

/** Runs every invariant. Exit code 1 and the rows on a breach; it repairs nothing. */
async function main(): Promise<number> {
  const database = await openCommandDatabase(() => undefined)
  const dataSource = createDataSource({ url: database.url, poolSize: 2, applicationName: 'tollgate-audit' })
  try {
    await dataSource.initialize()
    const report = await runAudit({ dataSource })
    if (values.json) say(JSON.stringify(report))
    else print(report)
    return report.breaches === 0 ? 0 : 1
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy()
    await database.close()
  }
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
