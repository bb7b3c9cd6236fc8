import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newId, type AccountId, type AttemptId } from '../../src/kernel/ids.js'
import { readQuery, type Tx } from '../../src/platform/db/transaction.js'
import {
  captureHolds,
  grantCredits,
  holdCredits,
  listLots,
  releaseHolds,
} from '../../src/slices/credits/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  ACTOR,
  aLot,
  anAccount,
  anAccountWith,
  bucketsOf,
  capture,
  EARLIER,
  holdsOf,
  LATER,
  locked,
  noLimits,
  NOW,
  refund,
  release,
  remainingByLot,
  spend,
} from '../support/builders/credits.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
})
afterAll(async () => {
  await database.drop()
})

const MUCH_LATER = new Date('2027-01-01T00:00:00Z')

/** The lots in the order in which single credits leave them. */
async function order(accountId: AccountId, credits: number): Promise<number[]> {
  const seen: number[] = []
  let before = await remainingByLot(database.db, accountId)
  for (let n = 0; n < credits; n += 1) {
    await spend(database.db, accountId, 1)
    const after = await remainingByLot(database.db, accountId)
    seen.push(Number(Object.keys(after).find((lotNo) => after[Number(lotNo)] !== before[Number(lotNo)])))
    before = after
  }
  return seen
}

describe('lots are spent in one order', () => {
  test('a lower priority number goes first, whatever expires', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 1, { priority: 60, expiresAt: LATER, source: 'promotion' })
    await aLot(database.db, account, 1, { priority: 40 })
    await aLot(database.db, account, 1, { priority: 50, expiresAt: MUCH_LATER })

    expect(await order(account, 3)).toEqual([2, 3, 1])
  })

  test('of equal priority the earliest expiry goes first, and lots that never expire last', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 1, { source: 'promotion' })
    await aLot(database.db, account, 1, { expiresAt: MUCH_LATER })
    await aLot(database.db, account, 1, { expiresAt: LATER })

    expect(await order(account, 3)).toEqual([3, 2, 1])
  })

  test('of equal priority and expiry promotional credits go before paid ones, then the oldest lot', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 1, { expiresAt: LATER })
    await aLot(database.db, account, 1, { expiresAt: LATER, source: 'plan' })
    await aLot(database.db, account, 1, { expiresAt: LATER, source: 'promotion' })

    expect(await order(account, 3)).toEqual([3, 1, 2])
  })

  test('the list of lots shows that order', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 1, { priority: 60 })
    await aLot(database.db, account, 1, { priority: 40 })
    await aLot(database.db, account, 1, { source: 'promotion', priority: 40 })
    await aLot(database.db, account, 1, { priority: 10 })
    await spend(database.db, account, 1)

    const lots = await listLots(database.db, account)

    expect(lots.map((lot) => lot.lotNo)).toEqual([3, 2, 1, 4])
  })

  test('one hold takes from several lots when the first is not enough, and one batch takes them on', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 5, { priority: 10 })
    await aLot(database.db, account, 5, { priority: 20 })
    await aLot(database.db, account, 5, { priority: 30 })

    expect(await holdsOf(database.db, account, [4, 4, 4])).toHaveLength(3)

    expect(await remainingByLot(database.db, account)).toEqual({ 1: 0, 2: 0, 3: 3 })
  })

  test('a lot whose time is over is expired by the next hold and never spent', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 5, { priority: 10, expiresAt: EARLIER })
    await aLot(database.db, account, 5, { priority: 20 })

    expect(await holdsOf(database.db, account, [4, 4])).toHaveLength(1)

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 1, held: 4, expired: 5 })
  })

  test('the exact moment of expiry is too late', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 5, { expiresAt: NOW })

    expect(await holdsOf(database.db, account, [1])).toEqual([])
  })
})

describe('credits come back to where they came from', () => {
  test.each([
    ['release', async (account: AccountId, ids: AttemptId[]) => release(database.db, account, ids)],
    [
      'refund',
      async (account: AccountId, ids: AttemptId[]) => {
        await capture(database.db, account, ids)
        return refund(database.db, account, ids)
      },
    ],
  ])('a %s fills each lot with what it gave', async (_name, giveBack) => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 5, { priority: 20 })
    await aLot(database.db, account, 5, { priority: 10 })
    const before = await remainingByLot(database.db, account)
    const held = await holdsOf(database.db, account, [3, 4])

    expect(await giveBack(account, held)).toBe(7)

    expect(await remainingByLot(database.db, account)).toEqual(before)
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 10, held: 0, spent: 0 })
  })

  test('a refund of one message leaves the others spent', async () => {
    const account = await anAccountWith(database.db, 10)
    const first = await spend(database.db, account, 2)
    await spend(database.db, account, 3)

    await refund(database.db, account, [first])

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 7, spent: 3 })
  })

  test('a repeated refund gives nothing more', async () => {
    const account = await anAccountWith(database.db, 10)
    const attempt = await spend(database.db, account, 2)
    await refund(database.db, account, [attempt])

    expect(await refund(database.db, account, [attempt])).toBe(0)

    expect((await bucketsOf(database.db, account)).available).toBe(10)
  })

  test('an open hold and a released one are not refunded', async () => {
    const account = await anAccountWith(database.db, 10)
    const [open, released] = await holdsOf(database.db, account, [2, 3])
    await release(database.db, account, [released!])

    expect(await refund(database.db, account, [open!, released!])).toBe(0)
  })

  test('credits that come back to a lot whose time is over expire with the next sweep, not before', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 5, { expiresAt: LATER })
    const held = await holdsOf(database.db, account, [2, 1])
    const afterwards = new Date(LATER.getTime() + 1)
    await holdsOf(database.db, account, [1], { now: afterwards })
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, held: 3, expired: 2 })

    await release(database.db, account, held.slice(0, 1))
    await holdsOf(database.db, account, [1], { now: afterwards })
    await release(database.db, account, held.slice(1))
    await holdsOf(database.db, account, [1], { now: afterwards })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, held: 0, expired: 5 })
  })

  test('the attempts of another account are left alone', async () => {
    const account = await anAccountWith(database.db, 10)
    const other = await anAccountWith(database.db, 10)
    const theirs = await holdsOf(database.db, other, [4])

    expect(await capture(database.db, account, theirs)).toBe(0)
    expect(await release(database.db, account, theirs)).toBe(0)

    expect(await bucketsOf(database.db, other)).toMatchObject({ available: 6, held: 4 })
  })
})

