import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { revokeAllForPhone } from '../../src/slices/contacts/index.js'
import {
  answerKey,
  setQuietHours,
  singleMessageLanes,
  suppressWaiting,
  waiveQuietHours,
  type NewMessage,
} from '../../src/slices/messages/index.js'
import { messageTimeline } from '../../src/slices/messages/message-timeline.js'
import {
  aLane,
  aSendingAccount,
  aSendingCampaign,
  claim,
  settle,
  someMessages,
  somePhones,
  theyAgree,
  type SendingCampaign,
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
// Monday. 20:30 in New York, where all numbers of these tests are.
beforeEach(() => {
  clock = fixedClock('2026-03-03T01:30:00Z')
})

const OPENING = '2026-03-03T13:00:00.000Z'
const until = (utc: string): void => {
  clock.advance({ milliseconds: DateTime.fromISO(utc).toMillis() - clock.now().toMillis() })
}
const keepsHours = { keepsHours: true }

async function singles(accountId: AccountId, phones: readonly string[], given: Partial<NewMessage> = {}) {
  return someMessages(db, accountId, phones, { campaignId: null, purpose: 'transactional', ...given })
}

async function waitOf(ids: readonly string[]) {
  return readQuery<{ state: string; reason: string | null; until: string | null; detail: string | null }>(
    db,
    `/* test */ select state, state_reason as reason, to_char(not_before at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until,
     state_detail as detail from message where id = any ($1) order by array_position($1::uuid[], id)`,
    [ids],
  )
}

async function aContact(accountId: AccountId, phone: string, place: { zone?: string; region?: string }) {
  await readQuery(
    db,
    `/* test */ insert into contact (id, account_id, phone, country, number_type, zone, zone_source, region, created_at, updated_at)
     values ($1, $2, $3, 'US', 'mobile', $4, $5, $6, now(), now())`,
    [newId(), accountId, phone, place.zone ?? null, place.zone ? 'person' : null, place.region ?? null],
  )
}

test('a text waits for the morning of its recipient, says why, and goes at the opening', async () => {
  const { lane, ids, accountId } = await aSendingCampaign(db, 3, keepsHours)

  expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], refused: 3, block: null })
  expect((await waitOf(ids))[0]).toEqual({
    state: 'pending',
    reason: 'quiet_hours',
    until: OPENING,
    detail:
      'It was 2026-03-02 20:30 in America/New_York; marketing texts go there from 08:00 to 20:00 (marketing texts by default).',
  })
  expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], refused: 0 })
  until('2026-03-03T12:59:59.999Z')
  expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], refused: 0 })
  until(OPENING)
  const { claimed } = await claim(db, { clock, lane })
  expect(claimed.map((message) => message.messageId)).toEqual(ids)
  expect(claimed[0]?.openUntil).toEqual(new Date('2026-03-04T01:00:00.000Z'))

  const timeline = await messageTimeline({ db }, accountId, ids[0]!)
  const words = timeline!.entries.map((entry) => entry.words)
  expect(words).toContainEqual(expect.stringContaining('It was put off: It was 2026-03-02 20:30'))
  expect(timeline!.entries.find((entry) => entry.kind === 'claimed')?.facts).toMatchObject({
    quietHours: 'open',
    openUntil: '2026-03-04T01:00:00.000Z',
    zones: 'America/New_York',
  })
})

test('a text that would be of no use in the morning expires, and says so', async () => {
  const accountId = await aSendingAccount(db, 10, keepsHours)
  const phones = somePhones(2)
  await theyAgree(db, accountId, phones, 'transactional')
  until('2026-03-03T03:30:00Z')
  const expired = await singles(accountId, phones.slice(0, 1), { expiresAt: new Date(OPENING) })
  const kept = await singles(accountId, phones.slice(1), { expiresAt: new Date('2026-03-03T13:00:00.001Z') })

  await claim(db, { clock, lane: aLane(accountId, null) })
  expect(await waitOf([...expired, ...kept])).toMatchObject([
    { state: 'expired', reason: 'quiet_hours' },
    { state: 'pending', reason: 'quiet_hours', until: OPENING },
  ])
})

