import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { newId, type AccountId, type CampaignId, type MessageId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { sqlState } from '../../src/platform/db/sql-errors.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { verifyLedger } from '../../src/slices/credits/index.js'
import { explainBalance, explainUse } from '../../src/slices/credits/explain-balance.js'
import { settleAttempts, type AttemptReport } from '../../src/slices/messages/index.js'
import { messageTimeline } from '../../src/slices/messages/message-timeline.js'
import { aLot, bucketsOf, locked, refund } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  refusedForGood,
  refusedForNow,
  sidOf,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
const clock = fixedClock('2026-03-02T15:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 })
  db = database.db
})
afterAll(() => database.drop())

interface InFlight {
  accountId: AccountId
  messageId: MessageId
  attemptId: string
}

/** One text of this cost that nobody knows the outcome of, in an account with so many credits. */
async function unknownText(credits: number, cost = 1): Promise<InFlight> {
  const accountId = await aSendingAccount(db, credits, { policy: 'P1' })
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones)
  const [messageId] = await someMessages(db, accountId, phones, { campaignId: null, cost })
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
  const attemptId: string = claimed[0]!.attemptId
  await tell(accountId, attemptId, { kind: 'unknown', reason: 'timeout' }, 'lease')
  clock.advance({ minutes: 5 })
  return { accountId, messageId: messageId!, attemptId }
}

function tell(
  accountId: AccountId,
  attemptId: string,
  outcome: AttemptReport['outcome'],
  evidence: 'worker' | 'callback' | 'look_up' | 'lease' | 'policy',
): Promise<{ settled: number }> {
  return settleAttempts({ db, clock, random: seededRandom(1) }, accountId, [{ attemptId, outcome }], evidence)
}

const proof = ({ accountId, attemptId }: InFlight, sid = sidOf(attemptId)): Promise<{ settled: number }> =>
  tell(accountId, attemptId, { kind: 'accepted', sid }, 'callback')

async function closedAndGivenBack(credits: number, cost = 1): Promise<InFlight> {
  const text = await unknownText(credits, cost)
  await tell(text.accountId, text.attemptId, { kind: 'unproven' }, 'policy')
  await refund(db, text.accountId, [text.attemptId])
  return text
}

/** Another text of the account takes these credits. */
async function spendOnAnother(accountId: AccountId, cost: number): Promise<string> {
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones)
  await someMessages(db, accountId, phones, { campaignId: null, cost })
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
  const attemptId: string = claimed[0]!.attemptId
  await tell(accountId, attemptId, { kind: 'accepted', sid: sidOf(attemptId) }, 'worker')
  return attemptId
}

async function breachesOf(accountId: AccountId): Promise<string[]> {
  const { findings } = await runAudit(db)
  return findings
    .filter(({ id }) => !['I11', 'I16'].includes(id))
    .filter(({ rows }) => rows.some((row) => row.accountId === accountId))
    .map(({ id }) => id)
}

async function kindsOf(accountId: AccountId): Promise<string[]> {
  const rows = await readQuery<{ kind: string; amount: string }>(
    db,
    '/* test */ select kind, amount from credit_transfer where account_id = $1 order by seq',
    [accountId],
  )
  return rows.map(({ kind, amount }) => `${kind} ${amount}`)
}

async function expectProved(accountId: AccountId): Promise<void> {
  await explainBalance(db, accountId)
  await explainUse(db, accountId)
  expect(await verifyLedger({ db, random: seededRandom(1) }, accountId)).toMatchObject({ divergence: null })
}

