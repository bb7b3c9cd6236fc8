import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { carrierOptOutHooks } from '../../src/app/inbox-hooks.js'
import { consentDeps } from '../../src/app/slice-deps.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import {
  consentAt,
  grantConsent,
  revokeConsent,
  type ConsentGrant,
  type Purpose,
} from '../../src/slices/contacts/index.js'
import { updateInboxSettings } from '../../src/slices/inbox/index.js'
import { settleAttempts, type AttemptReport } from '../../src/slices/messages/index.js'
import { toAttemptOutcome } from '../../src/slices/messages/to-outcome.js'
import {
  aLane,
  aSendingAccount,
  claim,
  refusedForGood,
  sidOf,
  somePhones,
} from '../support/builders/messages.js'
import { inboxStage, standing, writtenBy, type InboxStage } from './inbox-stage.js'

let stage: InboxStage
let accountId: AccountId
let phone: string

beforeAll(async () => {
  stage = await inboxStage()
})
afterAll(() => stage.drop())
beforeEach(async () => {
  stage.clock.set('2026-03-02T15:00:00Z')
  accountId = await aSendingAccount(stage.db, 100)
  phone = somePhones(1)[0] ?? ''
  const set = await updateInboxSettings(stage, accountId, {
    doubleOptIn: true,
    brandName: 'Yoga',
    actor: 'user:test',
  })
  expect(set.ok).toBe(true)
})

function form(more: Partial<ConsentGrant> = {}): ConsentGrant {
  return {
    phone,
    purposes: ['marketing'],
    level: 'written',
    method: 'web_form',
    source: 'https://example.test/signup',
    exactText: 'I agree to marketing texts from Yoga.',
    actor: 'user:test',
    ...more,
  }
}

function grant(more: Partial<ConsentGrant> = {}) {
  return grantConsent({ ...stage, ...consentDeps(stage) }, accountId, form(more))
}

/** The text that asks is claimed, and the carrier says so about it; null while nothing is heard. Returns its attempt. */
async function theQuestionLeaves(
  outcome: ((attemptId: string) => AttemptReport['outcome']) | null = (id) => ({
    kind: 'accepted',
    sid: sidOf(id),
  }),
): Promise<string> {
  const { claimed } = await claim(stage.db, { clock: stage.clock, lane: aLane(accountId, null) })
  expect(claimed.map((message) => message.phone)).toEqual([phone])
  const attemptId = claimed[0]?.attemptId ?? ''
  const deps = { ...stage, random: seededRandom(5), optOutHooks: carrierOptOutHooks }
  if (outcome !== null)
    await settleAttempts(deps, accountId, [{ attemptId, outcome: outcome(attemptId) }], 'worker')
  return attemptId
}

async function requestNow(): Promise<string | undefined> {
  const rows = await stage.rows<{ state: string }>(
    'select state from opt_in_request where account_id = $1 order by id desc limit 1',
    [accountId],
  )
  return rows[0]?.state
}

async function revoke(purposes?: readonly Purpose[]): Promise<void> {
  const deps = { ...stage, ...consentDeps(stage) }
  const revocation = { phone, purposes, method: 'verbal' as const, actor: 'user:test' }
  expect(await revokeConsent(deps, accountId, revocation)).toMatchObject({ ok: true })
}

test('a form asks by text first, and only the yes from the phone grants, with the evidence of both', async () => {
  const asked = await grant({ purposes: ['marketing', 'transactional'] })
  expect(asked).toMatchObject({ ok: true, eventIds: [expect.any(String)], requested: expect.anything() })
  expect(await standing(stage, accountId, phone)).toBe('transactional:yes')
  const [request] = await writtenBy(stage, accountId)
  expect(request).toMatchObject({ kind: 'opt_in_request', purpose: 'service' })
  expect(request?.body).toContain('Yoga: Reply YES')

  await theQuestionLeaves()
  stage.clock.advance({ hours: 1 })
  const sid = await stage.text(phone, 'Yes')

  const { granted, event } = await consentAt(stage.db, accountId, phone, 'marketing', stage.clock.now())
  expect(granted).toBe(true)
  expect(event).toMatchObject({
    level: 'written',
    method: 'web_form',
    exactText: 'I agree to marketing texts from Yoga.',
    evidence: { sid, requestText: request?.body, requestSent: '2026-03-02T15:00:00.000Z' },
  })
  expect(
    await consentAt(stage.db, accountId, phone, 'marketing', stage.clock.now().minus({ minutes: 1 })),
  ).toEqual({
    granted: false,
    event: null,
  })
  expect((await writtenBy(stage, accountId)).at(-1)).toMatchObject({ kind: 'opt_in_confirmed' })
})

test('the same form twice asks once', async () => {
  const [first, second] = [await grant(), await grant()]
  expect(first).toEqual(second)
  expect(await writtenBy(stage, accountId)).toHaveLength(1)
})

test('a yes that comes too late grants nothing', async () => {
  await grant()
  await theQuestionLeaves()
  stage.clock.advance({ hours: 25 })
  await stage.text(phone, 'YES')
  expect(await standing(stage, accountId, phone)).toBe('')
  expect(await stage.rows('select state from opt_in_request where account_id = $1', [accountId])).toEqual([
    { state: 'expired' },
  ])
})

