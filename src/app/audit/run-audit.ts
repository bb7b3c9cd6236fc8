import type { Db } from '../../platform/db/data-source.js'
import { invariants } from './invariants.js'

export interface AuditFinding {
  id: string
  what: string
  breaches: number
  /** The first few rows that break it. */
  rows: { accountId: string | null; what: string }[]
}

export interface AuditReport {
  checked: number
  breaches: number
  findings: AuditFinding[]
}

const ROWS_SHOWN = 20

/**
 * Runs every invariant over one snapshot. SERIALIZABLE READ ONLY DEFERRABLE waits for a moment at which the snapshot is
 * safe, so the answer is true for one instant even while everything else goes on. It never repairs anything.
 */
export async function runAudit(db: Db): Promise<AuditReport> {
  const runner = db.dataSource.createQueryRunner()
  const findings: AuditFinding[] = []
  try {
    await runner.query('/* audit.begin */ begin isolation level serializable, read only, deferrable')
    await runner.query(
      `/* audit.settings */ set local statement_timeout = '15min'; set local work_mem = '64MB'`,
    )
    for (const invariant of invariants) {
      const rows = (await runner.query(`/* audit.${invariant.id} */ ${invariant.sql}`)) as {
        account_id: string | null
        what: string
      }[]
      findings.push({
        id: invariant.id,
        what: invariant.what,
        breaches: rows.length,
        rows: rows.slice(0, ROWS_SHOWN).map((row) => ({ accountId: row.account_id, what: row.what })),
      })
    }
    await runner.query('/* audit.end */ commit')
  } finally {
    await runner.release()
  }
  return {
    checked: findings.length,
    breaches: findings.reduce((sum, finding) => sum + finding.breaches, 0),
    findings,
  }
}