describe('a text that was given back and that the carrier has after all', () => {
  test('is charged again by a new entry, once, however often it is proved', async () => {
    const text = await closedAndGivenBack(10, 2)
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 10, spent: 0 })

    await proof(text)
    await Promise.all([proof(text), proof(text), proof(text, sidOf(text.attemptId, 'MM'))])

    expect(await messagesNow(db, [text.messageId])).toMatchObject([{ state: 'accepted' }])
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 8, spent: 2, debt: 0 })
    expect(await kindsOf(text.accountId)).toEqual([
      'grant 10',
      'hold 2',
      'capture 2',
      'refund 2',
      'late_charge 2',
    ])
    await expectProved(text.accountId)
  })

  test('leaves a debt for what the account does not have any more, which the next credits pay', async () => {
    const text = await closedAndGivenBack(5, 3)
    await spendOnAnother(text.accountId, 4)

    await proof(text)

    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 0, spent: 7, debt: 2 })
    await expectProved(text.accountId)
    expect(await breachesOf(text.accountId)).toEqual([])
    await aLot(db, text.accountId, 5)
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 3, spent: 7, debt: 0 })
    // What was advanced has a lot to go back to, although another one has paid for it.
    await refund(db, text.accountId, [text.attemptId])
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 6, spent: 4, debt: 0 })
    await expectProved(text.accountId)
  })

  test('shows in the timeline and in the events of the account', async () => {
    const text = await closedAndGivenBack(1)
    await proof(text)

    const timeline = await messageTimeline({ db }, text.accountId, text.messageId)
    expect(timeline?.entries.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['capture', 'refund', 'late_proof', 'late_charge']),
    )
    expect(timeline?.entries.find((entry) => entry.kind === 'late_proof')).toMatchObject({
      credits: 1,
      facts: { closedAs: 'unproven', source: 'callback', owed: 0 },
    })
    const events = await readEvents(db, { accountId: text.accountId, afterSeq: 0, limit: 100 })
    expect(events.map(({ topic, payload }) => [topic, payload['kind']])).toEqual(
      expect.arrayContaining([
        ['messages', 'late_charge'],
        ['credits', 'late_charge'],
      ]),
    )
  })

  test('is never accepted without that charge: the database refuses it', async () => {
    const text = await closedAndGivenBack(1)
    const write = locked(db, text.accountId, (tx) =>
      tx.query(
        `/* test */ with a as (update attempt set state = 'accepted', sid = 'SMx' where id = $1 returning message_id)
         update message set state = 'accepted' where id = (select message_id from a)`,
        [text.attemptId],
      ),
    )

    await expect(write.catch((error: unknown) => sqlState(error))).resolves.toBe('23503')
  })
})

test('an unproven text whose charge stands is not charged a second time when it is proved', async () => {
  const text = await unknownText(5)
  await tell(text.accountId, text.attemptId, { kind: 'unproven' }, 'policy')
  await proof(text)
  await proof(text)

  expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, spent: 1 })
  expect(await kindsOf(text.accountId)).toEqual(['grant 5', 'hold 1', 'capture 1'])
})

test('a text that was called absent and waits to be sent again is charged and not sent again', async () => {
  const text = await unknownText(5)
  await tell(text.accountId, text.attemptId, { kind: 'absent' }, 'look_up')
  await proof(text)
  clock.advance({ minutes: 5 })
  const { claimed } = await claim(db, { clock, lane: aLane(text.accountId, null) })

  expect(claimed).toEqual([])
  expect(await messagesNow(db, [text.messageId])).toMatchObject([
    { state: 'cancelled', reason: 'already_sent', attempt: 'absent' },
  ])
  expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, held: 0, spent: 1 })
  expect(await breachesOf(text.accountId)).toEqual([])
})

test('a text that is proved while its second call is under way is not called a third time', async () => {
  for (const second of [
    [refusedForNow],
    [{ kind: 'unknown', reason: 'timeout' } as const, { kind: 'absent' } as const],
  ]) {
    const text = await unknownText(5)
    await tell(text.accountId, text.attemptId, { kind: 'absent' }, 'look_up')
    clock.advance({ minutes: 5 })
    const { claimed } = await claim(db, { clock, lane: aLane(text.accountId, null) })
    await proof(text)
    for (const outcome of second) {
      await tell(text.accountId, claimed[0]!.attemptId, outcome, 'worker')
      clock.advance({ minutes: 5 })
    }

    expect(await messagesNow(db, [text.messageId])).toMatchObject([
      { state: 'cancelled', reason: 'already_sent', tries: 2 },
    ])
    expect((await claim(db, { clock, lane: aLane(text.accountId, null) })).claimed).toEqual([])
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, held: 0, spent: 1 })
    expect(await breachesOf(text.accountId)).toEqual([])
  }
})

