import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { transactionStatistics } from '../../src/platform/db/transaction.js'
import { verifyLedger } from '../../src/slices/credits/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { anAccountWith, bucketsOf, capture, holdsOf, refund, release } from '../support/builders/credits.js'
import type { HoldOrder, HoldReport } from '../support/processes/hold-runner.js'

let database: TestDatabase
/** Two pools, as two parts of one process have. */
let pools: [Db, Db]

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 10 })
  const second = createDataSource({ url: database.url, poolSize: 10, applicationName: 'test-second' })
  await second.initialize()
  pools = [database.db, { dataSource: second }]
})
afterAll(async () => {
  await pools[1].dataSource.destroy()
  await database.drop()
})

async function expectProved(accountId: AccountId): Promise<void> {
  const verdict = await verifyLedger({ db: database.db, random: seededRandom(1) }, accountId)
  expect(verdict.divergence).toBeNull()
}

/** So many single holds of one credit per account at once, over both pools. Throws if one of them throws. */
async function holdAtOnce(
  accountIds: readonly AccountId[],
  holdsPerAccount: number,
): Promise<Map<AccountId, string[]>> {
  const got = new Map(accountIds.map((accountId): [AccountId, string[]] => [accountId, []]))
  const holds = Array.from({ length: holdsPerAccount }, () => accountIds).flat()
  await Promise.all(
    holds.map(async (accountId, n) => {
      const attempts = await holdsOf(pools[n % 2]!, accountId, [1])
      got.get(accountId)!.push(...attempts)
    }),
  )
  return got
}

describe('200 concurrent holds on one account', () => {
  test('with credits for 150: exactly 150 hold, available ends at 0, nothing fails and nothing is retried', async () => {
    const account = await anAccountWith(database.db, 150)
    const before = transactionStatistics().aborted

    const got = await holdAtOnce([account], 200)

    expect(got.get(account)).toHaveLength(150)
    expect(new Set(got.get(account)).size).toBe(150)
    expect(await bucketsOf(database.db, account)).toEqual({
      available: 0,
      held: 150,
      spent: 0,
      expired: 0,
      debt: 0,
    })
    expect(transactionStatistics().aborted).toBe(before)
    await expectProved(account)
  })

  test('with credits for all of them: no update is lost', async () => {
    const account = await anAccountWith(database.db, 500)

    const got = await holdAtOnce([account], 200)

    expect(got.get(account)).toHaveLength(200)
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 300, held: 200 })
  })

  test('and captures, releases and refunds of them at the same time add up', async () => {
    const account = await anAccountWith(database.db, 400)
    const held = (await holdAtOnce([account], 200)).get(account)!

    await Promise.all([
      ...held.map((attempt, n) => (n % 3 === 0 ? release : capture)(pools[n % 2]!, account, [attempt])),
      holdAtOnce([account], 50),
    ])
    const regretted = held.filter((_attempt, n) => n % 3 === 1)
    await Promise.all(regretted.map((attempt, n) => refund(pools[n % 2]!, account, [attempt])))

    const counts = [0, 1, 2].map((rest) => held.filter((_attempt, n) => n % 3 === rest).length)
    expect(await bucketsOf(database.db, account)).toMatchObject({
      available: 400 - counts[2]! - 50,
      held: 50,
      spent: counts[2]!,
    })
    await expectProved(account)
  })
})

/**
 * Accounts share pages of small indexes, where serializable isolation sees a conflict now and then that is none. It used
 * to be every second transaction, and must not become so again. The first burst may lose some more: 11 to 17 of 200 were
 * seen while a serializable transaction of another suite stayed open in the same cluster, none without it.
 */
function expectHardlyAny(aborted: number, of: number): void {
  expect(aborted).toBeLessThanOrEqual(30 + of * 0.05)
}

describe('20 accounts at once', () => {
  test.each([10, 200])(
    '%d holds on each: every account ends at its exact sum, and accounts hardly ever conflict',
    async (holdsPerAccount) => {
      const accounts = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          anAccountWith(database.db, Math.max(1, Math.floor((holdsPerAccount * n) / 15))),
        ),
      )

      const before = transactionStatistics().aborted

      const got = await holdAtOnce(accounts, holdsPerAccount)

      expectHardlyAny(transactionStatistics().aborted - before, 20 * holdsPerAccount)

      for (const [n, account] of accounts.entries()) {
        const credits = Math.max(1, Math.floor((holdsPerAccount * n) / 15))
        const held = Math.min(credits, holdsPerAccount)
        expect(got.get(account)).toHaveLength(held)
        expect(await bucketsOf(database.db, account)).toMatchObject({ available: credits - held, held })
      }
    },
    120_000,
  )
})

describe('processes that share nothing but the database', () => {
  const runner = fileURLToPath(new URL('../support/processes/hold-runner.ts', import.meta.url))

  async function startRunner(): Promise<ChildProcess> {
    const child = fork(runner, { execArgv: ['--import', '@swc-node/register/esm-register'] })
    await once(child, 'message')
    return child
  }

  async function give(child: ChildProcess, order: HoldOrder): Promise<HoldReport> {
    child.send(order)
    const [report] = (await once(child, 'message')) as [HoldReport]
    return report
  }

  test('take 200 holds on one account: exact, without an error, and without a single retry', async () => {
    const contested = await anAccountWith(database.db, 130)
    const children = await Promise.all([startRunner(), startRunner()])

    const order = { url: database.url, accountIds: [contested], holdsPerAccount: 100 }
    const reports = await Promise.all(children.map((child) => give(child, order)))

    expect(reports.flatMap((report) => report.errors)).toEqual([])
    expect(reports.map((report) => report.aborted)).toEqual([0, 0])
    expect(reports.reduce((sum, report) => sum + report.held[contested]!, 0)).toBe(130)
    expect(await bucketsOf(database.db, contested)).toMatchObject({ available: 0, held: 130 })
  }, 120_000)

  test('take 200 holds on one contested account and on 3 others: exact, and without an error', async () => {
    const contested = await anAccountWith(database.db, 130)
    const others = await Promise.all(Array.from({ length: 3 }, () => anAccountWith(database.db, 1_000)))
    const children = await Promise.all([startRunner(), startRunner()])

    const order = { url: database.url, accountIds: [contested, ...others], holdsPerAccount: 100 }
    const reports = await Promise.all(children.map((child) => give(child, order)))

    expect(reports.flatMap((report) => report.errors)).toEqual([])
    const aborted = reports.reduce((sum, report) => sum + report.aborted, 0)
    expectHardlyAny(aborted, 800)
    expect(reports.reduce((sum, report) => sum + report.held[contested]!, 0)).toBe(130)
    expect(await bucketsOf(database.db, contested)).toMatchObject({ available: 0, held: 130 })
    for (const other of others) {
      expect(await bucketsOf(database.db, other)).toMatchObject({ available: 800, held: 200 })
    }
    await expectProved(contested)
  }, 120_000)
})
