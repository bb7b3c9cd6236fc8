import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { currentPriceBook, priceOf } from '../../src/slices/credits/index.js'
import { listPriceBooks } from '../../src/slices/credits/price-book.js'
import { publishPriceBook, type NewPrices } from '../../src/slices/credits/publish-price-book.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
const now = new Date('2026-03-02T15:00:00Z')
const nextMonth = new Date('2026-04-01T00:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
})
afterAll(async () => {
  await database.drop()
})

const latest = async (): Promise<number> => (await listPriceBooks(database.db))[0]!.version
const publish = async (prices: NewPrices['prices'], terms: Partial<NewPrices> = {}) =>
  publishPriceBook(database.db, {
    prices,
    effectiveAt: null,
    now,
    actor: 'admin:1',
    afterVersion: await latest(),
    ...terms,
  })
const us = { country: 'US', creditsPerSegment: 1 }

test('the first version came with the ledger and is in force', async () => {
  const book = await currentPriceBook(database.db, now)

  expect(book.version).toBe(1)
  expect([priceOf(book, 'US', 3), priceOf(book, 'GB', 2), priceOf(book, 'KP', 1)]).toEqual([3, 8, null])
})

test('a version for later prices nothing before its moment, and everything from then on', async () => {
  expect(await publish([{ ...us, creditsPerSegment: 2 }], { effectiveAt: nextMonth })).toEqual({
    ok: true,
    version: 2,
  })

  expect((await currentPriceBook(database.db, new Date(nextMonth.getTime() - 1))).version).toBe(1)
  const book = await currentPriceBook(database.db, nextMonth)
  expect([book.version, priceOf(book, 'US', 1), priceOf(book, 'GB', 1)]).toEqual([2, 2, null])
})

test('the versions are listed newest first, those to come among them, with who published them', async () => {
  const books = await listPriceBooks(database.db)

  expect(books.map((book) => [book.version, book.publishedBy])).toEqual([
    [2, 'admin:1'],
    [1, 'system'],
  ])
  expect(books[0]).toMatchObject({
    effectiveAt: nextMonth,
    prices: [{ country: 'US', creditsPerSegment: 2 }],
  })
})

test('a version does not begin before the one before it', async () => {
  expect(await publish([us])).toEqual({ ok: false, reason: 'effective-before-latest' })
})

test('of two administrators who looked at the same version one publishes', async () => {
  const afterVersion = await latest()
  const effectiveAt = new Date('2026-05-01T00:00:00Z')

  const outcomes = await Promise.all([
    publish([us], { afterVersion, effectiveAt }),
    publish([us], { afterVersion, effectiveAt }),
  ])

  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(outcomes).toContainEqual({ ok: false, reason: 'version-outdated' })
})

const refused: [string, NewPrices['prices'], Partial<NewPrices>, string][] = [
  ['no prices', [], {}, 'no-prices'],
  ['a country in small letters', [{ ...us, country: 'us' }], {}, 'country-invalid'],
  ['a country that is none', [{ ...us, country: 'USA' }], {}, 'country-invalid'],
  ['a country twice', [us, us], {}, 'country-twice'],
  ['a price of nothing', [{ ...us, creditsPerSegment: 0 }], {}, 'price-out-of-range'],
  ['half a credit', [{ ...us, creditsPerSegment: 1.5 }], {}, 'price-out-of-range'],
  ['a price without end', [{ ...us, creditsPerSegment: 10_001 }], {}, 'price-out-of-range'],
  ['a moment that has passed', [us], { effectiveAt: new Date(now.getTime() - 1) }, 'effective-in-the-past'],
  [
    'a version that is not the latest',
    [us],
    { afterVersion: 1, effectiveAt: new Date('2027-01-01') },
    'version-outdated',
  ],
]
test.each(refused)('%s is refused and changes nothing', async (_what, prices, terms, reason) => {
  const before = await listPriceBooks(database.db)

  expect(await publish(prices, terms)).toEqual({ ok: false, reason })

  expect(await listPriceBooks(database.db)).toEqual(before)
})
