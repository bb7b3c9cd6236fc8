import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { mayMove, transitionRows } from '../../src/kernel/transitions.js'
import { seededRandom } from '../../src/kernel/random.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { constraintName, sqlState } from '../../src/platform/db/sql-errors.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import {
  cancelPending,
  messageTally,
  settleAttempts,
  type AttemptReport,
} from '../../src/slices/messages/index.js'
import { attemptStates, attemptTransitions } from '../../src/slices/messages/domain/attempt-state.js'
import {
  messageStates,
  messageTransitions,
  type MessageState,
} from '../../src/slices/messages/domain/message-state.js'
import { bucketsOf, holdsOf, release } from '../support/builders/credits.js'
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

/** No writer is trusted: each illegal write is made here by hand, past all of our code, and the database refuses it. */
let database: TestDatabase
let db: Db
let accountId: AccountId
const clock = fixedClock()
/** One message of a campaign for each state, and its newest attempt. */
const messageOf = {} as Record<MessageState, string>
const attemptOf = {} as Record<MessageState, string>
const campaignId = newId<CampaignId>()

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
  db = database.db
  accountId = await aSendingAccount(db, 100)
  await makeOneOfEach()
})
afterAll(async () => {
  await database.drop()
})

async function makeOneOfEach(): Promise<void> {
  const phones = somePhones(messageStates.length)
  const phoneOf = (state: MessageState): string => phones[messageStates.indexOf(state)]!
  await theyAgree(
    db,
    accountId,
    phones.filter((phone) => phone !== phoneOf('suppressed')),
  )
  const waiting = [phoneOf('pending'), phoneOf('cancelled')]
  const late = { campaignId: null, cost: 2, expiresAt: new Date('2020-01-01') }
  ;[messageOf.expired] = (await someMessages(db, accountId, [phoneOf('expired')], late)) as string[] as [
    string,
  ]
  const going = messageStates.filter((state) => !['pending', 'cancelled', 'expired'].includes(state))
  const ids = await someMessages(db, accountId, going.map(phoneOf), { campaignId, cost: 2 })
  going.forEach((state, n) => (messageOf[state] = ids[n]!))
  const claimed = [campaignId, null].map((lane) => claim(db, { clock, lane: aLane(accountId, lane) }))
  for (const message of (await Promise.all(claimed)).flatMap((result) => result.claimed)) {
    const state = going.find((one) => messageOf[one] === message.messageId)
    if (state !== undefined) attemptOf[state] = message.attemptId
  }
  const others = await someMessages(db, accountId, waiting, { cost: 2 })
  ;[messageOf.pending, messageOf.cancelled] = others as string[] as [string, string]
  const unknown = { kind: 'unknown', reason: 'timeout' } as const
  await report(attemptOf.unknown, unknown)
  await report(attemptOf.unproven, unknown)
  await report(attemptOf.unproven, { kind: 'unproven' })
  await report(attemptOf.accepted, { kind: 'accepted', sid: sidOf(attemptOf.accepted) })
  await report(attemptOf.failed, refusedForGood)
  await sql(`update message set state = 'cancelled' where id = $1`, [messageOf.cancelled])
}

async function report(attemptId: string, outcome: AttemptReport['outcome']): Promise<void> {
  await settleAttempts({ db, clock, random: seededRandom(1) }, accountId, [{ attemptId, outcome }], 'worker')
}

function sql<Row>(statement: string, params: unknown[] = []): Promise<Row[]> {
  return readQuery<Row>(db, `/* test */ ${statement}`, params)
}

/** The constraint that refuses a statement, or its SQLSTATE. Fails when nothing does. */
async function refusal(statement: string, params: unknown[] = []): Promise<string> {
  try {
    await sql(statement, params)
  } catch (error) {
    return constraintName(error) ?? sqlState(error) ?? String(error)
  }
  throw new Error(`not refused: ${statement}`)
}

