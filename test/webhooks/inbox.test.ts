import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import {
  consumeInbox,
  createInbox,
  lockWaiting,
  markApplied,
  listQuarantined,
  replayWebhook,
  type IncomingEvent,
  type InboxConsumer,
  type InboxRow,
} from '../../src/slices/webhooks/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
let clock: FixedClock
let provider = 0

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(async () => {
  await database.drop()
})
beforeEach(() => {
  clock = fixedClock()
  provider += 1
})

const kind = (): string => `test.kind${String(provider)}`
const anEvent = (key: string, params: IncomingEvent['params'] = { Field: 'value' }): IncomingEvent => ({
  provider: kind(),
  dedupeKey: key,
  route: 'a-route',
  params,
})

async function stored(): Promise<{ key: string; params: unknown; outcome: string | null; tries: number }[]> {
  return readQuery(
    db,
    '/* test */ select dedupe_key as key, params, outcome, tries from webhook_inbox where provider = $1 order by id',
    [kind()],
  )
}

const quiet = { warn: () => undefined }

/** A consumer whose groups are the values of the field `Group`, and which cannot stand the field `Poison`. */
function consumer(applied: string[][]): InboxConsumer {
  return {
    provider: kind(),
    group: async (rows) =>
      ['0', '1', '2', 'g']
        .map((name) => rows.filter((row) => row.params['Group'] === name))
        .filter((group) => group.length > 0),
    apply: (rows) =>
      inTransaction(db, { name: 'test.apply' }, async (tx) => {
        const mine = await lockWaiting(
          tx,
          rows.map((row) => row.id),
        )
        const own = rows.filter((row) => mine.has(row.id))
        if (own.some((row) => row.params['Poison'] !== undefined))
          throw new TypeError('not usable: +15550001111')
        await markApplied(
          tx,
          own.map((row) => ({ id: row.id, outcome: 'done' })),
          clock.now().toJSDate(),
        )
        tx.onCommit(() => applied.push(own.map((row: InboxRow) => row.params['Name'] as string)))
      }),
  }
}

test('an event is committed before its caller hears of it, and is kept once however often it comes', async () => {
  const inbox = createInbox(db)

  const results = await Promise.all(
    Array.from({ length: 200 }, (_, index) => inbox.store(anEvent(`key ${String(index % 50)}`))),
  )

  expect(results.every((result) => result.ok)).toBe(true)
  expect(await stored()).toHaveLength(50)
  expect(await inbox.store(anEvent('key 1'))).toEqual({ ok: true })
  expect(await stored()).toHaveLength(50)
})

test('events that arrive together share statements instead of taking one each', async () => {
  let commits = 0
  const inbox = createInbox(db, { onStored: () => (commits += 1) })

  await Promise.all(Array.from({ length: 400 }, (_, index) => inbox.store(anEvent(String(index)))))

  expect(commits).toBeLessThanOrEqual(4)
  expect(inbox.waiting).toBe(0)
})

test('several processes may store the same events at once', async () => {
  const inboxes = [createInbox(db), createInbox(db), createInbox(db)]

  await Promise.all(
    inboxes.flatMap((inbox) =>
      Array.from({ length: 100 }, (_, index) => inbox.store(anEvent(`shared ${String(index)}`))),
    ),
  )

  expect(await stored()).toHaveLength(100)
})

test('a full inbox refuses instead of promising', async () => {
  const inbox = createInbox(db, { waitingMax: 3, delayMs: 50 })

  const results = await Promise.all(['a', 'b', 'c', 'd'].map((key) => inbox.store(anEvent(key))))

  expect(results.map((result) => result.ok)).toEqual([true, true, true, false])
  expect((await stored()).map((row) => row.key)).toEqual(['a', 'b', 'c'])
  expect(await inbox.store(anEvent('d'))).toEqual({ ok: true })
})

test('nobody is told that an event is stored when the database did not take it', async () => {
  const other = await createTestDatabase({ poolSize: 2 })
  await readQuery(other.db, '/* test */ drop table webhook_inbox cascade')
  const inbox = createInbox(other.db)

  const results = await Promise.allSettled([inbox.store(anEvent('a')), inbox.store(anEvent('b'))])
  await other.drop()

  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected'])
  expect(inbox.waiting).toBe(0)
})

test('any text can be stored, and no event makes its neighbours fail', async () => {
  const inbox = createInbox(db)
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' }))),
      ),
      fc.uuid(),
      async (params, key) => {
        const results = await Promise.all([
          inbox.store(anEvent(`${key} plain`)),
          inbox.store(anEvent(key, { ...params, Odd: '\0\uD800 "\\{}' })),
        ])
        expect(results).toEqual([{ ok: true }, { ok: true }])
      },
    ),
    { numRuns: 50 },
  )
})

