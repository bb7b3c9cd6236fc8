import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { deliveryStatuses, statusRank, type DeliveryStatus } from '../../src/slices/carrier/index.js'
import {
  applyStatusCallbacks,
  messageTally,
  settleAttempts,
  type MessageCounters,
} from '../../src/slices/messages/index.js'
import { createInbox, listQuarantined, type Inbox } from '../../src/slices/webhooks/index.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  refusedForGood,
  settle,
  sidOf,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
let inbox: Inbox
let clock: FixedClock
let alarms: Record<string, number>

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  inbox = createInbox(db)
})
afterAll(async () => {
  await database.drop()
})
beforeEach(() => {
  clock = fixedClock()
  alarms = {}
})

interface InFlight {
  accountId: AccountId
  campaignId: CampaignId
  messageIds: string[]
  attemptIds: string[]
}

/** Messages of a new account that are claimed and nothing more. */
async function inFlight(
  count: number,
  given: { campaign?: boolean; clock?: FixedClock } = {},
): Promise<InFlight> {
  const accountId = await aSendingAccount(db, 1_000)
  const phones = somePhones(count)
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const messageIds = await someMessages(db, accountId, phones, { campaignId })
  const { claimed } = await claim(db, { clock: given.clock ?? clock, lane: aLane(accountId, campaignId) })
  return { accountId, campaignId, messageIds, attemptIds: claimed.map((message) => message.attemptId) }
}

interface Report {
  attemptId: string
  status: string
  sid?: string
  errorCode?: number
}

async function arrives(...reports: Report[]): Promise<void> {
  for (const { attemptId, status, sid = sidOf(attemptId), errorCode } of reports) {
    await inbox.store({
      provider: 'twilio.status',
      route: attemptId,
      dedupeKey: `${attemptId}:${sid}:${status}`,
      params: {
        MessageSid: sid,
        MessageStatus: status,
        ...(errorCode ? { ErrorCode: String(errorCode) } : {}),
      },
    })
  }
}

const counters: MessageCounters = {
  report: () => undefined,
  asked: () => undefined,
  alarm: (kind, count) => (alarms[kind] = (alarms[kind] ?? 0) + count),
}

async function apply(limit = 500): Promise<number> {
  const deps = { db, clock, random: seededRandom(3), log: silentLogger, counters }
  return (await applyStatusCallbacks(deps, { limit })).read
}

async function outcomes(attemptId: string): Promise<(string | null)[]> {
  const rows = await readQuery<{ outcome: string | null }>(
    db,
    '/* test */ select outcome from webhook_inbox where route = $1 order by id',
    [attemptId],
  )
  return rows.map((row) => row.outcome)
}

async function kinds(accountId: AccountId): Promise<string[]> {
  const events = await readEvents(db, { accountId, afterSeq: 0, topics: ['messages', 'credits'], limit: 500 })
  return events.map(
    (event) => `${event.topic} ${String(event.payload['kind'])} ${String(event.messageIds.length)}`,
  )
}

test('reports of a batch become one row each, one event per meaning, and one refund', async () => {
  const { accountId, campaignId, attemptIds, messageIds } = await inFlight(6)
  await settle(db, clock, accountId, attemptIds)
  const before = (await kinds(accountId)).length
  await arrives(
    ...attemptIds.map((attemptId) => ({ attemptId, status: 'sent' })),
    ...attemptIds.slice(0, 3).map((attemptId) => ({ attemptId, status: 'delivered' })),
    { attemptId: attemptIds[3]!, status: 'undelivered', errorCode: 30005 },
    { attemptId: attemptIds[4]!, status: 'failed', errorCode: 30008 },
  )

  await apply()

  expect((await messagesNow(db, messageIds)).map((message) => [message.delivery, message.errorCode])).toEqual(
    [
      ['delivered', null],
      ['delivered', null],
      ['delivered', null],
      ['undelivered', 30005],
      ['failed', 30008],
      ['sent', null],
    ],
  )
  expect((await kinds(accountId)).slice(before).sort()).toEqual([
    'credits refund 0',
    'messages delivered 3',
    'messages failed 1',
    'messages undelivered 1',
  ])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 995, held: 0, spent: 5 })
  expect(await messageTally(db, campaignId)).toMatchObject({ accepted: 6, delivered: 3, undelivered: 2 })
})