test('where a zone or a state is stored it decides, together with the law of the number', async () => {
  const accountId = await aSendingAccount(db, 20, keepsHours)
  const phones = somePhones(4)
  await theyAgree(db, accountId, phones)
  const [london, rhodeIsland, , unknown] = phones as [string, string, string, string]
  await aContact(accountId, london, { zone: 'Asia/Kathmandu' })
  await aContact(accountId, rhodeIsland, { region: 'RI' })
  const foreign = `+1299${unknown.slice(5)}`
  await theyAgree(db, accountId, [foreign])
  until('2026-03-03T14:30:00Z')
  // 20:15 in Kathmandu; 09:30 in New York and in Rhode Island; 06:30 in Los Angeles, which an unknown area code may be in.
  const campaignId = newId<CampaignId>()
  const ids = await someMessages(db, accountId, [london, rhodeIsland, foreign], { campaignId })
  const lane = aLane(accountId, campaignId)

  expect((await claim(db, { clock, lane })).claimed.map(({ phone }) => phone)).toEqual([rhodeIsland])
  expect(await waitOf(ids)).toMatchObject([
    { until: '2026-03-04T02:15:00.000Z' },
    {},
    { until: '2026-03-03T16:00:00.000Z', detail: expect.stringContaining('one of 5 zones') },
  ])
  const later = await someMessages(db, accountId, [rhodeIsland], {})
  until('2026-03-03T23:00:00Z')
  const [{ campaign_id: other } = { campaign_id: '' }] = await readQuery<{ campaign_id: CampaignId }>(db, '/* test */ select campaign_id from message where id = $1', [later[0]]) // prettier-ignore
  expect(await claim(db, { clock, lane: aLane(accountId, other as CampaignId) })).toMatchObject({
    refused: 1,
  })
  expect(await waitOf(later)).toMatchObject([{ until: '2026-03-04T14:00:00.000Z', detail: expect.stringContaining('RI: R.I. Gen. Laws') }]) // prettier-ignore
})

test('a waiver of an administrator lets texts go at night, and its reason stands with the claim', async () => {
  const { accountId, lane, ids } = await aSendingCampaign(db, 1, keepsHours)
  expect(await waiveQuietHours({ db, clock }, { accountId, waiver: 'a rehearsal', actor: 'admin' })).toEqual({
    ok: true,
  })

  expect((await claim(db, { clock, lane })).claimed).toHaveLength(1)
  const [kept] = await readQuery<{ gate: Record<string, unknown> }>(db, '/* test */ select gate from claim where account_id = $1', [accountId]) // prettier-ignore
  expect(kept!.gate).toMatchObject({ quietHours: 'waived', waiver: 'a rehearsal' })
  expect(await readQuery(db, '/* test */ select actor, reason from quiet_hours_event where account_id = $1', [accountId])).toEqual([{ actor: 'admin', reason: 'a rehearsal' }]) // prettier-ignore
  expect(ids).toHaveLength(1)
})

test('an account narrows its hours and never widens those of marketing; texts go by them from the next claim on', async () => {
  const { accountId, lane, ids } = await aSendingCampaign(db, 1, keepsHours)
  const set = (change: Parameters<typeof setQuietHours>[1]['change']) =>
    setQuietHours({ db, clock }, { accountId, change, actor: 'owner' })
  expect(await set({ marketing: { opens: '08:00', closes: '21:00' } })).toEqual({ ok: false, reason: 'marketing-too-wide' }) // prettier-ignore
  expect(await set({ marketing: { opens: '09:00', closes: '09:10' } })).toEqual({ ok: false, reason: 'window-invalid' }) // prettier-ignore
  expect(await set({ holidays: ['2026-02-30'] })).toEqual({ ok: false, reason: 'holiday-invalid' })
  expect(await set({ marketingPerDay: 0 })).toEqual({ ok: false, reason: 'cap-out-of-range' })
  expect(await set({ marketing: { opens: '10:00', closes: '17:00' }, holidays: ['2026-03-03'] })).toMatchObject({ ok: true }) // prettier-ignore

  await claim(db, { clock, lane })
  expect(await waitOf(ids)).toMatchObject([{ until: '2026-03-04T15:00:00.000Z' }])
  await expect(
    readQuery(db, `/* test */ update account_control set quiet_hours = '{"marketing": {"opens": 0, "closes": 1440}}' where account_id = $1`, [accountId]), // prettier-ignore
  ).rejects.toThrow('account_control_marketing_hours_check')
})

