import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { anAccountWith } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 2 })
})
afterAll(async () => {
  await database.drop()
})

function verify(): { status: number | null; stdout: string; stderr: string } {
  const command = fileURLToPath(new URL('../../src/commands/verify-ledger.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', command],
    { env: { ...process.env, DATABASE_URL: database.url, NODE_OPTIONS: '' }, encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

test('the command ends with 0 on untouched ledgers and prints their heads, and with 1 and the reason on a changed one', async () => {
  const account = await anAccountWith(database.db, 10)
  await anAccountWith(database.db, 20)

  const before = verify()
  expect(before).toMatchObject({ status: 0, stderr: '' })
  expect(before.stdout).toMatch(new RegExp(`${account}  1 transfers in 1 blocks, head [0-9a-f]{64}`))
  const { host, pathname, password } = new URL(database.url)
  expect(before.stdout).toContain(`Database: ${host}${pathname}`)
  if (password !== '') expect(before.stdout).not.toContain(password)
  expect(before.stdout).toContain('2 ledgers verified, all as they were written.')

  await readQuery(database.db, '/* test */ alter table ledger_block disable trigger user')
  await readQuery(
    database.db,
    `/* test */ update ledger_block set reason = 'another' where account_id = $1`,
    [account],
  )
  const after = verify()
  expect(after.status).toBe(1)
  expect(after.stderr).toContain(`${account}  DIVERGES: the hash of block 1 `)
  expect(after.stdout).toContain('2 ledgers verified, 1 diverge.')
}, 60_000)
