import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { resumePlatform, stopAccount, stopPlatform } from '../../src/slices/accounts/index.js'
import { lockControl } from '../../src/slices/messages/store/claim-rows.js'
import { aSendingAccount, aSendingCampaign, messagesNow } from '../support/builders/messages.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
let db: Db
let rig: CarrierRig

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
afterEach(async () => {
  await resumePlatform({ db, clock: systemClock })
  await rig.stop()
})

const switches = [
  [
    'of the account',
    (accountId: AccountId) => stopAccount({ db, clock: systemClock }, { accountId, reason: 'test' }),
  ],
  ['of the platform', () => stopPlatform({ db, clock: systemClock }, 'test')],
] as const

test.each(switches)(
  'once the kill switch %s has returned nothing more is authorised, and what was before has left within a second',
  async (_whose, stop) => {
    rig = await startCarrierRig(db, { segmentsPerSecond: 20 })
    const { accountId, ids, lane } = await aSendingCampaign(db, 200)
    const sending = rig.worker('one', () => [lane], 100).runOnce()
    await eventually(() => rig.local.control.summary().accepted >= 10)

    await stop(accountId)
    const stoppedAt = systemClock.now().toMillis()
    const [commit] = await readQuery<{ ord: string }>(db, `/* test */ select nextval('history_ord') as ord`)
    await sending

    const [later] = await readQuery<{ n: number }>(
      db,
      '/* test */ select count(*)::int as n from claim where account_id = $1 and ord > $2',
      [accountId, commit!.ord],
    )
    expect(later!.n).toBe(0)
    const left = rig.local.control.record().map((line) => new Date(line.acceptedAt).getTime())
    const delayMs = Math.max(0, ...left.map((at) => at - stoppedAt))
    // Half a second's worth of texts is authorised ahead; the rest is what a busy machine adds.
    expect(delayMs).toBeLessThan(1_500)
    const states = new Set((await messagesNow(db, ids)).map(({ state }) => state))
    expect(states).toEqual(new Set(['accepted', 'pending']))
  },
  60_000,
)

test('a stop of the platform waits for the claims that are there, and for none that comes after it', async () => {
  rig = await startCarrierRig(db)
  const [first, second] = [await aSendingAccount(db, 1), await aSendingAccount(db, 1)]
  const waiting = async () => {
    const [row] = await readQuery<{ n: number }>(
      db,
      `/* test */ select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return row!.n
  }
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  const claim = (accountId: AccountId, during: () => Promise<void>) =>
    inTransaction(db, { name: 'test.claim', accountId }, async (tx) => {
      const control = await lockControl(tx, accountId, false)
      await during()
      return control.platformStoppedReason
    })
  let isClaiming = false
  const before = claim(first, () => {
    isClaiming = true
    return held
  })
  await eventually(() => isClaiming)

  const stopping = stopPlatform({ db, clock: systemClock }, 'test')
  await eventually(async () => (await waiting()) >= 1)
  let isOver = false
  const after = claim(second, () => Promise.resolve()).finally(() => (isOver = true))
  await eventually(async () => isOver || (await waiting()) >= 2)
  letGo()

  expect(await before).toBeNull()
  await stopping
  expect(await after).toBe('test')
})

test('the members of a stopped account see it in their events', async () => {
  rig = await startCarrierRig(db)
  const accountId = await aSendingAccount(db, 1)

  await stopAccount({ db, clock: systemClock }, { accountId, reason: 'test' })

  const events = await readEvents(db, { accountId, afterSeq: 0, topics: ['account'], limit: 10 })
  expect(events.map(({ payload }) => payload)).toEqual([{ sendingStopped: true, reason: 'test' }])
})