test('one message stands in each state, and what they hold and cost adds up', async () => {
  const now = await messagesNow(
    db,
    messageStates.map((state) => messageOf[state]),
  )

  expect(now.map((message) => message.state)).toEqual([...messageStates])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 92, held: 4, spent: 4 })
})

describe('transitions', () => {
  test('are the same in the database and in the program', async () => {
    const rows = (table: string) => sql(`select from_state as "from", to_state as "to" from ${table}`)

    expect(new Set((await rows('message_transition')).map((row) => JSON.stringify(row)))).toEqual(
      new Set(transitionRows(messageTransitions).map((row) => JSON.stringify(row))),
    )
    expect(new Set((await rows('attempt_transition')).map((row) => JSON.stringify(row)))).toEqual(
      new Set(transitionRows(attemptTransitions).map((row) => JSON.stringify(row))),
    )
  })

  const pairs = messageStates.flatMap((from) => messageStates.map((to) => [from, to] as const))
  test.each(pairs.filter(([from, to]) => from !== to && !mayMove(messageTransitions, from, to)))(
    'a message never goes from %s to %s',
    async (from, to) => {
      const named = ['dispatching', 'unknown', 'accepted', 'unproven'].includes(to)

      const refused = await refusal(
        `update message set state = $2::message_state, attempt_id = ${named ? 'coalesce(attempt_id, uuidv7())' : 'null'} where id = $1`,
        [messageOf[from], to],
      )

      expect(refused).toBe('message_transition')
      expect(await messagesNow(db, [messageOf[from]])).toMatchObject([{ state: from }])
    },
  )

  test('an attempt never leaves its end, and none skips what must come before', async () => {
    const holders = {
      dispatching: attemptOf.dispatching,
      unknown: attemptOf.unknown,
      accepted: attemptOf.accepted,
      unproven: attemptOf.unproven,
      not_sent: attemptOf.failed,
      absent: await anAbsentAttempt(),
    }
    for (const from of attemptStates) {
      for (const to of attemptStates) {
        if (from === to || mayMove(attemptTransitions, from, to)) continue
        const sid = to === 'accepted' ? `'SM${'0'.repeat(31)}1'` : 'null'
        const refused = await refusal(
          `update attempt set state = $2::attempt_state, sid = ${sid}, resolved_at = '2027-01-01' where id = $1`,
          [holders[from], to],
        )
        expect([from, to, refused]).toEqual([from, to, 'attempt_transition'])
      }
    }
  })

  async function anAbsentAttempt(): Promise<string> {
    const [phone] = somePhones(1) as [string]
    await theyAgree(db, accountId, [phone])
    await someMessages(db, accountId, [phone], { campaignId: null })
    const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
    const attemptId = claimed[0]!.attemptId
    await report(attemptId, { kind: 'unknown', reason: 'timeout' })
    clock.advance({ minutes: 5 })
    await report(attemptId, { kind: 'absent' })
    return attemptId
  }
})