describe('any order and number of the same reports', () => {
  /** What one message's reports can be: on the way, and at most one end. */
  const history = fc.tuple(
    fc.subarray(['queued', 'sending', 'sent'] as const),
    fc.option(fc.constantFrom('delivered', 'undelivered', 'failed', 'canceled', 'read')),
    fc.constantFrom('settled', 'unknown', 'dispatching'),
  )

  test('ends in the same state, with the same charge and the same events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 5 }),
        async (histories, shuffle, batch) => {
          const flight = await inFlight(histories.length)
          const { accountId, attemptIds } = flight
          const settled = attemptIds.filter((_, n) => histories[n]?.[2] === 'settled')
          const unknown = attemptIds.filter((_, n) => histories[n]?.[2] === 'unknown')
          if (settled.length > 0) await settle(db, clock, accountId, settled)
          if (unknown.length > 0)
            await settle(db, clock, accountId, unknown, () => ({ kind: 'unknown', reason: 'timeout' }))
          const reports = histories.flatMap(([way, end], n) =>
            [...way, ...(end === null ? [] : [end])].flatMap((status) => {
              const report = { attemptId: attemptIds[n]!, status }
              return [report, report]
            }),
          )
          const shuffled = reports
            .map((report) => ({ report, place: shuffle.next().value as number }))
            .sort((a, b) => a.place - b.place)
          for (let at = 0; at < shuffled.length; at += batch) {
            await arrives(...shuffled.slice(at, at + batch).map(({ report }) => report))
            while ((await apply(batch)) > 0);
          }

          let spent = 0
          let held = 0
          const now = await messagesNow(db, flight.messageIds)
          histories.forEach(([way, end, start], n) => {
            const told = [...way, ...(end === null ? [] : [end])] as DeliveryStatus[]
            const strongest = told.sort((a, b) => statusRank(b) - statusRank(a))[0] ?? null
            const known = start === 'settled' || told.length > 0
            const refunded = end === 'failed' || end === 'canceled'
            if (known && !refunded) spent += 1
            if (!known) held += 1
            expect(now[n]).toMatchObject({ state: known ? 'accepted' : start, delivery: strongest })
          })
          expect(await bucketsOf(db, accountId)).toMatchObject({
            available: 1000 - spent - held,
            spent,
            held,
          })
          const told = (await kinds(accountId)).filter((kind) => /delivered|failed/.test(kind))
          const ends = histories.filter(([, end]) => end !== null).length
          expect(told.reduce((sum, kind) => sum + Number(kind.split(' ')[2]), 0)).toBe(ends)
        },
      ),
      { numRuns: 15 },
    )
  })

  test('shows the same delivery and costs the same even when the carrier contradicts itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...deliveryStatuses], { minLength: 2 }), async (order) => {
        const { accountId, attemptIds, messageIds } = await inFlight(1)
        await settle(db, clock, accountId, attemptIds)
        for (const status of order) {
          await arrives({ attemptId: attemptIds[0]!, status })
          await apply()
        }

        const strongest = [...order].sort((a, b) => statusRank(b) - statusRank(a))[0]
        expect(await messagesNow(db, messageIds)).toMatchObject([{ delivery: strongest }])
        const spent = strongest === 'failed' || strongest === 'canceled' ? 0 : 1
        expect(await bucketsOf(db, accountId)).toMatchObject({ available: 1000 - spent, held: 0, spent })
      }),
      { numRuns: 10 },
    )
  })
})