test('a proof and the failure of the second call, told together, leave nothing to be sent', async () => {
  const text = await unknownText(5)
  await tell(text.accountId, text.attemptId, { kind: 'absent' }, 'look_up')
  clock.advance({ minutes: 5 })
  const { claimed } = await claim(db, { clock, lane: aLane(text.accountId, null) })
  await settleAttempts(
    { db, clock, random: seededRandom(1) },
    text.accountId,
    [
      { attemptId: claimed[0]!.attemptId, outcome: refusedForNow },
      { attemptId: text.attemptId, outcome: { kind: 'accepted', sid: sidOf(text.attemptId) } },
    ],
    'callback',
  )

  expect(await messagesNow(db, [text.messageId])).toMatchObject([
    { state: 'cancelled', reason: 'already_sent', tries: 2 },
  ])
})

test('a duplicate is charged once, and the audit goes on reporting it', async () => {
  const text = await unknownText(5)
  await tell(text.accountId, text.attemptId, { kind: 'absent' }, 'look_up')
  clock.advance({ minutes: 5 })
  const { claimed } = await claim(db, { clock, lane: aLane(text.accountId, null) })
  const again: string = claimed[0]!.attemptId
  const second = { ...text, attemptId: again }
  await Promise.all([proof(text), proof(second), proof(text), proof(second)])

  expect(await messagesNow(db, [text.messageId])).toMatchObject([{ state: 'accepted', tries: 2 }])
  expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 3, held: 0, spent: 2 })
  expect(await breachesOf(text.accountId)).toEqual(['I7'])
  await expectProved(text.accountId)
})

test('a text that the carrier said no to and has all the same is charged once', async () => {
  const text = await unknownText(5)
  await tell(text.accountId, text.attemptId, refusedForGood, 'worker')
  await proof(text)
  await proof(text)

  expect(await messagesNow(db, [text.messageId])).toMatchObject([{ state: 'failed', attempt: 'not_sent' }])
  expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, spent: 1 })
  expect(await breachesOf(text.accountId)).toEqual([])
})

describe('the database', () => {
  const charge = (accountId: AccountId, attemptId: string, amount: number) =>
    locked(db, accountId, (tx) =>
      tx.query(
        `/* test */ with actor as (select set_config('tollgate.actor', 'test', true))
         insert into credit_transfer (account_id, seq, kind, amount, lot_no, attempt_id, part)
         select $1, b.seq + 1, 'late_charge', $3, 1, $2, 1 from credit_balance b, actor where b.account_id = $1`,
        [accountId, attemptId, amount],
      ),
    )

  test('refuses a late charge of what is still charged or held, of another size, or for the second time', async () => {
    const held = await unknownText(5)
    const standing = await unknownText(5)
    await tell(standing.accountId, standing.attemptId, { kind: 'unproven' }, 'policy')
    const back = await closedAndGivenBack(5, 2)
    const charged = await closedAndGivenBack(5)
    await proof(charged)

    await expect(charge(held.accountId, held.attemptId, 1)).rejects.toMatchObject({
      constraint: 'late_charge_due',
    })
    await expect(charge(standing.accountId, standing.attemptId, 1)).rejects.toMatchObject({
      constraint: 'late_charge_due',
    })
    await expect(charge(back.accountId, back.attemptId, 1)).rejects.toMatchObject({
      constraint: 'late_charge_amount',
    })
    await expect(charge(back.accountId, newId<CampaignId>(), 1)).rejects.toMatchObject({
      constraint: 'late_charge_amount',
    })
    await expect(charge(charged.accountId, charged.attemptId, 1)).rejects.toMatchObject({ code: '23505' })
  })
})