describe('a message', () => {
  test.each([
    ['account_id', 'uuidv7()'],
    ['campaign_id', 'uuidv7()'],
    ['ordinal', '4711'],
    ['contact_id', 'uuidv7()'],
    ['purpose', `'transactional'`],
    ['phone', `'+12125550999'`],
    ['country', `'GB'`],
    ['segments', '7'],
    ['cost', '1'],
    ['price_version', '9'],
    ['idem_key', `'other'`],
    ['expires_at', 'now()'],
    ['created_at', 'now()'],
    ['id', 'uuidv7()'],
  ])('keeps its %s', async (column, value) => {
    for (const state of ['pending', 'accepted'] as const) {
      await refusal(`update message set ${column} = ${value} where id = $1`, [messageOf[state]])
    }
  })

  test('keeps its text', async () => {
    expect(
      await refusal(`update message_body set body = 'other' where message_id = $1`, [messageOf.pending]),
    ).toBe('23001')
  })

  test('begins pending, with a price, a place or none, and a number', async () => {
    const values = (given: Record<string, string>) => {
      const row = {
        account_id: `'${accountId}'`,
        purpose: `'marketing'`,
        phone: `'+12125550123'`,
        country: `'US'`,
        segments: '1',
        cost: '1',
        price_version: '1',
        ...given,
      }
      return `insert into message (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
    }
    for (const given of [
      { state: `'accepted'`, attempt_id: 'uuidv7()' },
      { state: `'failed'` },
      { state: `'dispatching'` },
      { cost: '0' },
      { cost: '-1' },
      { segments: '0' },
      { phone: `'2125550123'` },
      { purpose: `'fun'` },
      { ordinal: '1' },
      { campaign_id: 'uuidv7()' },
      { account_id: 'uuidv7()' },
    ]) {
      await refusal(values(given))
    }
  })

  test('has its place in a campaign alone, its number in it once, and its key in the account once', async () => {
    const copy = (columns: string, values: string) =>
      `insert into message (account_id, purpose, phone, country, segments, cost, price_version, ${columns})
       select account_id, purpose, phone, country, segments, cost, price_version, ${values} from message where id = '${messageOf.accepted}'`
    expect(await refusal(copy('campaign_id, ordinal', 'campaign_id, 999'))).toBe(
      'one_message_per_phone_and_campaign',
    )
    expect(await refusal(copy('campaign_id, ordinal', 'campaign_id, ordinal'))).toMatch(
      /message_place|one_message/,
    )
    await sql(copy('idem_key', `'the key'`))
    expect(await refusal(copy('idem_key', `'the key'`))).toBe('message_idem_key')
  })

  test('is not in flight without its attempt, nor with that of another', async () => {
    for (const [state, attempt] of [
      ['dispatching', 'null'],
      ['dispatching', 'uuidv7()'],
      ['dispatching', `'${attemptOf.dispatching}'`],
      ['dispatching', `'${attemptOf.accepted}'`],
    ]) {
      await refusal(`update message set state = '${state!}', attempt_id = ${attempt!} where id = $1`, [
        messageOf.pending,
      ])
    }
    expect(
      await refusal(`update message set attempt_id = $2 where id = $1`, [
        messageOf.dispatching,
        attemptOf.unknown,
      ]),
    ).toMatch(/one_live_attempt|message_attempt/)
  })

  test('is not accepted, failed or waiting again while its attempt is out', async () => {
    for (const [state, attempt] of [
      ['accepted', 'attempt_id'],
      ['unknown', 'attempt_id'],
      ['pending', 'null'],
      ['failed', 'null'],
      ['suppressed', 'null'],
      ['cancelled', 'null'],
    ]) {
      expect(
        await refusal(`update message set state = '${state!}', attempt_id = ${attempt!} where id = $1`, [
          messageOf.dispatching,
        ]),
      ).toMatch(/message_attempt|one_live_attempt/)
    }
  })
})

describe('an attempt', () => {
  const insert = (given: Record<string, string>) => {
    const row = {
      id: 'uuidv7()',
      message_id: `'${messageOf.pending}'`,
      account_id: `'${accountId}'`,
      claim_id: '1',
      sender_id: '1',
      n: '1',
      cost: '2',
      phone: `'+12125550123'`,
      ...given,
    }
    return `insert into attempt (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
  }

  test('does not begin without a hold of exactly its cost', async () => {
    expect(await refusal(insert({}))).toBe('attempt_hold')
    const [small] = await holdsOf(db, accountId, [1])
    expect(await refusal(insert({ id: `'${small!}'` }))).toBe('attempt_hold')
    const [large] = await holdsOf(db, accountId, [3])
    expect(await refusal(insert({ id: `'${large!}'` }))).toBe('attempt_hold')
    const stranger = await aSendingAccount(db, 10)
    const [foreign] = await holdsOf(db, stranger, [2])
    expect(await refusal(insert({ id: `'${foreign!}'` }))).toBe('attempt_hold')
    await release(db, accountId, [small!, large!])
  })

  test('is never the second one of a message that could be out', async () => {
    for (const state of ['dispatching', 'unknown', 'accepted', 'unproven'] as const) {
      const [held] = await holdsOf(db, accountId, [2])
      const second = insert({ id: `'${held!}'`, message_id: `'${messageOf[state]}'`, n: '2' })
      expect(await refusal(second)).toBe('one_live_attempt')
      expect(
        await refusal(
          `with a as (${second}) update message set attempt_id = '${held!}' where id = '${messageOf[state]}'`,
        ),
      ).toMatch(/one_live_attempt|message_attempt/)
      await release(db, accountId, [held!])
    }
  })

  test('has a number of its own in its message', async () => {
    const [held] = await holdsOf(db, accountId, [2])
    expect(await refusal(insert({ id: `'${held!}'`, message_id: `'${messageOf.failed}'` }))).toMatch(
      /attempt_number|one_live_attempt/,
    )
    await release(db, accountId, [held!])
  })

  test('to a number is the only one from its sender whose outcome is open', async () => {
    const [open] = await sql<{ phone: string; sender_id: number }>(
      'select phone, sender_id from attempt where id = $1',
      [attemptOf.unknown],
    )
    const [held] = await holdsOf(db, accountId, [2])
    const twin = insert({ id: `'${held!}'`, phone: `'${open!.phone}'`, sender_id: String(open!.sender_id) })
    expect(await refusal(twin)).toBe('one_unresolved_per_phone')
    await release(db, accountId, [held!])
  })

  test.each([
    ['message_id', 'uuidv7()'],
    ['account_id', 'uuidv7()'],
    ['claim_id', '99'],
    ['sender_id', '99'],
    ['n', '9'],
    ['cost', '1'],
    ['phone', `'+12125550999'`],
    ['consent_event_id', 'uuidv7()'],
    ['id', 'uuidv7()'],
  ])('keeps its %s', async (column, value) => {
    await refusal(`update attempt set ${column} = ${value} where id = $1`, [attemptOf.dispatching])
  })

  test('keeps the id that the carrier gave it, which no other attempt has', async () => {
    expect(
      await refusal(`update attempt set sid = 'SM${'1'.repeat(32)}' where id = $1`, [attemptOf.accepted]),
    ).toBe('attempt_transition')
    await refusal(`update attempt set sid = null where id = $1`, [attemptOf.accepted])
    expect(
      await refusal(
        `update attempt set state = 'accepted', resolved_at = now(), sid = (select sid from attempt where id = $2) where id = $1`,
        [attemptOf.dispatching, attemptOf.accepted],
      ),
    ).toBe('attempt_sid')
    await refusal(`update attempt set sid = 'SM${'2'.repeat(32)}' where id = $1`, [attemptOf.unknown])
    await refusal(`update attempt set state = 'accepted', resolved_at = now() where id = $1`, [
      attemptOf.unknown,
    ])
  })

  test('is not settled while its hold is open, nor against what became of the hold', async () => {
    for (const [attemptId, state, sid] of [
      [attemptOf.dispatching, 'accepted', `'SM${'3'.repeat(32)}'`],
      [attemptOf.dispatching, 'not_sent', 'null'],
      [attemptOf.unknown, 'absent', 'null'],
      [attemptOf.unknown, 'unproven', 'null'],
    ]) {
      expect(
        await refusal(
          `update attempt set state = '${state!}', sid = ${sid!}, resolved_at = '2027-01-01' where id = $1`,
          [attemptId],
        ),
      ).toBe('attempt_settlement')
    }
    await expect(
      inTransaction(db, { name: 'test.wrong', accountId }, async (tx) => {
        const { releaseHolds } = await import('../../src/slices/credits/index.js')
        await releaseHolds(tx, accountId, [attemptOf.dispatching], 'test')
        await tx.query(
          `/* test */ update attempt set state = 'accepted', sid = 'SM${'4'.repeat(32)}', resolved_at = now() where id = $1`,
          [attemptOf.dispatching],
        )
      }),
    ).rejects.toThrow('captured or released its whole hold')
  })

  test('is not absent before its credential has died', async () => {
    const [phone] = somePhones(1) as [string]
    await theyAgree(db, accountId, [phone])
    const [message] = await someMessages(db, accountId, [phone], { campaignId: null })
    const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
    const { attemptId } = claimed.find((one) => one.messageId === message)!
    await report(attemptId, { kind: 'unknown', reason: 'timeout' })

    await expect(report(attemptId, { kind: 'absent' })).rejects.toThrow('only after the credential has died')
    expect(await messagesNow(db, [message!])).toMatchObject([{ state: 'unknown' }])
  })
})

describe('history', () => {
  test.each(['message', 'attempt', 'claim', 'carrier_observation', 'look_up'])(
    '%s loses no row',
    async (table) => {
      await sql(
        `insert into carrier_observation (sid, attempt_id, message_id, source) values ('SM${table}', $1, $2, 'test') on conflict do nothing`,
        [attemptOf.accepted, messageOf.accepted],
      )
      await sql(
        `insert into look_up (attempt_id, pages, candidates, verdict, details) values ($1, 1, 0, 'too_early', '{}')`,
        [attemptOf.unknown],
      )

      await sql(
        `insert into delivery (attempt_id, message_id, account_id, status, updated_at) values ($1, $2, $3, 'sent', now())
       on conflict do nothing`,
        [attemptOf.accepted, messageOf.accepted, accountId],
      )

      expect(await refusal(`delete from ${table}`)).toBe('23001')
      expect(await refusal(`truncate ${table} cascade`)).toBe('23001')
    },
  )

  test.each([
    ['claim', `gate = '{}'`],
    ['carrier_observation', `source = 'x'`],
    ['look_up', `verdict = 'absent'`],
  ])('%s changes no row', async (table, change) => {
    expect(await refusal(`update ${table} set ${change}`)).toBe('23001')
  })

  test('what waits is written by the messages alone', async () => {
    for (const statement of [
      `insert into message_due (message_id, account_id, place, not_before) values (uuidv7(), uuidv7(), 1, now())`,
      `update message_due set place = 1`,
      `delete from message_due`,
    ]) {
      expect(await refusal(statement)).toBe('23001')
    }
  })
})

test('the tally of a campaign is what one counts by hand, after any history', async () => {
  const campaign = newId<CampaignId>()
  const phones = somePhones(40)
  await theyAgree(db, accountId, phones.slice(0, 36))
  await someMessages(db, accountId, phones, { campaignId: campaign })
  const random = seededRandom(42)
  for (let round = 0; round < 8; round += 1) {
    const { claimed } = await claim(db, { clock, lane: aLane(accountId, campaign), limit: 6 })
    for (const { attemptId } of claimed) {
      const outcomes: AttemptReport['outcome'][] = [
        { kind: 'accepted', sid: sidOf(attemptId) },
        refusedForGood,
        { kind: 'unknown', reason: 'timeout' },
        refusedForNow,
      ]
      const outcome = outcomes[Math.floor(random.next() * 5)]
      if (outcome !== undefined) await report(attemptId, outcome)
    }
    clock.advance({ minutes: 10 })
  }
  await inTransaction(db, { name: 'test.cancel', accountId }, (tx) => cancelPending(tx, accountId, campaign))

  const [byHand] = await sql<Record<string, number>>(
    `select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'dispatching')::int as dispatching,
       count(*) filter (where state = 'unknown')::int as unknown, count(*) filter (where state = 'accepted')::int as accepted,
       count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'suppressed')::int as suppressed,
       count(*) filter (where state = 'cancelled')::int as cancelled,
       coalesce(sum(cost) filter (where state in ('dispatching', 'unknown')), 0)::int as "heldCredits",
       coalesce(sum(cost) filter (where state in ('accepted', 'unproven')), 0)::int as "capturedCredits"
     from message where campaign_id = $1`,
    [campaign],
  )
  expect(await messageTally(db, campaign)).toMatchObject(byHand!)
  const due = await sql(
    `select from message m full join message_due d on d.message_id = m.id
     where (m.state = 'pending') is distinct from (d.message_id is not null)`,
  )
  expect(due).toEqual([])
})