test('a number gets no more marketing within 24 hours than the cap; the rest waits for its place', async () => {
  until('2026-03-03T15:00:00Z')
  const first = await aSendingCampaign(db, 2, { ...keepsHours, credits: 20 })
  const { accountId, phones } = first
  await readQuery(db, '/* test */ update account_control set marketing_per_day = 1 where account_id = $1', [accountId]) // prettier-ignore
  const { claimed } = await claim(db, { clock, lane: first.lane, limit: 1 })
  await settle(db, clock, accountId, [claimed[0]!.attemptId])

  until('2026-03-03T16:00:00Z')
  const second = newId<CampaignId>()
  const ids = await someMessages(db, accountId, phones, { campaignId: second })
  const lane = laneBeside(accountId, second, [first.campaignId])
  expect((await claim(db, { clock, lane })).claimed.map(({ phone }) => phone)).toEqual([phones[1]])
  expect(await waitOf(ids)).toMatchObject([
    {
      state: 'pending',
      reason: 'frequency_cap',
      until: '2026-03-04T15:00:00.000Z',
      detail: 'The number got 1 marketing texts within 24 hours; it gets 1 at most (the account’s cap).',
    },
    { state: 'dispatching' },
  ])
  until('2026-03-04T15:00:00Z')
  expect((await claim(db, { clock, lane })).claimed.map(({ phone }) => phone)).toEqual([phones[0]])
})

function laneBeside(accountId: AccountId, campaignId: CampaignId, otherCampaigns: CampaignId[]) {
  return {
    ...aLane(accountId, campaignId),
    gate: () => Promise.resolve({ mayRun: true, capCreditsLeft: null, otherCampaigns }),
  }
}

test('an answer goes at night, over the rate and without consent, once; a request to opt in waits and spares who opted out', async () => {
  const accountId = await aSendingAccount(db, 20, keepsHours)
  await readQuery(db, '/* test */ update account_control set singles_per_hour = 1 where account_id = $1', [accountId]) // prettier-ignore
  const [phone, other, stopped] = somePhones(3) as [string, string, string]
  const expiresAt = new Date('2026-03-03T15:00:00Z')
  until('2026-03-03T04:30:00Z')
  await optOut(accountId, stopped)
  const inbound = [newId(), newId()]
  for (const answers of [...inbound, inbound[0]!])
    await singles(accountId, [answers === inbound[0] ? phone : stopped], { purpose: 'service', answers, idemKey: answerKey(answers), expiresAt }) // prettier-ignore
  const asked = await singles(accountId, [other], { purpose: 'service', idemKey: 'ask:1', expiresAt })
  const refused = await singles(accountId, [stopped], { purpose: 'service', idemKey: 'ask:2', expiresAt })

  const lane = aLane(accountId, null)
  expect((await claim(db, { clock, lane })).claimed.map((message) => message.phone)).toEqual([phone, stopped])
  expect(await waitOf([...asked, ...refused])).toMatchObject([
    { state: 'pending', reason: 'quiet_hours', until: OPENING },
    { state: 'suppressed', reason: 'consent_revoked' },
  ])
  until(OPENING)
  expect((await claim(db, { clock, lane })).claimed.map((message) => message.phone)).toEqual([other])
  const [kept] = await readQuery<{ gate: Record<string, unknown> }>(db, '/* test */ select gate from claim where account_id = $1 order by id', [accountId]) // prettier-ignore
  expect(kept!.gate).toMatchObject({ quietHours: 'answers' })
})

