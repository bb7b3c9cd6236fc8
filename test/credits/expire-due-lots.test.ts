import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { expireDueLots } from '../../src/slices/credits/index.js'
import { readExpiringLots } from '../../src/slices/credits/read-credits.js'
import { aLot, anAccount, bucketsOf, EARLIER, LATER, NOW } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
const clock = fixedClock(NOW.toISOString())
let accounts: AccountId[]

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
  accounts = await Promise.all(Array.from({ length: 3 }, () => anAccount(database.db)))
  for (const account of accounts) {
    await aLot(database.db, account, 10, { expiresAt: EARLIER })
    await aLot(database.db, account, 20, { expiresAt: LATER })
    await aLot(database.db, account, 30)
  }
})
afterAll(async () => {
  await database.drop()
})

test('lots that will expire soon are listed, soonest first, and those that did or never will are not', async () => {
  const lots = (withinDays: number) => readExpiringLots({ db: database.db, clock }, accounts[0]!, withinDays)

  expect(await lots(10)).toEqual([])
  expect((await lots(40)).map((lot) => lot.lotNo)).toEqual([2])
})

test('sweeps of two processes at once expire every due lot once', async () => {
  const deps = { db: database.db, clock }

  const [first, second] = await Promise.all([expireDueLots(deps), expireDueLots(deps)])

  expect(first.credits + second.credits).toBe(30)
  for (const account of accounts) {
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 50, expired: 10 })
  }
  expect(await expireDueLots(deps)).toEqual({ accounts: 0, credits: 0 })
})

test('what came due since the last sweep is found by the next, and whoever follows the account hears of it', async () => {
  clock.set(LATER.toISOString())

  expect(await expireDueLots({ db: database.db, clock })).toEqual({ accounts: 3, credits: 60 })

  const events = await readQuery<{ payload: unknown }>(
    database.db,
    `/* test */ select payload from account_event where account_id = $1 order by seq desc limit 1`,
    [accounts[0]],
  )
  expect(events).toEqual([{ payload: { kind: 'expiry', credits: 20 } }])
})
