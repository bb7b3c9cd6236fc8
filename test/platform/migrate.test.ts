import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { migrateDown, migrateUp } from '../../src/commands/database.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 2 })
  await query('create table seen (step text, statement_timeout text)')
  await query(`create function note() returns trigger language plpgsql as $$
    begin insert into seen values (tg_op, current_setting('statement_timeout')); return null; end $$`)
  await query('create trigger note after insert or delete on migration for each row execute function note()')
})
afterAll(() => database.drop())

test('a migration may take as long as it takes, in both directions', async () => {
  expect(await migrateDown(database.url)).toBe(true)
  expect(await migrateUp(database.url)).toHaveLength(1)

  expect(await query('select step, statement_timeout as timeout from seen')).toEqual([
    { step: 'DELETE', timeout: '0' },
    { step: 'INSERT', timeout: '0' },
  ])
})

test('a step back waits for whoever migrates', async () => {
  const other = database.db.dataSource.createQueryRunner()
  await other.query('select pg_advisory_lock(7461001)')

  const down = migrateDown(database.url)
  await eventually(
    async () => (await query(`select from pg_locks where locktype = 'advisory' and not granted`)).length > 0,
    { what: 'a step back that waits', timeoutMs: 10_000 },
  )
  await other.query('select pg_advisory_unlock(7461001)')
  await other.release()

  expect(await down).toBe(true)
  await migrateUp(database.url)
}, 30_000)

function query(sql: string): Promise<unknown[]> {
  return readQuery(database.db, `/* test */ ${sql}`)
}
