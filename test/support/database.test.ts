import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { createTestDatabase, type TestDatabase } from './database.js'

let first: TestDatabase
let second: TestDatabase

beforeAll(async () => {
  first = await createTestDatabase()
  second = await createTestDatabase()
})

afterAll(async () => {
  await first.drop()
  await second.drop()
})

test('a clone holds every migration', async () => {
  const rows = await readQuery<{ migrations: number }>(
    first.db,
    '/* test */ select count(*)::int as migrations from migration',
  )

  expect(rows[0]?.migrations).toBeGreaterThan(0)
})

test('what one clone holds, another does not see', async () => {
  await readQuery(first.db, '/* test */ create table only_here (id int)')

  await expect(readQuery(second.db, '/* test */ select from only_here')).rejects.toThrow('does not exist')
})
