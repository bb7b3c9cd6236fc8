import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { addMessages, messageTally } from '../../src/slices/messages/index.js'
import { aLane, aSendingAccount, somePhones, theyAgree } from '../support/builders/messages.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

// `npm run stop:race` sends 20,000.
const SIZE = Number(process.env['STOP_RACE_SIZE'] ?? 600)
const STOPPERS = 20
const CHUNK = 2_000

let database: TestDatabase
let db: Db
let rig: CarrierRig

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  // Slow enough that texts come in while claims go on.
  rig = await startCarrierRig(db, { segmentsPerSecond: SIZE / 6, behaviour: { handsets: { replies: 0 } } })
})
afterAll(async () => {
  await rig.stop()
  await database.drop()
})

async function aCampaign(): Promise<{ accountId: AccountId; campaignId: CampaignId; phones: string[] }> {
  const accountId = await aSendingAccount(db, SIZE + 100)
  const campaignId = newId<CampaignId>()
  const phones = somePhones(SIZE)
  await theyAgree(db, accountId, phones)
  for (let from = 0; from < SIZE; from += CHUNK) {
    const messages = phones.slice(from, from + CHUNK).map((phone, place) => ({
      campaignId,
      ordinal: from + place,
      contactId: null,
      purpose: 'marketing' as const,
      phone,
      country: 'US',
      body: 'Hello. Reply STOP to end.',
      encoding: 'GSM-7' as const,
      segments: 1,
      cost: 1,
      priceVersion: 1,
      expiresAt: null,
      notBefore: null,
      idemKey: null,
    }))
    await inTransaction(db, { name: 'test.fill', accountId }, (tx) => addMessages(tx, accountId, messages))
  }
  return { accountId, campaignId, phones }
}

/** What was authorised to these numbers, and whether that was after the revocation: both orders come from one sequence. */
async function authorised(
  accountId: AccountId,
  phones: readonly string[],
): Promise<{ phone: string; before: number; after: number; revocations: number }[]> {
  return readQuery(
    db,
    `/* test */ select p.phone, count(a.id) filter (where c.ord < r.ord)::int as before,
       count(a.id) filter (where c.ord > r.ord)::int as after, count(distinct r.ord)::int as revocations
     from unnest($2::text[]) as p (phone)
     join consent_event r on r.account_id = $1 and r.phone = p.phone and r.action = 'revoke' and r.purpose = 'marketing'
     left join message m on m.account_id = $1 and m.phone = p.phone and m.purpose = 'marketing'
     left join attempt a on a.message_id = m.id left join claim c on c.id = a.claim_id
     group by 1`,
    [accountId, phones],
  )
}

test('nobody who texts STOP while a campaign runs is authorised after the revocation, and each is confirmed at most once', async () => {
  const { accountId, campaignId, phones } = await aCampaign()
  const step = Math.floor(SIZE / STOPPERS)
  const stoppers = phones.filter((_, place) => place % step === step - 1).slice(0, STOPPERS)
  const worker = rig.worker('w1', () => [aLane(accountId, campaignId), aLane(accountId, null)], 20)
  const over = new AbortController()
  const applying = (async () => {
    while (!over.signal.aborted) {
      await rig.applyInbound()
      await rig.applyCallbacks()
    }
  })()
  worker.start()

  const texting = (async () => {
    for (const [place, from] of stoppers.entries()) {
      const due = Math.min(SIZE / 2, (place * SIZE) / (2 * STOPPERS))
      await eventually(async () => (await messageTally(db, campaignId)).accepted >= due, {
        timeoutMs: 240_000,
        what: 'the campaign on its way',
      })
      const body = place % 2 === 0 ? 'STOP' : 'please stop texting me'
      rig.local.control.text({ from, to: rig.sender.address, body })
    }
  })()
  await texting
  await eventually(
    async () => {
      const tally = await messageTally(db, campaignId)
      return tally.pending + tally.dispatching === 0
    },
    { timeoutMs: 240_000, intervalMs: 50, what: 'the end of the campaign' },
  )
  await eventually(async () => (await authorised(accountId, stoppers)).length === STOPPERS, {
    timeoutMs: 60_000,
    what: 'all revocations',
  })
  await worker.drain()
  over.abort()
  await applying
  await rig.settleReports()

  const found = await authorised(accountId, stoppers)
  expect(found.filter((one) => one.after > 0)).toEqual([])
  expect(found.every((one) => one.revocations === 1)).toBe(true)
  const suppressed = (await messageTally(db, campaignId)).suppressed
  // Otherwise nobody was overtaken, and the test has shown nothing.
  expect(suppressed).toBeGreaterThan(STOPPERS / 3)
  expect(suppressed + found.filter((one) => one.before > 0).length).toBeGreaterThanOrEqual(STOPPERS)
  const record = rig.local.control.record()
  for (const phone of stoppers) {
    const texts = record.filter((line) => line.to === phone)
    expect(texts.filter((line) => line.body?.startsWith('Hello')).length).toBeLessThanOrEqual(1)
    expect(texts.filter((line) => line.body?.includes('unsubscribed')).length).toBeLessThanOrEqual(1)
  }
}, 300_000)
