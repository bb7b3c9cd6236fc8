import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { newId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { startEventListener, type EventListener } from '../../src/platform/realtime/event-listener.js'
import {
  appendEvents,
  lastSeq,
  type AccountEvent,
  type EventTopic,
} from '../../src/platform/realtime/event-log.js'
import { liveEvents, liveSnapshots } from '../../src/platform/realtime/live-query.js'
import { anAccount } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
let listener: EventListener
let account: AccountId
const open: AsyncGenerator[] = []

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 10 })
  listener = await listen()
})
afterAll(async () => {
  await listener.stop()
  await database.drop()
})
beforeEach(async () => {
  account = await anAccount(database.db)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((generator) => generator.return(undefined)))
})

const listen = (): Promise<EventListener> =>
  startEventListener({ databaseUrl: database.url, onError: () => undefined })

/** Events of these topics in one transaction. */
const append = (
  topics: readonly EventTopic[],
  campaignId: string | null = null,
  of = account,
): Promise<void> =>
  inTransaction(database.db, { name: 'test.append', accountId: of }, (tx) =>
    appendEvents(
      tx,
      of,
      topics.map((topic) => ({ accountId: of, topic, campaignId, payload: {} })),
    ),
  )

function events(
  afterSeq: number,
  filter: { topics?: EventTopic[]; campaignId?: string } = {},
  by = listener,
): AsyncGenerator<AccountEvent, void, undefined> {
  const generator = liveEvents({ db: database.db, listener: by, accountId: account, afterSeq, ...filter })
  open.push(generator)
  return generator
}

async function take<T>(generator: AsyncGenerator<T>, count: number): Promise<T[]> {
  const taken: T[] = []
  while (taken.length < count) {
    const next = await generator.next()
    if (next.done === true) break
    taken.push(next.value)
  }
  return taken
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n)

