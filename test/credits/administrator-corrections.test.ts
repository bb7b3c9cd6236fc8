import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { adjustCredits, expireLots, rollBackGrant } from '../../src/slices/credits/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  aLot,
  anAccount,
  anAccountWith,
  bucketsOf,
  EARLIER,
  holdsOf,
  locked,
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

const reason = 'ticket 4711'
const actor = 'admin:test'
const adjust = (accountId: AccountId, credits: number, key: string, why = reason) =>
  locked(database.db, accountId, (tx) =>
    adjustCredits(tx, { accountId, credits, key, actor, reason: why, now: NOW }),
  )
const rollBack = (accountId: AccountId, lotNo: number, key: string, credits?: number, why = reason) =>
  locked(database.db, accountId, (tx) =>
    rollBackGrant(tx, {
      accountId,
      lotNo,
      key,
      actor,
      reason: why,
      ...(credits === undefined ? {} : { credits }),
    }),
  )
const expire = (accountId: AccountId) =>
  locked(database.db, accountId, (tx) => expireLots(tx, accountId, NOW))

describe('adjustCredits', () => {
  test('a positive adjustment is a lot of its own', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await adjust(account, 5, 'a')).toEqual({ ok: true, repeated: false })

    expect(await remainingByLot(database.db, account)).toEqual({ 1: 10, 2: 5 })
  })

  test('a negative adjustment takes from the lots in the order in which they are spent', async () => {
    const account = await anAccountWith(database.db, 10)
    await aLot(database.db, account, 10, { priority: 10 })

    expect(await adjust(account, -12, 'a')).toEqual({ ok: true, repeated: false })

    expect(await remainingByLot(database.db, account)).toEqual({ 1: 8, 2: 0 })
  })

  test.each([5, -5])('an adjustment of %d with the same key moves credits once', async (credits) => {
    const account = await anAccountWith(database.db, 10)
    await adjust(account, credits, 'a')

    expect(await adjust(account, credits, 'a')).toEqual({ ok: true, repeated: true })

    expect((await bucketsOf(database.db, account)).available).toBe(10 + credits)
  })

  test('a repeated negative adjustment takes nothing from the next lot either', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 10, { priority: 1 })
    await aLot(database.db, account, 10, { priority: 2 })
    await adjust(account, -10, 'a')

    expect(await adjust(account, -10, 'a')).toEqual({ ok: true, repeated: true })

    expect(await remainingByLot(database.db, account)).toEqual({ 1: 0, 2: 10 })
  })

  test.each([
    [-5, -6],
    [-5, 5],
    [5, -5],
    [5, 6],
  ])('a key that adjusted by %d does not adjust by %d', async (first, second) => {
    const account = await anAccountWith(database.db, 100)
    await adjust(account, first, 'a')

    expect(await adjust(account, second, 'a')).toEqual({ ok: false, reason: 'key-reused' })

    expect((await bucketsOf(database.db, account)).available).toBe(100 + first)
  })

  test('held credits are not taken', async () => {
    const account = await anAccountWith(database.db, 10)
    await holdsOf(database.db, account, [7])

    expect(await adjust(account, -4, 'a')).toEqual({ ok: false, reason: 'insufficient-credits' })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 3, held: 7 })
  })

  test('credits whose time is over are not taken but expire', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 10, { expiresAt: EARLIER })

    expect(await adjust(account, -4, 'a')).toEqual({ ok: false, reason: 'insufficient-credits' })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, expired: 10 })
  })

  test.each([0, 1.5, Number.NaN, 1e12, -1e12])('%d credits are no adjustment', async (credits) => {
    const account = await anAccountWith(database.db, 10)

    expect(await adjust(account, credits, 'a')).toEqual({ ok: false, reason: 'credits-out-of-range' })
  })

  test('nothing is adjusted without a reason', async () => {
    const account = await anAccountWith(database.db, 10)

    expect(await adjust(account, 5, 'a', '  ')).toEqual({ ok: false, reason: 'reason-missing' })
  })
})