test('a text that was given back as failed and left after all is charged again, once, and the audit agrees', async () => {
  const { accountId, attemptIds, messageIds } = await inFlight(1)
  const attemptId = attemptIds[0]!
  await settle(db, clock, accountId, attemptIds, () => ({ kind: 'unknown', reason: 'timeout' }))
  const deps = { db, clock, random: seededRandom(1) }
  await settleAttempts(deps, accountId, [{ attemptId, outcome: { kind: 'unproven' } }], 'policy')
  await arrives({ attemptId, status: 'failed', errorCode: 30008 })
  await apply()
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 1000, spent: 0 })

  for (const status of ['undelivered', 'failed', 'delivered', 'read']) {
    await arrives({ attemptId, status })
    await apply()
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 999, held: 0, spent: 1 })
  }

  expect(await messagesNow(db, messageIds)).toMatchObject([{ state: 'accepted', delivery: 'read' }])
  expect((await kinds(accountId)).filter((kind) => kind.startsWith('credits late_charge'))).toHaveLength(1)
  expect(alarms).toEqual({})
  const { findings } = await runAudit(db)
  // The lane of this test belongs to no campaign that was started.
  const broken = findings.filter(({ id }) => !['I11', 'I16'].includes(id))
  expect(broken.filter(({ rows }) => rows.some((row) => row.accountId === accountId))).toEqual([])
})

test('a report proves an attempt that was closed without proof; it was charged already', async () => {
  const { accountId, attemptIds, messageIds } = await inFlight(1)
  await settle(db, clock, accountId, attemptIds, () => ({ kind: 'unknown', reason: 'timeout' }))
  const deps = { db, clock, random: seededRandom(1) }
  await settleAttempts(
    deps,
    accountId,
    [{ attemptId: attemptIds[0]!, outcome: { kind: 'unproven' } }],
    'policy',
  )
  await arrives({ attemptId: attemptIds[0]!, status: 'delivered' })

  await apply()

  expect(await messagesNow(db, messageIds)).toMatchObject([{ state: 'accepted', delivery: 'delivered' }])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 999, held: 0, spent: 1 })
})

test('a report for an attempt that was closed as unsent is kept, raises an alarm once, and is charged once', async () => {
  const { accountId, campaignId, attemptIds, messageIds } = await inFlight(1)
  const attemptId = attemptIds[0]!
  await settle(db, clock, accountId, attemptIds, () => refusedForGood)
  await arrives({ attemptId, status: 'sent' }, { attemptId, status: 'delivered' })
  await apply()
  await arrives({ attemptId, status: 'read' })
  await apply()

  expect(await messagesNow(db, messageIds)).toMatchObject([
    { state: 'failed', attempt: 'not_sent', delivery: 'read' },
  ])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 999, spent: 1 })
  const seen = await readQuery(
    db,
    '/* test */ select sid, attempt_id, source from carrier_observation where attempt_id = $1',
    [attemptId],
  )
  expect(seen).toEqual([{ sid: sidOf(attemptId), attempt_id: attemptId, source: 'callback' }])
  expect(alarms).toEqual({ late_proof: 1 })
  expect((await kinds(accountId)).filter((kind) => kind.includes('late_proof'))).toEqual([
    'messages late_proof 1',
  ])
  expect(await outcomes(attemptId)).toEqual(['late_proof', 'late_proof', 'late_proof'])
  expect(await messageTally(db, campaignId)).toMatchObject({ delivered: 0, failed: 1 })
})

test('an opt-out that the carrier reports only with the delivery withdraws every consent of the number', async () => {
  const { accountId, attemptIds } = await inFlight(2)
  await settle(db, clock, accountId, attemptIds)
  await arrives(
    { attemptId: attemptIds[0]!, status: 'failed', errorCode: 21610 },
    { attemptId: attemptIds[1]!, status: 'failed', errorCode: 30008 },
  )

  await apply()

  const revoked = await readQuery<{ phone: string; method: string }>(
    db,
    `/* test */ select distinct e.phone, e.method from consent_event e join attempt a on a.phone = e.phone
     where e.account_id = $1 and e.action = 'revoke'`,
    [accountId],
  )
  const [first] = await readQuery<{ phone: string }>(
    db,
    '/* test */ select phone from attempt where id = $1',
    [attemptIds[0]],
  )
  expect(revoked).toEqual([{ phone: first?.phone, method: 'carrier_21610' }])
})

