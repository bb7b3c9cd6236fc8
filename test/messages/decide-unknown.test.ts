import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type AttemptId, type MessageId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import { refundCaptures } from '../../src/slices/credits/index.js'
import { decideUnknown, type DecideResult } from '../../src/slices/messages/decide-unknown.js'
import type { UnknownDecision } from '../../src/slices/messages/domain/unknown-decision.js'
import { resolveUnknown, settleAttempts, type AttemptReport } from '../../src/slices/messages/index.js'
import { messageTimeline } from '../../src/slices/messages/message-timeline.js'
import { inspectUnknownOutcome, listUnknownOutcomes } from '../../src/slices/messages/unknown-outcomes.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  sidOf,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
// Look-ups are dated by the database, so the story begins now.
const clock = fixedClock(systemClock.now().toISO())
const windows = {
  clockSkewMs: 5_000,
  listLagMs: 120_000,
  validityMs: 600_000,
  unprovenRefundMs: 86_400_000,
}
const random = seededRandom(1)

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 })
  db = database.db
  await recordFence({ db, clock }, true)
})
afterAll(() => database.drop())

interface Text {
  accountId: AccountId
  messageId: MessageId
  attemptId: AttemptId
}

/** A text that nobody knows the outcome of, in an account with five credits. */
async function unknownText(
  given: { fenced?: boolean; policy?: 'P0' | 'P1'; usefulMs?: number } = {},
): Promise<Text> {
  const accountId = await aSendingAccount(db, 5, { policy: given.policy ?? 'P0' })
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones)
  const expiresAt = given.usefulMs === undefined ? null : clock.now().plus(given.usefulMs).toJSDate()
  const [messageId] = await someMessages(db, accountId, phones, { campaignId: null, expiresAt })
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null), fenced: given.fenced ?? false })
  const { attemptId } = claimed[0]!
  await tell(accountId, attemptId, { kind: 'unknown', reason: 'timeout' }, 'lease')
  return { accountId, messageId: messageId!, attemptId }
}

function tell(
  accountId: AccountId,
  attemptId: string,
  outcome: AttemptReport['outcome'],
  evidence: 'worker' | 'callback' | 'look_up' | 'lease' | 'policy',
): Promise<unknown> {
  return settleAttempts({ db, clock, random }, accountId, [{ attemptId, outcome }], evidence)
}

const proof = ({ accountId, attemptId }: Text): Promise<unknown> =>
  tell(accountId, attemptId, { kind: 'accepted', sid: sidOf(attemptId) }, 'callback')

function decide(
  { accountId, attemptId }: Pick<Text, 'accountId' | 'attemptId'>,
  decision: UnknownDecision,
  given: { key?: string; reason?: string } = {},
): Promise<DecideResult> {
  return decideUnknown(
    { db, clock, random, windows },
    { accountId, actor: { kind: 'admin', id: 'pat' } },
    {
      attemptId,
      decision,
      reason: given.reason ?? 'asked the carrier',
      idempotencyKey: given.key ?? newId(),
    },
  )
}

/** The carrier's list never has anything. */
async function lookUp(): Promise<void> {
  await resolveUnknown(
    {
      db,
      clock,
      random,
      carrier: {
        listTo: () =>
          Promise.resolve({
            kind: 'listed',
            messages: [],
            pageCount: 1,
            requestIds: [],
            askedAt: clock.now().toJSDate(),
          }),
      },
    },
    { ...windows, lookUpIntervalMs: 0, limit: 1000, concurrency: 1 },
  )
}

async function breachesOf(accountId: AccountId): Promise<string[]> {
  const { findings } = await runAudit(db)
  return findings
    .filter(({ id, rows }) => !['I11', 'I16'].includes(id) && rows.some((row) => row.accountId === accountId))
    .map(({ id }) => id)
}

const afterWindow = () => clock.advance({ milliseconds: 60_000 + 125_000 + 1_000 })

describe('an administrator', () => {
  test('decides nothing before the carrier has shown what it took', async () => {
    const text = await unknownText()
    for (const decision of ['charge', 'give_back', 'send_again'] as const)
      expect(await decide(text, decision)).toEqual({ ok: false, reason: 'too-early' })
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ held: 1 })
  })

  test('charges for good: the day after changes nothing', async () => {
    const text = await unknownText()
    afterWindow()
    expect(await decide(text, 'charge')).toEqual({ ok: true })
    clock.advance({ hours: 30 })
    await lookUp()

    expect(await messagesNow(db, [text.messageId])).toMatchObject([
      { state: 'unproven', evidence: 'administrator' },
    ])
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, held: 0, spent: 1 })
  })

  test('gives back, and a proof that comes later is charged', async () => {
    const text = await unknownText()
    afterWindow()
    expect(await decide(text, 'give_back')).toEqual({ ok: true })
    expect(await decide(text, 'charge')).toEqual({ ok: false, reason: 'given-back-already' })
    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 5, held: 0, spent: 0 })
    expect((await claim(db, { clock, lane: aLane(text.accountId, null) })).claimed).toEqual([])

    await proof(text)

    expect(await bucketsOf(db, text.accountId)).toMatchObject({ available: 4, held: 0, spent: 1 })
    expect(await breachesOf(text.accountId)).toEqual([])
    expect(await decide(text, 'give_back')).toEqual({ ok: false, reason: 'outcome-known' })
  })

  test('sends again only what was fenced and looked up in vain', async () => {
    const open = await unknownText()
    const fenced = await unknownText({ fenced: true })
    afterWindow()
    expect(await decide(open, 'send_again')).toEqual({ ok: false, reason: 'fence-not-proved' })
    expect(await decide(fenced, 'send_again')).toEqual({ ok: false, reason: 'not-looked-up' })
    await lookUp()
    expect(await decide(fenced, 'send_again')).toEqual({ ok: true })
    clock.advance({ minutes: 1 })

    const again = await claim(db, { clock, lane: aLane(fenced.accountId, null), fenced: true })
    expect(again.claimed).toHaveLength(1)
    expect(await bucketsOf(db, fenced.accountId)).toMatchObject({ available: 4, held: 1 })
    expect(await breachesOf(fenced.accountId)).toEqual([])
  })

  test('is named with the reason in a history that nobody can change, and decides once per key', async () => {
    const text = await unknownText()
    afterWindow()
    expect(await decide(text, 'charge', { reason: '  ' })).toEqual({ ok: false, reason: 'reason-missing' })
    const same = { key: 'same-key', reason: 'the recipient answered' }
    await Promise.all([decide(text, 'charge', same), decide(text, 'charge', same)])
    expect(await decide(text, 'give_back', same)).toMatchObject({ reason: 'idempotency-key-reused' })
    expect(await decide({ ...text, attemptId: newId<AttemptId>() }, 'charge')).toMatchObject({
      reason: 'not-found',
    })

    const inspected = await inspectUnknownOutcome({ db, clock, windows }, text.accountId, text.attemptId)
    expect(inspected?.decisions).toMatchObject([
      { decision: 'charge', actor: 'admin:pat', reason: 'the recipient answered' },
    ])
    const timeline = await messageTimeline({ db }, text.accountId, text.messageId)
    expect(timeline?.entries.map((entry) => entry.kind)).toContain('decision')
    await expect(
      readQuery(db, '/* test */ update unknown_decision set reason = $1', ['x']),
    ).rejects.toMatchObject({
      code: '23001',
    })
  })
})