test('the database keeps service texts single, keyed and bounded in time', async () => {
  const accountId = await aSendingAccount(db, 5, keepsHours)
  const phones = somePhones(1)
  const expiresAt = new Date(OPENING)
  const service = { purpose: 'service', idemKey: 'k', expiresAt } as const
  await expect(singles(accountId, phones, { ...service, idemKey: null })).rejects.toThrow(
    'message_purpose_check',
  )
  await expect(singles(accountId, phones, { ...service, expiresAt: null })).rejects.toThrow('message_purpose_check') // prettier-ignore
  await expect(someMessages(db, accountId, phones, service)).rejects.toThrow('message_purpose_check')
  await expect(singles(accountId, phones, { ...service, answers: newId() })).rejects.toThrow('message_answers_check') // prettier-ignore
})

async function optOut(accountId: AccountId, phone: string): Promise<void> {
  const now = clock.now().toJSDate()
  await inTransaction(db, { name: 'test.optOut', accountId }, (tx) =>
    revokeAllForPhone(tx, accountId, phone, {
      method: 'keyword',
      source: 'inbound text',
      occurredAt: now,
      recordedAt: now,
    }),
  )
}

test('what waits for a number ends with its opt-out, in every campaign and alone; answers and others stay', async () => {
  const one = await aSendingCampaign(db, 3, keepsHours)
  const { accountId, phones } = one
  const [phone] = phones as [string]
  const two = await someMessages(db, accountId, phones)
  const alone = await singles(accountId, [phone, phones[1]!])
  const inbound = newId()
  const answer = await singles(accountId, [phone], { purpose: 'service', answers: inbound, idemKey: answerKey(inbound), expiresAt: new Date(OPENING) }) // prettier-ignore

  const ended = await inTransaction(db, { name: 'test.suppress', accountId }, (tx) =>
    suppressWaiting(tx, accountId, [phone], 'opted_out'),
  )
  expect(new Set(ended)).toEqual(new Set([one.ids[0], two[0], alone[0]]))
  expect(await waitOf([one.ids[0]!, one.ids[1]!, two[0]!, alone[0]!, alone[1]!, answer[0]!])).toMatchObject(
    [
      ['suppressed', 'opted_out'],
      ['pending', null],
      ['suppressed', 'opted_out'],
      ['suppressed', 'opted_out'],
      ['pending', null],
      ['pending', null],
    ].map(([state, reason]) => ({ state, reason })),
  )
})

test('accounts whose single texts all wait for the morning are left in peace until it comes', async () => {
  const accountId = await aSendingAccount(db, 5, keepsHours)
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones, 'transactional')
  await singles(accountId, phones)
  until('2026-03-03T03:30:00Z')
  const hasLane = async () =>
    (await singleMessageLanes(db, clock)).some((lane) => lane.accountId === accountId)
  expect(await hasLane()).toBe(true)
  await claim(db, { clock, lane: aLane(accountId, null) })
  expect(await hasLane()).toBe(false)
  until(OPENING)
  expect(await hasLane()).toBe(true)
})

test('thousands of texts that wait for the morning are not gone through again by each claim', async () => {
  const campaign = await aSendingCampaign(db, 2_000, keepsHours)
  await deferAll(campaign)
  const more = somePhones(50)
  await theyAgree(db, campaign.accountId, more)
  const read = await rowsReadOf('message_due', async () => {
    for (let times = 0; times < 5; times += 1) await claim(db, { clock, lane: campaign.lane, limit: 200 })
  })
  expect(read).toBeLessThan(100)
})

async function deferAll({ lane }: SendingCampaign): Promise<void> {
  for (;;) {
    const { refused } = await claim(db, { clock, lane, limit: 1_000 })
    if (refused === 0) return
  }
}

async function rowsReadOf(table: string, body: () => Promise<void>): Promise<number> {
  const count = async () => {
    await readQuery(db, '/* test */ select pg_stat_force_next_flush()')
    const [row] = await readQuery<{ n: string }>(db, '/* test */ select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n from pg_stat_user_tables where relname = $1', [table]) // prettier-ignore
    return Number(row?.n ?? 0)
  }
  const before = await count()
  await body()
  return (await count()) - before
}
