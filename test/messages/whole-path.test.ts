import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { messageTally } from '../../src/slices/messages/index.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  messagesNow,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'

let database: TestDatabase
let db: Db
let rig: CarrierRig

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  rig = await startCarrierRig(db)
})
afterAll(async () => {
  await rig.stop()
  await database.drop()
})

async function send(accountId: AccountId, campaignId: CampaignId): Promise<void> {
  await rig.worker('w1', () => [aLane(accountId, campaignId)]).runOnce()
}

async function kindsOf(accountId: AccountId): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const event of await readEvents(db, { accountId, afterSeq: 0, topics: ['messages'], limit: 500 })) {
    const kind = String(event.payload['kind'])
    counts[kind] = (counts[kind] ?? 0) + event.messageIds.length
  }
  return counts
}

test('a text goes from claim to handset, is charged once, and every step is told once', async () => {
  const accountId = await aSendingAccount(db, 100)
  const phones = somePhones(30)
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  rig.local.control.change({ callbacks: { duplicated: 0.5 } })

  await send(accountId, campaignId)
  await rig.settleReports()

  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 70, held: 0, spent: 30 })
  for (const message of await messagesNow(db, ids)) {
    expect(message).toMatchObject({ state: 'accepted', tries: 1, attempt: 'accepted', delivery: 'delivered' })
  }
  expect(await messageTally(db, campaignId)).toMatchObject({
    pending: 0,
    accepted: 30,
    delivered: 30,
    undelivered: 0,
    heldCredits: 0,
    capturedCredits: 30,
  })
  expect(await kindsOf(accountId)).toEqual({ dispatching: 30, accepted: 30, delivered: 30 })
  const reached = rig.local.control.record().filter((line) => phones.includes(line.to))
  expect(reached).toHaveLength(30)
})

test('a text that the carrier took and failed is refunded, one that a network refused is not', async () => {
  const accountId = await aSendingAccount(db, 10)
  const phones = ['+15005330008', '+15005330003', '+15005330410']
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })

  await send(accountId, campaignId)
  await rig.settleReports()

  expect(await messagesNow(db, ids)).toMatchObject([
    { state: 'accepted', delivery: 'failed', errorCode: 30008 },
    { state: 'accepted', delivery: 'undelivered', errorCode: 30003 },
    { state: 'accepted', delivery: 'failed', errorCode: 30410 },
  ])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  expect(await kindsOf(accountId)).toEqual({ dispatching: 3, accepted: 3, failed: 2, undelivered: 1 })
  expect(await messageTally(db, campaignId)).toMatchObject({ delivered: 0, undelivered: 3 })
})

test('an answer that got lost is unknown, keeps its hold, and a report proves it', async () => {
  const accountId = await aSendingAccount(db, 10)
  const phones = somePhones(1)
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  rig.local.control.change({ delivery: { sendingMs: 600, sentMs: 600, finalMs: 700 } })
  rig.local.control.askFor('acceptThenDrop')

  await send(accountId, campaignId)

  expect(await messagesNow(db, ids)).toMatchObject([{ state: 'unknown', attempt: 'unknown', sid: null }])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 9, held: 1, spent: 0 })

  await send(accountId, campaignId)
  await rig.settleReports()

  expect(await messagesNow(db, ids)).toMatchObject([
    { state: 'accepted', tries: 1, attempt: 'accepted', evidence: 'callback', delivery: 'delivered' },
  ])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  expect(rig.local.control.record().filter((line) => phones.includes(line.to))).toHaveLength(1)
})

test('a report that comes before the answer settles the text, and the answer changes nothing', async () => {
  const accountId = await aSendingAccount(db, 10)
  const phones = somePhones(1)
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  rig.local.control.change({
    delivery: { sendingMs: 0, sentMs: 0, finalMs: 0 },
    faults: { slowMs: 1_500 },
  })
  rig.local.control.askFor('slowAfterAccept')

  const sending = send(accountId, campaignId)
  while ((await messagesNow(db, ids))[0]?.delivery !== 'delivered') await rig.settleReports()
  expect(await messagesNow(db, ids)).toMatchObject([{ state: 'accepted', evidence: 'callback' }])
  await sending

  expect(await messagesNow(db, ids)).toMatchObject([
    { state: 'accepted', evidence: 'callback', delivery: 'delivered' },
  ])
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  expect(await kindsOf(accountId)).toEqual({ dispatching: 1, accepted: 1, delivered: 1 })
})
