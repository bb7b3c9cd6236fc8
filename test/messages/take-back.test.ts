import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { sqlState } from '../../src/platform/db/sql-errors.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { settleAttempts, takeBackMessages, type AttemptReport } from '../../src/slices/messages/index.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aSendingCampaign,
  claim,
  messagesNow,
  refusedForGood,
  refusedForNow,
  sidOf,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
const clock = fixedClock('2026-03-02T15:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

function takeBack(
  accountId: AccountId,
  ids: readonly string[],
  reason = 'appointment_rescheduled',
): ReturnType<typeof takeBackMessages> {
  return inTransaction(db, { name: 'test.takeBack', accountId }, (tx) =>
    takeBackMessages(tx, accountId, { ids }, reason),
  )
}

async function inFlight(): Promise<{ accountId: AccountId; id: string; attemptId: string }> {
  const { accountId, ids, lane } = await aSendingCampaign(db, 1, { credits: 5, policy: 'P1' })
  const { claimed } = await claim(db, { clock, lane, fenced: true })
  return { accountId, id: ids[0]!, attemptId: claimed[0]!.attemptId }
}

function tell(
  { accountId, attemptId }: { accountId: AccountId; attemptId: string },
  outcome: AttemptReport['outcome'],
): Promise<unknown> {
  return settleAttempts({ db, clock, random: seededRandom(1) }, accountId, [{ attemptId, outcome }], 'worker')
}

test('what waits is over at once, what is in flight keeps its hold, and what has ended is left alone', async () => {
  const { accountId, ids, lane } = await aSendingCampaign(db, 4, { credits: 5 })
  const { claimed } = await claim(db, { clock, lane, limit: 2 })
  await tell(
    { accountId, attemptId: claimed[0]!.attemptId },
    { kind: 'accepted', sid: sidOf(claimed[0]!.attemptId) },
  )

  expect(await takeBack(accountId, ids.slice(0, 3))).toEqual({ cancelled: [ids[2]], inFlight: [ids[1]] })
  expect(await messagesNow(db, ids)).toMatchObject([
    { state: 'accepted' },
    { state: 'dispatching', reason: null },
    { state: 'cancelled', reason: 'appointment_rescheduled' },
    { state: 'pending' },
  ])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 3, held: 1, spent: 1 })
})

describe('a text that was taken back in flight', () => {
  test.each<[string, AttemptReport['outcome'][], string, string | null]>([
    ['turns out unsent', [refusedForNow], 'cancelled', 'appointment_rescheduled'],
    [
      'never reached the carrier',
      [{ kind: 'unknown', reason: 'timeout' }, { kind: 'absent' }],
      'cancelled',
      'appointment_rescheduled',
    ],
    ['is refused for good', [refusedForGood], 'failed', 'refused'],
  ])('that %s is over, and its credits are back', async (_, outcomes, state, reason) => {
    const text = await inFlight()
    await takeBack(text.accountId, [text.id])
    for (const outcome of outcomes) {
      await tell(text, outcome)
      clock.advance({ minutes: 5 })
    }

    expect(await messagesNow(db, [text.id])).toMatchObject([{ state, reason }])
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 5, held: 0, spent: 0 })
  })

  test('and was out already is charged like any other', async () => {
    const text = await inFlight()
    await takeBack(text.accountId, [text.id])
    await tell(text, { kind: 'accepted', sid: sidOf(text.attemptId) })

    expect(await messagesNow(db, [text.id])).toMatchObject([{ state: 'accepted', reason: null }])
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, held: 0, spent: 1 })
  })

  test('keeps the first reason, and is in flight as long as nobody knows', async () => {
    const text = await inFlight()
    await takeBack(text.accountId, [text.id])
    await tell(text, { kind: 'unknown', reason: 'timeout' })
    clock.advance({ minutes: 5 })

    expect(await takeBack(text.accountId, [text.id], 'another')).toEqual({
      cancelled: [],
      inFlight: [text.id],
    })
    await tell(text, { kind: 'absent' })
    expect(await messagesNow(db, [text.id])).toMatchObject([
      { state: 'cancelled', reason: 'appointment_rescheduled' },
    ])
    expect(await takeBack(text.accountId, [text.id])).toEqual({ cancelled: [], inFlight: [] })
  })

  test('is no other account’s to take back', async () => {
    const text = await inFlight()
    const other = await inFlight()
    expect(await takeBack(other.accountId, [text.id])).toEqual({ cancelled: [], inFlight: [] })
    expect(await takeBack(newId<AccountId>(), [text.id])).toEqual({ cancelled: [], inFlight: [] })
    await tell(text, refusedForNow)
    expect(await messagesNow(db, [text.id])).toMatchObject([{ state: 'pending' }])
  })

  test.each([
    ['sent again', '23514', `update message set state = 'pending', attempt_id = null where id = $1`],
    ['wanted again', '23001', 'update message set taken_back = null, taken_back_ord = null where id = $1'],
    ['given another reason', '23001', `update message set taken_back = 'another' where id = $1`],
  ])('is not %s by anybody: the database refuses it', async (_, state, sql) => {
    const text = await inFlight()
    await takeBack(text.accountId, [text.id])
    const refusal = await readQuery(db, `/* test */ ${sql}`, [text.id]).then(
      () => null,
      (error: unknown) => sqlState(error),
    )
    expect(refusal).toBe(state)
  })
})