test('a second carrier id for one attempt is an alarm and never a delivery', async () => {
  const { accountId, attemptIds, messageIds } = await inFlight(1)
  const attemptId = attemptIds[0]!
  const twin = sidOf(attemptId, 'MM')
  await arrives({ attemptId, status: 'sent' }, { attemptId, status: 'delivered', sid: twin })
  await apply()
  await arrives({ attemptId, status: 'failed', sid: twin })
  await apply()

  expect(await messagesNow(db, messageIds)).toMatchObject([
    { state: 'accepted', sid: sidOf(attemptId), delivery: 'sent' },
  ])
  expect(alarms).toEqual({ second_sid: 1 })
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 999, spent: 1 })
})

test('a carrier id that belongs to another attempt settles nothing and blocks nobody', async () => {
  const { accountId, attemptIds, messageIds } = await inFlight(3)
  const [first, second, third] = attemptIds as [string, string, string]
  await settle(db, clock, accountId, [first])
  await arrives(
    { attemptId: second, status: 'delivered', sid: sidOf(first) },
    { attemptId: third, status: 'delivered' },
  )

  await apply()

  expect((await messagesNow(db, messageIds)).map((message) => message.state)).toEqual([
    'accepted',
    'dispatching',
    'accepted',
  ])
  expect(await outcomes(second)).toEqual(['sid_of_another_attempt'])
  expect(await bucketsOf(db, accountId)).toMatchObject({ held: 1, spent: 2 })
})

test('reports that belong to nobody or say nothing are done with', async () => {
  const { attemptIds } = await inFlight(2)
  const [known, strange] = attemptIds as [string, string]
  const unknown = newId()
  await arrives(
    { attemptId: unknown, status: 'delivered' },
    { attemptId: 'no id at all', status: 'delivered' },
    { attemptId: known, status: 'delivered', sid: 'no sid' },
    { attemptId: strange, status: 'teleported' },
  )

  await apply()

  expect(await outcomes(unknown)).toEqual(['unknown-attempt'])
  expect(await outcomes('no id at all')).toEqual(['unknown-attempt'])
  expect(await outcomes(known)).toEqual(['unreadable'])
  // A word that nobody knows yet still proves that the carrier has it.
  expect(await readQuery(db, '/* test */ select state, sid from attempt where id = $1', [strange])).toEqual([
    { state: 'accepted', sid: sidOf(strange) },
  ])
  expect(await apply()).toBe(0)
})

test('several workers apply the same reports without applying anything twice', async () => {
  const flights = await Promise.all([inFlight(20), inFlight(20), inFlight(20)])
  for (const { attemptIds } of flights) {
    await arrives(
      ...attemptIds.flatMap((attemptId) => ['sent', 'failed'].map((status) => ({ attemptId, status }))),
    )
  }

  await Promise.all(
    [1, 2, 3].map(async () => {
      while ((await apply(50)) > 0);
    }),
  )

  for (const { accountId, campaignId } of flights) {
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 1000, held: 0, spent: 0 })
    expect(await messageTally(db, campaignId)).toMatchObject({ accepted: 20, undelivered: 20 })
    const failed = (await kinds(accountId)).filter((kind) => kind.includes('failed'))
    expect(failed.reduce((sum, kind) => sum + Number(kind.split(' ')[2]), 0)).toBe(20)
  }
})

test('a report that the database refuses is set aside in the end, and the others of its batch are applied', async () => {
  const { accountId, attemptIds, messageIds } = await inFlight(4)
  await settle(db, clock, accountId, attemptIds)
  const poisoned = attemptIds[2]!
  await readQuery(
    db,
    `/* test */ alter table delivery add constraint poison check (attempt_id <> '${poisoned}'::uuid) not valid`,
  )
  await arrives(...attemptIds.map((attemptId) => ({ attemptId, status: 'delivered' })))

  await apply()
  expect((await messagesNow(db, messageIds)).map((message) => message.delivery)).toEqual([
    'delivered',
    'delivered',
    null,
    'delivered',
  ])
  for (let failure = 0; failure < 5; failure += 1) {
    clock.advance({ hours: 1 })
    await apply()
  }
  await readQuery(db, '/* test */ alter table delivery drop constraint poison')

  const aside = await listQuarantined({ db }, { afterId: null, limit: 50 })
  expect(aside).toMatchObject([{ route: poisoned, tries: 5, problem: 'sqlstate 23514' }])
})
