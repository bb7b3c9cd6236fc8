import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { startProxy, type Proxy } from '../../chaos/stage/proxy.js'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import type { Sender } from '../../src/slices/messages/index.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  messagesNow,
  someMessages,
  somePhones,
  someSingles,
  theyAgree,
} from '../support/builders/messages.js'
import { startCarrierRig, type CarrierRig, type RigOptions } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
let db: Db
let proxy: Proxy
/** The database as the worker sees it, over a network that can be cut. */
let farDb: Db
let rig: CarrierRig
let running: Sender | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  const url = new URL(database.url)
  const port = Number(url.port)
  proxy = await startProxy(() => port)
  url.port = String(proxy.port)
  const dataSource = createDataSource({ url: url.toString(), poolSize: 5, applicationName: 'far' })
  await dataSource.initialize()
  farDb = { dataSource }
})
afterEach(async () => {
  proxy.heal()
  await running?.drain()
  running = undefined
  await rig.stop()
})
afterAll(async () => {
  await farDb.dataSource.destroy()
  await proxy.close()
  await database.drop()
})

async function aCampaign(credits: number, size: number) {
  const accountId = await aSendingAccount(db, credits)
  const campaignId = newId<CampaignId>()
  const phones = somePhones(size)
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  return { accountId, campaignId, ids }
}

async function aWorker(
  accountId: AccountId,
  campaignId: CampaignId,
  options: RigOptions = {},
): Promise<Sender> {
  rig = await startCarrierRig(farDb, options)
  return rig.worker('far', () => [aLane(accountId, campaignId), aLane(accountId, null)])
}

const statesOf = async (ids: readonly string[]): Promise<string[]> =>
  (await messagesNow(db, ids)).map(({ state }) => state)

test('a single text that falls due while a long campaign sends does not wait for its end', async () => {
  const { accountId, campaignId, ids } = await aCampaign(500, 400)
  running = await aWorker(accountId, campaignId, { segmentsPerSecond: 20 })
  running.start()
  await eventually(async () => (await statesOf(ids)).includes('accepted'), { what: 'the campaign' })

  const single = await someSingles(db, accountId, 1)

  await eventually(async () => (await statesOf(single))[0] === 'accepted', { what: 'the single text' })
  expect(await statesOf(ids)).toContain('pending')
})

test('what the carrier answered while the database was away is written when it is back', async () => {
  const { accountId, campaignId, ids } = await aCampaign(100, 6)
  const worker = await aWorker(accountId, campaignId)
  const { carrier } = rig
  const send = carrier.send.bind(carrier)
  carrier.send = async (input) => {
    const answer = await send(input)
    proxy.cut('reset')
    return answer
  }
  const sending = worker.runOnce()
  await eventually(() => Promise.resolve(rig.local.control.record().length === ids.length), {
    what: 'the texts at the carrier',
  })
  const [{ connections } = { connections: 0 }] = await readQuery<{ connections: number }>(
    db,
    `/* test */ select count(*)::int as connections from pg_stat_activity where application_name = 'far'`,
  )
  proxy.heal()
  await sending

  expect(connections).toBe(0)
  expect(new Set(await statesOf(ids))).toEqual(new Set(['accepted']))
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 94, held: 0, spent: 6 })
})

test('a claim whose commit nobody acknowledged holds nothing on: its texts go out later, once', async () => {
  const { accountId, campaignId, ids } = await aCampaign(100, 6)
  // The commit of a claim waits for whoever holds lock 43, so that its answer can be lost.
  await readQuery(
    db,
    `/* test */ create function wait_at_commit() returns trigger language plpgsql as $$ begin
       perform pg_advisory_xact_lock_shared(43); return null; end $$`,
  )
  await readQuery(
    db,
    `/* test */ create constraint trigger claim_waits after insert on claim deferrable initially deferred
       for each row execute function wait_at_commit()`,
  )
  const holder = db.dataSource.createQueryRunner()
  await holder.query('/* test */ select pg_advisory_lock(43)')
  const worker = await aWorker(accountId, campaignId, { backoffFirstMs: 10 })
  const sending = worker.runOnce()
  const isWaiting = async (): Promise<boolean> =>
    (
      await readQuery(
        db,
        `/* test */ select 1 from pg_stat_activity where application_name = 'far' and wait_event = 'advisory'
           and query like '%db.commit%'`,
      )
    ).length > 0
  await eventually(isWaiting, { what: 'a claim inside its commit' })
  proxy.cut('vanished')
  await holder.query('/* test */ select pg_advisory_unlock(43)')
  await holder.release()
  const isCommitted = async (): Promise<boolean> => (await statesOf(ids)).includes('dispatching')
  await eventually(isCommitted, { what: 'the claim' })
  proxy.heal()
  await sending

  expect(new Set(await statesOf(ids))).toEqual(new Set(['pending']))
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 100, held: 0 })
  await eventually(
    async () => {
      await worker.runOnce()
      return (await statesOf(ids)).every((state) => state === 'accepted')
    },
    { what: 'the texts' },
  )
  expect(rig.local.control.record()).toHaveLength(ids.length)
  expect(await bucketsOf(db, accountId)).toMatchObject({ available: 94, held: 0, spent: 6 })
})