describe('a batch of holds', () => {
  test('takes the longest beginning that fits; nobody further down the order overtakes', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await holdsOf(database.db, account, [4, 4, 3, 1])).toHaveLength(2)

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 2, held: 8 })
  })

  test('spends to exactly zero', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await holdsOf(database.db, account, [4, 6, 1])).toHaveLength(2)

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, held: 10 })
  })

  test('leaves the reserve alone', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await holdsOf(database.db, account, [3, 3, 3], { reserveCredits: 4 })).toHaveLength(2)
    expect(await holdsOf(database.db, account, [1], { reserveCredits: 4 })).toEqual([])
    expect(await holdsOf(database.db, account, [4], { reserveCredits: 0 })).toHaveLength(1)
  })

  test('a reserve larger than the balance holds nothing', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await holdsOf(database.db, account, [1], { reserveCredits: 11 })).toEqual([])
  })

  test('stays under its cap', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await holdsOf(database.db, account, [2, 2, 2], { capCredits: 5 })).toHaveLength(2)
    expect(await holdsOf(database.db, account, [1], { capCredits: 0 })).toEqual([])
  })

  test('tells what was available before it', async () => {
    const account = await anAccountWith(database.db, 10)

    const answer = await locked(database.db, account, (tx) =>
      holdCredits(tx, account, [{ attemptId: newId<AttemptId>(), cost: 11 }], noLimits),
    )

    expect(answer).toEqual({ held: 0, availableBefore: 10 })
  })

  test('an empty batch changes nothing', async () => {
    const account = await anAccountWith(database.db, 10)

    await holdsOf(database.db, account, [])
    await capture(database.db, account, [])
    await release(database.db, account, [])
    await refund(database.db, account, [])

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 10, held: 0 })
  })

  test('one capture of a batch that is resolved already refuses the whole batch', async () => {
    const account = await anAccountWith(database.db, 10)
    const [first, second] = await holdsOf(database.db, account, [2, 3])
    await release(database.db, account, [first!])

    await expect(capture(database.db, account, [first!, second!])).rejects.toThrow('hold_resolves_once')

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 7, held: 3, spent: 0 })
  })

  test('credits do not move without the lock of their account', async () => {
    const account = await anAccountWith(database.db, 10)
    const other = await anAccountWith(database.db, 10)
    const [attempt] = await holdsOf(database.db, other, [2])

    for (const move of [
      (tx: Tx): Promise<unknown> => captureHolds(tx, other, [attempt!], ACTOR),
      (tx: Tx): Promise<unknown> => releaseHolds(tx, other, [attempt!], ACTOR),
      (tx: Tx): Promise<unknown> => holdCredits(tx, other, [], noLimits),
    ]) {
      await expect(locked(database.db, account, move)).rejects.toThrow('under the lock of their account')
    }
  })
})

describe('a grant', () => {
  const grant = (accountId: AccountId, credits: number, origin: string) =>
    locked(database.db, accountId, (tx) =>
      grantCredits(tx, { accountId, credits, source: 'purchase', origin, actor: ACTOR }),
    )

  test('of the same origin is answered with the lot that exists', async () => {
    const account = await anAccount(database.db)

    expect(await grant(account, 10, 'pi:1')).toEqual({ ok: true, lotNo: 1, repeated: false })
    expect(await grant(account, 10, 'pi:1')).toEqual({ ok: true, lotNo: 1, repeated: true })
    expect(await grant(account, 11, 'pi:1')).toEqual({ ok: false, reason: 'origin-reused' })

    expect((await bucketsOf(database.db, account)).available).toBe(10)
  })

  test('of the same origin in another account is another lot', async () => {
    expect(await grant(await anAccount(database.db), 10, 'pi:2')).toMatchObject({ repeated: false })
    expect(await grant(await anAccount(database.db), 10, 'pi:2')).toMatchObject({ repeated: false })
  })

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_001])(
    'of %d credits is refused',
    async (credits) => {
      expect(await grant(await anAccount(database.db), credits, 'pi:3')).toEqual({
        ok: false,
        reason: 'credits-out-of-range',
      })
    },
  )

  test('leaves an event for whoever follows the account', async () => {
    const account = await anAccount(database.db)
    await grant(account, 10, 'pi:4')

    const events = await readQuery<{ topic: string; payload: unknown }>(
      database.db,
      '/* test */ select topic, payload from account_event where account_id = $1',
      [account],
    )

    expect(events).toEqual([
      { topic: 'credits', payload: { kind: 'grant', credits: 10, lotNo: 1, source: 'purchase' } },
    ])
  })
})
