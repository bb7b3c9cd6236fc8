import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { consentDeps } from '../../src/app/slice-deps.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { consentAt, grantConsent, type ConsentGrant } from '../../src/slices/contacts/index.js'
import { updateInboxSettings } from '../../src/slices/inbox/index.js'
import { aSendingAccount, somePhones } from '../support/builders/messages.js'
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

test('a form asks by text first, and only the yes from the phone grants, with the evidence of both', async () => {
  const asked = await grant({ purposes: ['marketing', 'transactional'] })
  expect(asked).toMatchObject({ ok: true, eventIds: [expect.any(String)], requested: expect.anything() })
  expect(await standing(stage, accountId, phone)).toBe('transactional:yes')
  const [request] = await writtenBy(stage, accountId)
  expect(request).toMatchObject({ kind: 'opt_in_request', purpose: 'service' })
  expect(request?.body).toContain('Yoga: Reply YES')

  stage.clock.advance({ hours: 1 })
  const sid = await stage.text(phone, 'Yes')

  const { granted, event } = await consentAt(stage.db, accountId, phone, 'marketing', stage.clock.now())
  expect(granted).toBe(true)
  expect(event).toMatchObject({
    level: 'written',
    method: 'web_form',
    exactText: 'I agree to marketing texts from Yoga.',
    evidence: { sid, requestText: request?.body },
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
  stage.clock.advance({ hours: 25 })
  await stage.text(phone, 'YES')
  expect(await standing(stage, accountId, phone)).toBe('')
  expect(await stage.rows('select state from opt_in_request where account_id = $1', [accountId])).toEqual([
    { state: 'expired' },
  ])
})

test('STOP in between ends the request, and the number is not asked again', async () => {
  await grant()
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
