import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  refusedForNow,
  settle,
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
  clock = fixedClock('2026-03-02T15:00:30Z')
})

async function setRate(accountId: AccountId, perHour: number | null): Promise<void> {
  await readQuery(db, '/* test */ update account_control set singles_per_hour = $2 where account_id = $1', [
    accountId,
    perHour,
  ])
}

async function singles(accountId: AccountId, count: number): Promise<string[]> {
  const phones = somePhones(count)
  await theyAgree(db, accountId, phones)
  return someMessages(db, accountId, phones, { campaignId: null })
}

async function claimedOf(accountId: AccountId): Promise<number> {
  let claimed = 0
  for (;;) {
    const result = await claim(db, { clock, lane: aLane(accountId, null) })
    claimed += result.claimed.length
    if (result.claimed.length + result.refused === 0) return claimed
  }
}

test('an account sends 100 single texts an hour; the others wait, say why, and go when their hour has come', async () => {
  const accountId = await aSendingAccount(db, 1_000)
  const ids = await singles(accountId, 230)

  expect(await claimedOf(accountId)).toBe(100)
  expect((await messagesNow(db, ids)).slice(100, 102)).toMatchObject([
    { state: 'pending', reason: 'rate_limited' },
    { state: 'pending', reason: 'rate_limited' },
  ])
  clock.advance({ minutes: 59 })
  expect(await claimedOf(accountId)).toBe(0)
  clock.advance({ minutes: 2 })
  expect(await claimedOf(accountId)).toBe(100)
  clock.advance({ minutes: 61 })
  expect(await claimedOf(accountId)).toBe(30)
  const events = await readEvents(db, { accountId, afterSeq: 0, topics: ['operations'], limit: 10 })
  expect(events[0]?.payload).toEqual({ kind: 'rate_limited', until: '2026-03-02T16:01:00.000Z' })
})

test('the rate is the account’s own, can be changed at any time, and lets campaigns alone', async () => {
  const accountId = await aSendingAccount(db, 1_000)
  const other = await aSendingAccount(db, 1_000)
  await setRate(accountId, 5)
  await setRate(other, null)
  await singles(accountId, 10)
  await singles(other, 150)
  const phones = somePhones(20)
  await theyAgree(db, accountId, phones)
  const campaignIds = await someMessages(db, accountId, phones)
  const [campaign] = await readQuery<{ campaign_id: string }>(
    db,
    '/* test */ select campaign_id from message where id = $1',
    [campaignIds[0]],
  )

  expect(await claimedOf(accountId)).toBe(5)
  expect(await claimedOf(other)).toBe(150)
  const lane = aLane(accountId, campaign!.campaign_id as Parameters<typeof aLane>[1])
  expect((await claim(db, { clock, lane })).claimed).toHaveLength(20)
  await setRate(accountId, 8)
  clock.advance({ minutes: 30 })
  await singles(accountId, 10)
  expect(await claimedOf(accountId)).toBe(3)
})

test('a text that the carrier refused for now has its place already: trying it again costs the rate nothing', async () => {
  const accountId = await aSendingAccount(db, 1_000)
  await setRate(accountId, 3)
  const ids = await singles(accountId, 3)
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
  await settle(
    db,
    clock,
    accountId,
    claimed.map(({ attemptId }) => attemptId),
    () => refusedForNow,
  )
  clock.advance({ minutes: 5 })

  const again = await claim(db, { clock, lane: aLane(accountId, null) })

  expect(again.claimed.map(({ messageId }) => messageId)).toEqual(ids)
})

test('what was sent within the hour is remembered by the database: a new process begins where the last one stopped', async () => {
  const accountId = await aSendingAccount(db, 1_000)
  await setRate(accountId, 3)
  await singles(accountId, 3)
  expect(await claimedOf(accountId)).toBe(3)
  await singles(accountId, 1)

  const elsewhere = await claim(db, { clock, lane: aLane(accountId, null), worker: 'another process' })

  expect(elsewhere).toMatchObject({ claimed: [], refused: 1 })
})

test('a retry that would come after the text’s usefulness is not made: it expires then', async () => {
  const accountId = await aSendingAccount(db, 10)
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones)
  const expiresAt = clock.now().plus({ seconds: 20 }).toJSDate()
  const ids = await someMessages(db, accountId, phones, { campaignId: null, expiresAt })
  const lane = aLane(accountId, null)
  const { claimed } = await claim(db, { clock, lane })
  await settle(db, clock, accountId, [claimed[0]!.attemptId], () => refusedForNow)

  clock.advance({ seconds: 19 })
  expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], refused: 0 })
  clock.advance({ seconds: 1 })
  expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], refused: 1 })

  expect(await messagesNow(db, ids)).toMatchObject([{ state: 'expired', reason: 'too_late', tries: 1 }])
})

test('a text whose first call was more than a day ago is given up at the next failure, with the carrier’s reason', async () => {
  const accountId = await aSendingAccount(db, 10)
  const [id] = await singles(accountId, 1)
  const lane = aLane(accountId, null)
  const first = await claim(db, { clock, lane })
  await settle(db, clock, accountId, [first.claimed[0]!.attemptId], () => refusedForNow)
  clock.advance({ hours: 25 })

  const second = await claim(db, { clock, lane })
  await settle(db, clock, accountId, [second.claimed[0]!.attemptId], () => refusedForNow)

  expect(await messagesNow(db, [id!])).toMatchObject([{ state: 'failed', reason: 'throttled', tries: 2 }])
})