describe('rollBackGrant', () => {
  test('an unspent grant goes back without a debt', async () => {
    const account = await anAccountWith(database.db, 100)

    expect(await rollBack(account, 1, 'a')).toEqual({ ok: true, credits: 100, repeated: false })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, debt: 0 })
  })

  test('what was spent of it becomes a debt that blocks sending and is paid first by the next grant', async () => {
    const account = await anAccountWith(database.db, 100)
    await spend(database.db, account, 30)

    await rollBack(account, 1, 'a')

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, spent: 30, debt: 30 })
    expect(await holdsOf(database.db, account, [1])).toEqual([])
    await aLot(database.db, account, 20)
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, debt: 10 })
    await aLot(database.db, account, 20)
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 10, debt: 0 })
  })

  test('other lots pay the debt as far as they reach', async () => {
    const account = await anAccountWith(database.db, 100)
    await spend(database.db, account, 30)
    await aLot(database.db, account, 20)

    await rollBack(account, 1, 'a')

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, debt: 10 })
    expect(await remainingByLot(database.db, account)).toEqual({ 1: 0, 2: 0 })
  })

  test('credits in flight stay held; their release pays the debt', async () => {
    const account = await anAccountWith(database.db, 100)
    const held = await holdsOf(database.db, account, [30, 5])

    await rollBack(account, 1, 'a')

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, held: 35, debt: 35 })
    await release(database.db, account, held)
    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, held: 0, debt: 0 })
  })

  test('a refund pays the debt first', async () => {
    const account = await anAccountWith(database.db, 100)
    const attempt = await spend(database.db, account, 30)
    await rollBack(account, 1, 'a')

    await refund(database.db, account, [attempt])

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, spent: 0, debt: 0 })
  })

  test('credits that expired unused do not become a debt', async () => {
    const account = await anAccount(database.db)
    await aLot(database.db, account, 100, { expiresAt: EARLIER })
    await expire(account)

    expect(await rollBack(account, 1, 'a')).toEqual({ ok: false, reason: 'nothing-left' })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, expired: 100, debt: 0 })
  })

  test('credits that an administrator took already are not taken again', async () => {
    const account = await anAccountWith(database.db, 100)
    await adjust(account, -40, 'a')

    expect(await rollBack(account, 1, 'b')).toEqual({ ok: true, credits: 60, repeated: false })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, debt: 0 })
  })

  test('a part can be taken back, and then the rest, and then nothing', async () => {
    const account = await anAccountWith(database.db, 100)

    expect(await rollBack(account, 1, 'a', 40)).toEqual({ ok: true, credits: 40, repeated: false })
    expect(await rollBack(account, 1, 'b', 61)).toEqual({ ok: false, reason: 'credits-out-of-range' })
    expect(await rollBack(account, 1, 'c')).toEqual({ ok: true, credits: 60, repeated: false })
    expect(await rollBack(account, 1, 'd')).toEqual({ ok: false, reason: 'nothing-left' })
  })

  test('the same key takes back once, even when the lot was spent in between', async () => {
    const account = await anAccountWith(database.db, 100)
    await rollBack(account, 1, 'a', 40)
    await spend(database.db, account, 60)

    expect(await rollBack(account, 1, 'a', 40)).toEqual({ ok: true, credits: 40, repeated: true })

    expect(await bucketsOf(database.db, account)).toMatchObject({ available: 0, spent: 60, debt: 0 })
  })

  test('a key that took back one lot does not take back another', async () => {
    const account = await anAccountWith(database.db, 100)
    await aLot(database.db, account, 100)
    await rollBack(account, 1, 'a', 40)

    expect(await rollBack(account, 2, 'a', 40)).toEqual({ ok: false, reason: 'key-reused' })
    expect(await rollBack(account, 1, 'a', 41)).toEqual({ ok: false, reason: 'key-reused' })
  })

  test('an unknown lot, another account’s lot and a missing reason are refused', async () => {
    const account = await anAccount(database.db)
    await anAccountWith(database.db, 100)

    expect(await rollBack(account, 1, 'a')).toEqual({ ok: false, reason: 'lot-not-found' })
    expect(await rollBack(account, 1, 'a', 1, '')).toEqual({ ok: false, reason: 'reason-missing' })
  })
})