test('what arrived cannot be changed, nor removed before it was applied', async () => {
  await createInbox(db).store(anEvent('kept'))

  await expect(
    readQuery(db, `/* test */ update webhook_inbox set params = '{}' where provider = $1`, [kind()]),
  ).rejects.toThrow('append-only')
  await expect(
    readQuery(db, '/* test */ delete from webhook_inbox where provider = $1', [kind()]),
  ).rejects.toThrow('append-only')
})

test('each event is applied once, oldest first within its group, by several consumers at once', async () => {
  const inbox = createInbox(db)
  const names = Array.from({ length: 60 }, (_, index) => String(index))
  for (const name of names) await inbox.store(anEvent(name, { Name: name, Group: String(Number(name) % 3) }))
  const applied: string[][] = []

  await Promise.all(
    [1, 2, 3].map(() => consumeInbox({ db, clock, log: quiet }, consumer(applied), { limit: 1000 })),
  )

  expect(applied.flat().sort()).toEqual([...names].sort())
  for (const group of applied) expect(group).toEqual([...group].sort((a, b) => Number(a) - Number(b)))
  expect(await consumeInbox({ db, clock, log: quiet }, consumer([]), { limit: 10 })).toMatchObject({
    read: 0,
  })
})

test('an event that cannot be applied waits longer each time, is set aside in the end, and stops nobody', async () => {
  const inbox = createInbox(db)
  for (const name of ['a', 'b', 'bad', 'c', 'd']) {
    await inbox.store(anEvent(name, { Name: name, Group: 'g', ...(name === 'bad' ? { Poison: '1' } : {}) }))
  }
  const applied: string[][] = []
  const pass = () => consumeInbox({ db, clock, log: quiet }, consumer(applied), { limit: 1000 })

  expect(await pass()).toEqual({ read: 5, failed: 1, quarantined: 0 })
  expect(applied.flat()).toEqual(['a', 'b', 'c', 'd'])
  expect(await pass()).toMatchObject({ read: 0 })
  for (const [seconds, quarantined] of [
    [1, 0],
    [4, 0],
    [16, 0],
    [64, 1],
  ] as const) {
    clock.advance({ seconds: seconds - 0.5 })
    expect(await pass()).toMatchObject({ read: 0 })
    clock.advance({ seconds: 0.5 })
    expect(await pass()).toEqual({ read: 1, failed: 1, quarantined })
  }
  clock.advance({ days: 9 })
  expect(await pass()).toMatchObject({ read: 0 })

  const aside = (await listQuarantined({ db }, { afterId: null, limit: 100 })).filter(
    (row) => row.provider === kind(),
  )
  expect(aside).toMatchObject([{ tries: 5, problem: 'TypeError' }])
  expect(JSON.stringify(aside)).not.toContain('5550001111')
})

test('an administrator replays what was set aside and what was applied, and nothing else', async () => {
  const inbox = createInbox(db)
  await inbox.store(anEvent('a', { Name: 'a', Group: 'g' }))
  const [row] = await readQuery<{ id: string }>(
    db,
    '/* test */ select id from webhook_inbox where provider = $1',
    [kind()],
  )
  const id = row?.id ?? ''
  const applied: string[][] = []

  expect(await replayWebhook({ db, clock }, { id, actor: 'admin:x' })).toEqual({
    ok: false,
    reason: 'still-waiting',
  })
  await consumeInbox({ db, clock, log: quiet }, consumer(applied), { limit: 10 })
  expect(await replayWebhook({ db, clock }, { id, actor: 'admin:x' })).toMatchObject({
    ok: true,
    webhook: { tries: 0 },
  })
  await consumeInbox({ db, clock, log: quiet }, consumer(applied), { limit: 10 })

  expect(applied).toEqual([['a'], ['a']])
  for (const unknown of ['999999999', '0', 'x', '-1', '99999999999999999999999', '1; drop'])
    expect(await replayWebhook({ db, clock }, { id: unknown, actor: 'admin:x' })).toEqual({
      ok: false,
      reason: 'not-found',
    })
})

test('a database out of order is no fault of an event', async () => {
  await createInbox(db).store(anEvent('a', { Name: 'a', Group: 'g' }))
  const broken: InboxConsumer = {
    ...consumer([]),
    apply: async () => {
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    },
  }

  await expect(consumeInbox({ db, clock, log: quiet }, broken, { limit: 10 })).rejects.toThrow('terminating')
  expect(await stored()).toMatchObject([{ tries: 0, outcome: null }])
})
