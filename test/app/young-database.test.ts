import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { newId, type CampaignId } from '../../src/kernel/ids.js'
import { startCampaign } from '../../src/slices/campaigns/index.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aUser,
  prepareAll,
  quoted,
  type CampaignWorld,
} from '../campaigns/campaign-world.js'
import {
  aLane,
  aSendingAccount,
  claim,
  settle,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { eventually } from '../support/eventually.js'

// Postgres makes its plans from statistics, and those of a table that was filled a moment ago still say that it is empty.
// A first campaign must not take hours for that: what a step reads grows with the step, not with the table.

let world: CampaignWorld

beforeEach(async () => {
  world = await aCampaignWorld()
  for (const table of ['contact', 'recipient', 'message', 'message_due', 'attempt', 'claim'])
    await readQuery(world.db, `/* test.young */ alter table ${table} set (autovacuum_enabled = off)`)
})
afterEach(() => world.drop())

/** How many rows of the table the work read. Backends tell for certain when they end, so it gets one of its own. */
async function rowsRead(table: string, work: (db: Db) => Promise<void>): Promise<number> {
  const before = await counterOf(table)
  const dataSource = createDataSource({ url: world.url, poolSize: 1, applicationName: 'young-database' })
  await dataSource.initialize()
  await work({ dataSource })
  await dataSource.destroy()
  await eventually(async () => (await openBackends()) === 0)
  return (await counterOf(table)) - before
}

async function counterOf(table: string): Promise<number> {
  const [row] = await readQuery<{ rows: string }>(
    world.db,
    `/* test.counterOf */ select idx_tup_fetch + seq_tup_read as rows from pg_stat_user_tables where relname = $1`,
    [table],
  )
  return Number(row?.rows)
}

async function openBackends(): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    world.db,
    `/* test.openBackends */ select count(*)::int as n from pg_stat_activity
     where datname = current_database() and application_name = 'young-database'`,
  )
  return row?.n ?? 0
}

test('preparing an audience reads each of its contacts once', async () => {
  const recipients = 3_000
  const { accountId } = await anAudience(world, 1, recipients)
  const campaignId = await aDraft(world, accountId)
  const quote = await quoted(world, accountId, campaignId)
  const started = await startCampaign(world.deps, aUser(accountId), { campaignId, quoteId: quote.id })
  expect(started).toMatchObject({ ok: true })

  const read = await rowsRead('contact', (db) => prepareAll({ ...world, deps: { ...world.deps, db } }))

  expect(read).toBeGreaterThanOrEqual(recipients)
  // The quote of a moment ago may be counted late, too.
  expect(read).toBeLessThan(10 * recipients)
})

test('claiming and settling a batch reads that batch, however many wait', async () => {
  const waiting = 4_000
  const batch = 50
  const accountId = await aSendingAccount(world.db, waiting)
  const phones = somePhones(waiting)
  await theyAgree(world.db, accountId, phones)
  const campaignId = newId<CampaignId>()
  const lane = aLane(accountId, campaignId)

  const read = await rowsRead('message_due', async (db) => {
    // Between campaigns the list is empty and is vacuumed, and whoever moves a message makes its plans for that.
    await readQuery(db, '/* test.vacuum */ vacuum message_due')
    await readQuery(db, '/* test.nothingToDo */ update message set state_reason = null where false')
    await someMessages(db, accountId, phones, { campaignId })
    for (let times = 0; times < 10; times += 1) {
      const { claimed } = await claim(db, { clock: world.clock, lane, limit: batch })
      const attempts = claimed.map((message) => message.attemptId)
      expect(await settle(db, world.clock, accountId, attempts)).toBe(batch)
    }
  })

  expect(read).toBeGreaterThanOrEqual(10 * batch)
  expect(read).toBeLessThan(10 * waiting)
})
