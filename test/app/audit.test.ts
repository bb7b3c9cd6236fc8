import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { invariants } from '../../src/app/audit/invariants.js'
import { runAudit, type AuditReport } from '../../src/app/audit/run-audit.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { compileProgram, runCommand } from '../support/command.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { onServer } from '../support/server-connection.js'
import { corruptions } from './corruptions.js'
import { aHealthyDatabase } from './healthy-database.js'

let healthy: TestDatabase
/** Which states and kinds there are, so that no invariant holds only because there is nothing to break. */
let present: { messages: string[]; attempts: string[]; transfers: string[] }
let soundReport: AuditReport

beforeAll(async () => {
  healthy = await aHealthyDatabase()
  soundReport = await runAudit(healthy.db)
  const values = async (column: string, table: string): Promise<string[]> => {
    const rows = await readQuery<{ value: string }>(
      healthy.db,
      `/* test.values */ select distinct ${column}::text as value from ${table} order by 1`,
    )
    return rows.map((row) => row.value)
  }
  present = {
    messages: await values('state', 'message'),
    attempts: await values('state', 'attempt'),
    transfers: await values('kind', 'credit_transfer'),
  }
  // A database that somebody is connected to cannot be cloned.
  await healthy.db.dataSource.destroy()
}, 60_000)

afterAll(() => healthy.drop())

/** A copy that is wrong in one place. */
async function corrupted(sql: string): Promise<TestDatabase> {
  const copy = await createTestDatabase({ template: healthy.name, poolSize: 1 })
  await onServer(copy.url, `set session_replication_role = replica; ${sql}`)
  return copy
}

test('healthy data breaks no invariant', () => {
  expect(present).toEqual({
    messages: ['accepted', 'dispatching', 'failed', 'pending', 'suppressed', 'unknown', 'unproven'],
    attempts: ['absent', 'accepted', 'dispatching', 'not_sent', 'unknown', 'unproven'],
    transfers: expect.arrayContaining([
      ...[
        'capture',
        'clawback',
        'debt_charge',
        'debt_repayment',
        'expiry',
        'grant',
        'hold',
        'late_charge',
        'refund',
        'release',
      ],
    ]),
  })
  expect(soundReport.findings.filter(({ breaches }) => breaches > 0)).toEqual([])
  expect(soundReport).toMatchObject({ checked: invariants.length, breaches: 0 })
})

test('every invariant is shown to notice what breaks it', () => {
  expect([...new Set(corruptions.map(({ invariant }) => invariant))]).toEqual(invariants.map(({ id }) => id))
})

test.each(corruptions)('$invariant notices that $what', async ({ invariant, sql }) => {
  const copy = await corrupted(sql)
  try {
    const report = await runAudit(copy.db)

    const finding = report.findings.find(({ id }) => id === invariant)
    expect(finding?.breaches).toBeGreaterThan(0)
    expect(finding?.rows.length).toBeGreaterThan(0)
  } finally {
    await copy.drop()
  }
})

describe('the command', () => {
  beforeAll(() => compileProgram(), 120_000)

  test('ends with 0 on healthy data', async () => {
    const audit = runCommand('audit', { DATABASE_URL: healthy.url })

    expect(await audit.ended).toBe(0)
    expect(audit.output()).toContain(`${String(invariants.length)} invariants checked, 0 breaches.`)
  }, 60_000)

  test('ends with 1 on a breach and prints the rows that break it', async () => {
    const copy = await corrupted(
      `update message_tally set accepted = accepted + 1 where campaign_id = (select campaign_id from message_tally limit 1);`,
    )
    try {
      const [plain, json] = [[], ['--json']].map((args) =>
        runCommand('audit', { DATABASE_URL: copy.url }, args),
      )

      expect(await plain!.ended).toBe(1)
      expect(plain!.output()).toMatch(/BROKEN I23 .+\n +account [0-9a-f-]{36}: campaign [0-9a-f-]{36}\n/)
      expect(plain!.output()).toContain(`${String(invariants.length)} invariants checked, 1 breaches.`)
      expect(await json!.ended).toBe(1)
      expect(JSON.parse(json!.output())).toMatchObject({ checked: invariants.length, breaches: 1 })
    } finally {
      await copy.drop()
    }
  }, 60_000)
})
