import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { approveSingles, singleMessageLanes, type Lane } from '../../src/slices/messages/index.js'
import {
  aSendingAccount,
  claim,
  messagesNow,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

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
