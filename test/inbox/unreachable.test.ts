import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import type { InboxHook } from '../../src/slices/inbox/index.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
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
const told: string[] = []
const hook: InboxHook = {
  onOptOut: (_tx, _accountId, phones) => {
    told.push(...phones)
    return Promise.resolve()
  },
  onReply: () => Promise.resolve(false),
}

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  rig = await startCarrierRig(db, { hooks: [hook] })
})
afterAll(async () => {
  await rig.stop()
  await database.drop()
})

async function send(accountId: AccountId, phones: readonly string[]): Promise<string[]> {
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  await rig.worker('w1', () => [aLane(accountId, campaignId)]).runOnce()
  await rig.settleReports()
  return ids
}

test('numbers that the carrier says cannot take texts are marked, refused at the call or reported later; others are not', async () => {
  const accountId = await aSendingAccount(db, 20)
  const [fine = ''] = somePhones(1)
  // Refused as no mobile number; reported as a landline; reported as switched off, which says nothing about the number.
  await send(accountId, ['+15005421614', '+15005330006', '+15005330003', fine])
  const marks = await readQuery(
    db,
    '/* test */ select phone, code from unreachable where account_id = $1 order by code',
    [accountId],
  )
  expect(marks).toEqual([
    { phone: '+15005421614', code: 21614 },
    { phone: '+15005330006', code: 30006 },
  ])
})

test('what waits for a marked number is suppressed by the gate, of campaigns and alone, until somebody knows better', async () => {
  const accountId = await aSendingAccount(db, 20)
  const [other = ''] = somePhones(1)
  const landline = '+15005330006'
  await send(accountId, [landline])
  await theyAgree(db, accountId, [landline], 'transactional')
  const calls = () => rig.local.control.record().filter(({ to }) => to === landline).length
  const before = calls()
  expect(before).toBeGreaterThan(0)

  const frozen = await send(accountId, [landline, other])
  const single = { campaignId: null, purpose: 'transactional' as const }
  const alone = await someMessages(db, accountId, [landline], single)
  await rig.worker('w1', () => [aLane(accountId, null)]).runOnce()

  expect(await messagesNow(db, [...frozen, ...alone])).toMatchObject([
    { state: 'suppressed', reason: 'unreachable' },
    { state: 'accepted' },
    { state: 'suppressed', reason: 'unreachable' },
  ])
  const [kept] = await readQuery(
    db,
    '/* test */ select state_detail as detail from message where id = $1',
    alone,
  )
  expect(kept).toMatchObject({ detail: expect.stringContaining('The carrier said: ') })
  expect(calls()).toBe(before)

  await readQuery(
    db,
    `/* test */ update unreachable set cleared_at = clock_timestamp(), cleared_by = 'a person' where account_id = $1`,
    [accountId],
  )
  await someMessages(db, accountId, [landline], single)
  await rig.worker('w1', () => [aLane(accountId, null)]).runOnce()
  expect(calls()).toBe(before + 1)
})

test("the carrier's 21610 revokes, suppresses what waits and tells the hooks, with the settlement", async () => {
  const accountId = await aSendingAccount(db, 20)
  const [phone = ''] = somePhones(1)
  await theyAgree(db, accountId, [phone], 'transactional')
  const [waiting = ''] = await someMessages(db, accountId, [phone], {
    campaignId: null,
    purpose: 'transactional',
    notBefore: new Date(Date.UTC(2100, 0, 1)),
  })
  rig.local.control.change({ numbers: { [phone]: { refuse: 21610 } } })

  const [refused = ''] = await send(accountId, [phone])

  expect(await messagesNow(db, [refused, waiting])).toMatchObject([
    { state: 'suppressed' },
    { state: 'suppressed', reason: 'consent_revoked' },
  ])
  const consents = await readQuery(db, '/* test */ select granted from consent where account_id = $1', [
    accountId,
  ])
  expect(consents).toEqual([{ granted: false }, { granted: false }])
  expect(told).toEqual([phone])
})
