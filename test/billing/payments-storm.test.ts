import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { runHistory } from '../../payments-storm/run-history.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(() => database.drop())

// `npm run payments:storm` is the same with as many histories as one likes.
test('random purchases, renewals, declines, refunds and disputes end as an independent recomputation says', async () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const result = await runHistory(database.db, seed, seed)
    expect({ seed, problems: result.problems, forged: result.forgedTaken }).toEqual({
      seed,
      problems: [],
      forged: 0,
    })
    expect(result.claimedWhileForbidden).toBe(0)
  }
  expect((await runAudit(database.db)).breaches).toBe(0)
}, 180_000)