test('STOP in between ends the request, and the number is not asked again', async () => {
  await grant()
  await theQuestionLeaves()
  await stage.text(phone, 'STOP')
  await stage.text(phone, 'confirmed')
  expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
  expect(await grant()).toEqual({ ok: false, reason: 'opted-out' })
})

test('what somebody says in person is not asked again, nor anything where the account does not want it', async () => {
  expect(await grant({ method: 'verbal' })).toMatchObject({ ok: true, requested: null })
  expect(await standing(stage, accountId, phone)).toBe('marketing:yes')
  await updateInboxSettings(stage, accountId, { doubleOptIn: false, actor: 'user:test' })
  phone = somePhones(1)[0] ?? ''
  await grant()
  expect(await standing(stage, accountId, phone)).toBe('marketing:yes')
  expect(await writtenBy(stage, accountId)).toEqual([])
})

test.each(["I'll be there", 'Yes, see you then', 'C1', 'Confirmed for Tuesday', 'ok'])(
  '"%s" answers something else, and grants nothing',
  async (text) => {
    await grant()
    await theQuestionLeaves()
    await stage.text(phone, text)
    expect(await standing(stage, accountId, phone)).toBe('')
    expect(await requestNow()).toBe('waiting')
  },
)

test.each(['yep', 'Confirm', 'Sí', 'Subscribe'])('"%s" is a yes to it', async (text) => {
  await grant()
  await theQuestionLeaves()
  await stage.text(phone, text)
  expect(await standing(stage, accountId, phone)).toBe('marketing:yes')
  expect(await requestNow()).toBe('confirmed')
})

test('a yes before the question has left is kept and grants nothing, whenever it is applied', async () => {
  // When a text came is the database's word.
  const [real] = await stage.rows<{ now: Date }>('select now()')
  stage.clock.set(real?.now.toISOString() ?? '')
  await grant()
  await stage.text(phone, 'Yep')
  expect(await standing(stage, accountId, phone)).toBe('')

  const sid = await stage.post(phone, 'Yep')
  stage.clock.advance({ hours: 1 })
  await theQuestionLeaves()
  await stage.apply()
  expect(await standing(stage, accountId, phone)).toBe('')
  expect(await stage.rows('select outcome from inbound_text where sid = $1', [sid])).toEqual([
    { outcome: 'kept' },
  ])

  expect(await requestNow()).toBe('waiting')
})

test('who answers has got the question, though we have not heard that it was accepted', async () => {
  await grant()
  await theQuestionLeaves(null)
  await stage.text(phone, 'Yes')
  expect(await standing(stage, accountId, phone)).toBe('marketing:yes')
})

test('nobody answers a question that the carrier refused, or says it did not deliver', async () => {
  await grant()
  await theQuestionLeaves(() => refusedForGood)
  await stage.text(phone, 'Yep')
  expect(await standing(stage, accountId, phone)).toBe('')

  phone = somePhones(1)[0] ?? ''
  await grant()
  const attemptId = await theQuestionLeaves()
  await stage.rows(
    `insert into delivery (attempt_id, message_id, account_id, status, updated_at)
     select id, message_id, account_id, 'undelivered', $2 from attempt where id = $1`,
    [attemptId, stage.clock.now().toJSDate()],
  )
  await stage.text(phone, 'Yep')
  expect(await standing(stage, accountId, phone)).toBe('')
})

test('a revocation by hand withdraws the request, before its text has left and after', async () => {
  await grant()
  await revoke()
  expect(await requestNow()).toBe('withdrawn')
  expect(await writtenBy(stage, accountId)).toMatchObject([{ state: 'suppressed' }])

  phone = somePhones(1)[0] ?? ''
  await grant()
  await theQuestionLeaves()
  await revoke(['marketing'])
  expect(await requestNow()).toBe('withdrawn')
  await stage.text(phone, 'Yes')
  expect(await standing(stage, accountId, phone)).toBe('marketing:no')
})

test('one of another purpose does not', async () => {
  await grant()
  await theQuestionLeaves()
  await revoke(['transactional'])
  expect(await requestNow()).toBe('waiting')
  await stage.text(phone, 'Yes')
  expect(await standing(stage, accountId, phone)).toBe('marketing:yes transactional:no')
})

test("the carrier's word that the number has opted out withdraws the request", async () => {
  await grant()
  await theQuestionLeaves(() =>
    toAttemptOutcome({
      kind: 'not_sent',
      class: 'O',
      cause: 'refused',
      code: 21610,
      reasonText: 'Opted out.',
    }),
  )
  expect(await requestNow()).toBe('withdrawn')
  expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
})

test('no yes outweighs a revocation that came after the request, however it came', async () => {
  await grant()
  await theQuestionLeaves()
  stage.clock.advance({ minutes: 1 })
  await stage.rows(
    `insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
     values ($1, $2, 'marketing', 'revoke', 'verbal', $3, $3)`,
    [accountId, phone, stage.clock.now().toJSDate()],
  )
  stage.clock.advance({ minutes: 1 })
  await stage.text(phone, 'Yep')
  expect(await standing(stage, accountId, phone)).toBe('marketing:no')
  expect(await requestNow()).toBe('withdrawn')
})