describe('liveEvents', () => {
  test('sends what there is after a number, and then what comes, in order', async () => {
    await append(['messages', 'messages', 'credits'])
    const stream = events(1)

    expect((await take(stream, 2)).map((event) => event.seq)).toEqual([2, 3])
    const next = take(stream, 2)
    await append(['messages'])
    await append(['credits'])

    expect((await next).map((event) => [event.seq, event.topic])).toEqual([
      [4, 'messages'],
      [5, 'credits'],
    ])
  })

  test('to a subscriber that reconnects ten times, under several writers, sends every number once and in order', async () => {
    const random = seededRandom(11)
    const total = 600
    const writers = Promise.all(
      numbers(1, 3).map(async () => {
        for (let n = 0; n < total / 3;) {
          const batch = Math.min(1 + Math.floor(random.next() * 5), total / 3 - n)
          await append(Array.from({ length: batch }, () => 'messages' as const))
          n += batch
        }
      }),
    )
    const seen: number[] = []

    for (let connection = 1; connection <= 11; connection += 1) {
      // A connection of its own each time, as another process of the API would have.
      const connectionListener = await listen()
      const stream = events(seen.at(-1) ?? 0, {}, connectionListener)
      const most = connection === 11 ? total : seen.length + Math.ceil(random.next() * (total / 11))
      while (seen.length < most) {
        const next = await stream.next()
        seen.push((next.value as AccountEvent).seq)
      }
      await stream.return()
      await connectionListener.stop()
    }
    await writers

    expect(seen).toEqual(numbers(1, total))
  }, 60_000)

  test('sends only the topics and the campaign asked for, and loses none of them', async () => {
    const campaignId = newId()
    const ofCampaign = events(0, { topics: ['messages'], campaignId })
    const all = Promise.all(
      numbers(1, 30).map((n) =>
        append([n % 3 === 0 ? 'credits' : 'messages', 'messages'], n % 2 === 0 ? campaignId : newId()),
      ),
    )

    const seen = await take(ofCampaign, 25)
    await all

    const rows = await readQuery<{ seq: string }>(
      database.db,
      `/* test */ select seq from account_event where account_id = $1 and topic = 'messages' and campaign_id = $2 order by seq`,
      [account, campaignId],
    )
    expect(rows).toHaveLength(25)
    expect(seen.map((event) => event.seq)).toEqual(rows.map((row) => Number(row.seq)))
  })

  test('does not read again and again what its filter leaves out', async () => {
    const readAfter: number[] = []
    const dataSource = new Proxy(database.db.dataSource, {
      get: (real, name) => {
        if (name !== 'query') return Reflect.get(real, name) as unknown
        return (sql: string, params: unknown[]) => {
          if (sql.includes('realtime.readEvents')) readAfter.push(Number(params[1]))
          return real.query(sql, params)
        }
      },
    })
    const stream = liveEvents({
      db: { dataSource },
      listener,
      accountId: account,
      afterSeq: 0,
      topics: ['credits'],
    })
    open.push(stream)
    const next = stream.next()

    await append(Array.from({ length: 300 }, () => 'messages' as const))
    await eventually(
      async () => {
        await append(['messages'])
        return readAfter.some((afterSeq) => afterSeq >= 300)
      },
      { what: 'a read behind what was left out' },
    )
    await append(['credits'])

    expect((await next).value).toMatchObject({ topic: 'credits', seq: await lastSeq(database.db, account) })
  })

  test('goes on without wake-ups, because a wake-up can be lost', async () => {
    const deaf: EventListener = { ...listener, subscribe: () => () => undefined, wait: () => pollSoon() }
    const stream = events(0, {}, deaf)
    const next = stream.next()

    await append(['messages'])

    expect((await next).value).toMatchObject({ seq: 1 })
  })

  test('goes on after the connection of the listener was lost', async () => {
    const own = await listen()
    const stream = events(0, {}, own)
    await append(['messages'])
    await take(stream, 1)
    const next = stream.next()

    await readQuery(
      database.db,
      `/* test */ select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'tollgate-listener' and query like '%listen%'`,
    )
    await append(['messages'])

    expect((await next).value).toMatchObject({ seq: 2 })
    await own.stop()
  })

  test('sends nothing of another account', async () => {
    const other = await anAccount(database.db)
    const stream = events(0)
    const next = stream.next()

    await append(['messages'], null, other)
    await append(['credits'])

    expect((await next).value).toMatchObject({ accountId: account, topic: 'credits' })
  })

  test('ends at once when its reader leaves while it waits', async () => {
    const stream = events(0)
    const waiting = stream.next()

    await stream.return()

    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  test('reads no further than its reader: a page at a time', async () => {
    await append(Array.from({ length: 450 }, () => 'messages' as const))
    const stream = events(0)

    expect((await take(stream, 450)).map((event) => event.seq)).toEqual(numbers(1, 450))
  })
})

/** What listener.wait does when no wake-up ever comes, without its two seconds. */
const pollSoon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('liveSnapshots', () => {
  const intervalMs = 40

  function counting(): { read: () => Promise<number>; reads: () => number } {
    let reads = 0
    return {
      read: () => {
        reads += 1
        return lastSeq(database.db, account)
      },
      reads: () => reads,
    }
  }

  function snapshots<T>(read: () => Promise<T>, key = `test:${account}`): AsyncGenerator<T, void, undefined> {
    const generator = liveSnapshots({ listener, accountId: account, key, minIntervalMs: intervalMs, read })
    open.push(generator)
    return generator
  }

  test('begins with the state of now and goes on with each later state that differs', async () => {
    await append(['credits'])
    const stream = snapshots(counting().read)

    expect((await stream.next()).value).toBe(1)
    const next = stream.next()
    await append(['credits'])

    expect((await next).value).toBe(2)
  })

  test('turns hundreds of changes into one snapshot per interval, the last of which is the last state', async () => {
    const since = systemClock.monotonicMs()
    const { read, reads } = counting()
    const stream = snapshots(read)
    const seen = [(await stream.next()).value as number]

    await Promise.all(numbers(1, 200).map(() => append(['messages'])))
    while (seen.at(-1) !== 200) seen.push((await stream.next()).value as number)

    expect(seen).toEqual([...new Set(seen)].sort((left, right) => left - right))
    // A timer may fire a millisecond early.
    const intervals = (systemClock.monotonicMs() - since) / (intervalMs - 1)
    expect(reads()).toBeLessThanOrEqual(2 + intervals)
  })

  test('is read once for all who follow the same', async () => {
    const { read, reads } = counting()
    const streams = numbers(1, 50).map(() => snapshots(read))

    const first = await Promise.all(streams.map((stream) => stream.next()))
    expect(first.map((next) => next.value)).toEqual(Array.from({ length: 50 }, () => 0))
    const next = Promise.all(streams.map((stream) => stream.next()))
    await append(['credits'])

    expect((await next).map((each) => each.value)).toEqual(Array.from({ length: 50 }, () => 1))
    expect(reads()).toBeLessThan(10)
  })

  test('gives a slow reader the newest state and not those in between', async () => {
    const stream = snapshots(counting().read)
    expect((await stream.next()).value).toBe(0)
    for (let n = 1; n <= 5; n += 1) await append(['credits'])
    const quick = snapshots(counting().read)
    await eventually(async () => (await quick.next()).value === 5, { what: 'the newest state' })

    expect((await stream.next()).value).toBe(5)
  })

  test('says nothing when something happened and the state is the same', async () => {
    let state = 'same'
    const stream = snapshots(async () => state)
    await stream.next()
    const next = stream.next()

    await append(['credits'])
    await append(['credits'])
    state = 'other'
    await append(['credits'])

    expect((await next).value).toBe('other')
  })

  test('hands a failing read to its readers, and the next reader starts anew', async () => {
    const broken = snapshots(() => Promise.reject(new Error('no database')), 'broken')
    await expect(broken.next()).rejects.toThrow('no database')

    const stream = snapshots(() => Promise.resolve(7), 'broken')

    expect((await stream.next()).value).toBe(7)
  })

  test('ends at once when its reader leaves while it waits', async () => {
    const stream = snapshots(counting().read)
    await stream.next()
    const waiting = stream.next()

    await stream.return()

    expect(await waiting).toEqual({ done: true, value: undefined })
  })
})
