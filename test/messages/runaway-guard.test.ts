import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { approveSingles, singleMessageLanes, type Lane } from '../../src/slices/messages/index.js'
import { lowestIdAt } from '../../src/slices/messages/domain/time-ordered-id.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  settle,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'
import { onServer } from '../support/server-connection.js'

let database: TestDatabase
let db: Db
let clock: FixedClock

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
beforeEach(() => {
  // Ids of messages carry the database's time.
  clock = fixedClock(systemClock.now().plus({ minutes: 1 }).toISO())
})

async function laneOf(accountId: AccountId): Promise<Lane> {
  const lanes = await singleMessageLanes(db, clock)
  return lanes.find((lane) => lane.accountId === accountId)!
}

async function singlesTo(accountId: AccountId, phones: readonly string[], body = 'Hello.') {
  await theyAgree(db, accountId, [...new Set(phones)])
  const ids: string[] = []
  for (const [index, phone] of phones.entries()) {
    const cost = { cost: 1, body: body === 'different' ? `Text ${String(index)}` : body }
    ids.push(...(await someMessages(db, accountId, [phone], { campaignId: null, ...cost })))
  }
  return ids
}

/** Numbers of different exchanges, as the people of one town have them. */
function scattered(count: number): string[] {
  return somePhones(count).map(
    (phone) => `+1312${phone.slice(-4)}${String(100 + (Number(phone.slice(-3)) % 900))}`,
  )
}

test('an ordinary afternoon of reminders is not held', async () => {
  const accountId = await aSendingAccount(db, 1_000)
  await singlesTo(accountId, scattered(40))
  expect(await (await laneOf(accountId)).inspect?.()).toBe(true)
})

test.each([
  ['same_text', (phones: string[]) => Array.from({ length: 4 }, () => phones[0]!), 'the same'],
  ['same_number', (phones: string[]) => Array.from({ length: 11 }, () => phones[0]!), 'different'],
  ['narrow_range', () => Array.from({ length: 26 }, (_, n) => `+14165550${String(100 + n)}`), 'the same'],
] as const)(
  '%s: single texts are held before any of them leaves, and their lane with them',
  async (rule, phonesOf, body) => {
    const accountId = await aSendingAccount(db, 1_000)
    const ids = await singlesTo(accountId, phonesOf(scattered(1)), body)
    const lane = await laneOf(accountId)

    expect(await lane.inspect?.()).toBe(false)

    expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], block: 'held-for-approval' })
    expect(new Set((await messagesNow(db, ids)).map(({ state }) => state))).toEqual(new Set(['pending']))
    const events = await readEvents(db, { accountId, afterSeq: 0, topics: ['operations'], limit: 10 })
    expect(events.map(({ payload }) => payload)).toMatchObject([{ kind: 'held_for_approval', rule }])
    expect(JSON.stringify(events)).not.toMatch(/\+1\d{10}/)
  },
)

test('more credits within an hour than a new account has reason to spend are held, and campaigns go on meanwhile', async () => {
  const accountId = await aSendingAccount(db, 2_000)
  const phones = scattered(3)
  await theyAgree(db, accountId, phones)
  await someMessages(db, accountId, phones, { campaignId: null, cost: 200, segments: 1 })
  const campaign = await someMessages(db, accountId, phones)
  const [{ campaign_id: campaignId }] = (await readQuery(
    db,
    '/* test */ select campaign_id from message where id = $1',
    [campaign[0]],
  )) as [{ campaign_id: Lane['campaignId'] }]

  const lane = await laneOf(accountId)
  expect(await lane.inspect?.()).toBe(false)

  expect((await claim(db, { clock, lane: { ...lane, campaignId } })).claimed).toHaveLength(3)
})

test('approved with a reason it goes on, and is not held again for a day; then the rules hold anew', async () => {
  const accountId = await aSendingAccount(db, 1_000)
  const [phone] = scattered(1)
  await singlesTo(
    accountId,
    Array.from({ length: 4 }, () => phone!),
  )
  const owner = { accountId, actor: { kind: 'user' as const, id: 'ada' } }
  expect(await approveSingles({ db, clock }, owner, 'early')).toEqual({ ok: false, reason: 'nothing-held' })
  await (await laneOf(accountId)).inspect?.()

  expect(await approveSingles({ db, clock }, owner, 'A test of ours')).toMatchObject({ ok: true })

  expect(await (await laneOf(accountId)).inspect?.()).toBe(true)
  expect((await claim(db, { clock, lane: await laneOf(accountId) })).claimed).toHaveLength(1)
  const history = await readQuery(
    db,
    '/* test */ select kind, rule, actor, reason from guard_event where account_id = $1 order by id',
    [accountId],
  )
  expect(history).toEqual([
    { kind: 'held', rule: 'same_text', actor: 'system', reason: null },
    { kind: 'approved', rule: null, actor: 'user:ada', reason: 'A test of ours' },
  ])
})

test('the guard costs one statement before a claim, whatever it sees, and compares a dear hour with the week before', async () => {
  const quiet = await aSendingAccount(db, 1_000)
  await singlesTo(quiet, scattered(3))
  const [dear, usual] = [await aSendingAccount(db, 100_000), await aSendingAccount(db, 100_000)]
  // Yesterday this one sent for 20,000 credits: an hour of a thousand is nothing unusual for it.
  const yesterday = fixedClock(clock.now().minus({ days: 1 }).toISO())
  await spent(usual, 20_000, yesterday)
  for (const accountId of [dear, usual]) {
    const phones = scattered(1)
    await theyAgree(db, accountId, phones)
    await someMessages(db, accountId, phones, { campaignId: null, cost: 1_000 })
  }

  const asked = await statementsOf(async () => {
    expect(await (await laneOf(quiet)).inspect?.()).toBe(true)
  })
  const askedOfUsual = await statementsOf(async () => {
    expect(await (await laneOf(usual)).inspect?.()).toBe(true)
  })

  expect([asked, askedOfUsual]).toEqual([['messages.guard'], ['messages.guard']])
  expect(await (await laneOf(dear)).inspect?.()).toBe(false)
  expect(await statementsOf(async () => expect(await (await laneOf(dear)).inspect?.()).toBe(false))).toEqual([
    'messages.guard',
  ])
})

/** A single text of so many credits that was accepted at that time, as its id tells. */
async function spent(accountId: AccountId, cost: number, at: FixedClock): Promise<void> {
  const phones = scattered(1)
  await theyAgree(db, accountId, phones)
  const [id] = await someMessages(db, accountId, phones, { campaignId: null, cost })
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
  await settle(
    db,
    clock,
    accountId,
    claimed.map(({ attemptId }) => attemptId),
  )
  await onServer(
    database.url,
    `set session_replication_role = replica; update message set id = '${lowestIdAt(at.now().toJSDate())}' where id = '${id!}'`,
  )
}

/** Names of the statements that are sent meanwhile, without those that find the lane. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const names: string[] = []
  const { dataSource } = db
  const { logger } = dataSource
  dataSource.logger = {
    ...{ logQueryError: () => undefined, logQuerySlow: () => undefined, logSchemaBuild: () => undefined },
    ...{ logMigration: () => undefined, log: () => undefined },
    logQuery: (query) => names.push(/\/\* (\S+)/.exec(query)?.[1] ?? query),
  }
  try {
    await work()
  } finally {
    dataSource.logger = logger
  }
  return names.filter((name) => name !== 'messages.accountsWithSingles')
}