test('the list tells states apart, and what happens next', async () => {
  const text = await unknownText({ usefulMs: 120_000 })
  const deps = { db, clock, windows }
  const list = async (
    kinds: readonly ('unknown' | 'unproven' | 'late_proved')[],
    before: Date | null = null,
  ) =>
    (
      await listUnknownOutcomes(
        deps,
        text.accountId,
        { kinds, campaignId: null, before },
        { afterId: null, limit: 9 },
      )
    ).map(({ attemptId, money, next }) => ({ attemptId, money, step: next.step }))
  const { attemptId } = text
  expect(await list(['unknown'])).toEqual([{ attemptId, money: 'held', step: 'look_up' }])
  expect(await list(['unknown'], clock.now().minus({ minutes: 1 }).toJSDate())).toEqual([])
  afterWindow()
  expect(await list(['unknown'])).toEqual([{ attemptId, money: 'held', step: 'close' }])
  // Of no use since a minute, so the carrier was asked to keep it no longer: closed long before the usual validity.
  clock.advance({ milliseconds: 62_000 })
  await lookUp()
  expect(await list(['unknown'])).toEqual([])
  expect(await list(['unproven'])).toEqual([{ attemptId, money: 'charged', step: 'give_back' }])
  clock.advance({ hours: 25 })
  await lookUp()
  expect(await list(['unproven'])).toEqual([{ attemptId, money: 'given_back', step: 'none' }])
  await proof(text)
  expect(await list(['unproven'])).toEqual([])
  expect(await list(['unknown', 'late_proved'])).toEqual([{ attemptId, money: 'charged_late', step: 'none' }])
})

/** Anything that can happen to a call of unknown outcome, in any order. */
const steps = [
  'look-up',
  'day',
  'refund',
  'proof',
  'charge',
  'give_back',
  'send_again',
  'absent',
  'unproven',
  'resend',
] as const

test('in any order of look-ups, closings, refunds, proofs and decisions, all adds up after each step, and what is proved is charged once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps), { minLength: 3, maxLength: 9, size: 'max' }),
      fc.constantFrom('P0' as const, 'P1' as const),
      async (order, policy) => {
        const text = await unknownText({ fenced: true, policy })
        const { accountId, attemptId } = text
        afterWindow()
        let proved = false
        let refundedAfterProof = false
        for (const step of order) {
          if (step === 'look-up') await lookUp()
          else if (step === 'day') clock.advance({ hours: 25 })
          else if (step === 'refund') {
            await inTransaction(db, { name: 'test.refund', accountId }, (tx) =>
              refundCaptures(tx, accountId, [attemptId], 'admin:pat', 'kindness'),
            )
            refundedAfterProof ||= proved
          } else if (step === 'proof') {
            await Promise.all([proof(text), proof(text)])
            proved = true
          } else if (step === 'absent') await tell(accountId, attemptId, { kind: 'absent' }, 'look_up')
          else if (step === 'unproven') await tell(accountId, attemptId, { kind: 'unproven' }, 'policy')
          else if (step === 'resend') await claim(db, { clock, lane: aLane(accountId, null), fenced: true })
          else await decide(text, step)

          expect(await breachesOf(accountId)).toEqual([])
          const [row] = await readQuery<{ charged: string }>(
            db,
            `/* test */ select coalesce(sum(t.amount), 0) as charged from credit_transfer t
             left join credit_transfer h on h.account_id = t.account_id and h.seq = t.ref_seq
             where t.account_id = $1 and coalesce(t.attempt_id, h.attempt_id) = $2 and t.kind in ('capture', 'late_charge')
               and not exists (select from credit_transfer f where f.account_id = t.account_id and f.ref_seq = t.seq and f.kind = 'refund')`,
            [accountId, attemptId],
          )
          if (proved && !refundedAfterProof) expect(row?.charged).toBe('1')
          expect(Number(row?.charged)).toBeLessThanOrEqual(1)
        }
      },
    ),
    { numRuns: 15, endOnFailure: true, seed: 20261122 },
  )
}, 180_000)
