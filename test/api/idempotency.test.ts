import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { onceOnly, type OnceRequest } from '../../src/platform/idempotency/once-only.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { makeAccount } from '../support/people.js'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'

let database: TestDatabase
let accountId: AccountId
let otherId: AccountId

beforeAll(async () => {
  database = await createTestDatabase()
  const deps = { db: database.db, clock: systemClock }
  accountId = (await makeAccount(deps)).accountId
  otherId = (await makeAccount(deps)).accountId
  await readQuery(database.db, '/* test */ create table effect (n int)')
})

afterAll(() => database.drop())

const request = (key: string | null, more: Partial<OnceRequest> = {}): OnceRequest => ({
  accountId,
  key,
  operation: 'test.add',
  input: { amount: 1, note: 'x' },
  ...more,
})

/** Adds a row, once per key, and says how many there are. */
function add(once: OnceRequest, result: { ok: boolean } = { ok: true }) {
  return inTransaction(database.db, { name: 'test.add', accountId: once.accountId }, (tx) =>
    onceOnly(tx, once, async () => {
      const [row] = await tx.query<{ n: number }>(
        '/* test */ insert into effect select count(*) + 1 from effect returning n',
      )
      return { ...result, n: row!.n }
    }),
  )
}

test('a repeat answers the first result and has no second effect', async () => {
  const first = await add(request('repeat-1'))
  const second = await add(request('repeat-1', { input: { note: 'x', amount: 1 } }))

  expect(second).toEqual(first)
})

test('repeats at the same time have one effect between them', async () => {
  const results = await Promise.all(Array.from({ length: 8 }, () => add(request('burst-1'))))

  for (const result of results) expect(result).toEqual(results[0])
})

test('the same key for other input or another operation is refused', async () => {
  await add(request('reused-1'))

  const otherInput = await add(request('reused-1', { input: { amount: 2, note: 'x' } }))
  const otherOperation = await add(request('reused-1', { operation: 'test.subtract' }))

  expect(otherInput).toEqual({ ok: false, reason: 'idempotency-key-reused' })
  expect(otherOperation).toEqual(otherInput)
})

test('the same key in another account is another key', async () => {
  const here = await add(request('same-1'))
  const there = await add(request('same-1', { accountId: otherId }))

  expect(there).not.toEqual(here)
})

test('a refused effect is not remembered, so that the key works once the cause is gone', async () => {
  const refused = await add(request('later-1'), { ok: false })
  const done = await add(request('later-1'))

  expect(refused).toMatchObject({ ok: false })
  expect(done).toMatchObject({ ok: true })
})

test('an effect that rolls back leaves no memory behind', async () => {
  const failing = inTransaction(database.db, { name: 'test', accountId }, async (tx) => {
    await onceOnly(tx, request('rollback-1'), () => Promise.resolve({ ok: true }))
    throw new Error('after the effect')
  })
  await expect(failing).rejects.toThrow('after the effect')

  expect(await add(request('rollback-1'))).toMatchObject({ ok: true, n: expect.any(Number) })
})

test('without the lock of its account it does not run', async () => {
  const unlocked = inTransaction(database.db, { name: 'test' }, (tx) =>
    onceOnly(tx, request('unlocked-1'), () => Promise.resolve({ ok: true })),
  )

  await expect(unlocked).rejects.toThrow('under the lock of its account')
})

test('a result that JSON would change is a bug that shows on the first run', async () => {
  const dated = inTransaction(database.db, { name: 'test', accountId }, (tx) =>
    onceOnly(tx, request('dated-1'), () => Promise.resolve({ ok: true, at: new Date(0) })),
  )

  await expect(dated).rejects.toThrow('survives JSON')
})
