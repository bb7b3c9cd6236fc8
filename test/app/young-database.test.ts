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
  for (const table of [
    'contact',
    'recipient',
    'message',
    'message_due',
    'attempt',
    'claim',
    'credit_transfer',
  ])
    await readQuery(world.db, `/* test.young */ alter table ${table} set (autovacuum_enabled = off)`)
})
afterEach(() => world.drop())

/** How many rows of each table the work read. Backends tell for certain when they end, so it gets one of its own. */
async function rowsRead<Table extends string>(
  tables: readonly Table[],
  work: (db: Db) => Promise<void>,
): Promise<Record<Table, number>> {
  const before = await Promise.all(tables.map(counterOf))
  const dataSource = createDataSource({ url: world.url, poolSize: 1, applicationName: 'young-database' })
  await dataSource.initialize()
  await work({ dataSource })
  await dataSource.destroy()
  await eventually(async () => (await openBackends()) === 0)
  const after = await Promise.all(tables.map(counterOf))
  return Object.fromEntries(
    tables.map((table, index) => [table, (after[index] ?? 0) - (before[index] ?? 0)]),
  ) as Record<Table, number>
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

  const read = await rowsRead(['contact'], (db) => prepareAll({ ...world, deps: { ...world.deps, db } }))

  expect(read.contact).toBeGreaterThanOrEqual(recipients)
  // The quote of a moment ago may be counted late, too.
  expect(read.contact).toBeLessThan(10 * recipients)
})

test('claiming and settling a batch reads that batch, however many wait', async () => {
  const waiting = 4_000
  const batch = 50
  const batches = 60
  const accountId = await aSendingAccount(world.db, waiting)
  const phones = somePhones(waiting)
  await theyAgree(world.db, accountId, phones)
  const campaignId = newId<CampaignId>()
  const lane = aLane(accountId, campaignId)

  const read = await rowsRead(['message_due', 'credit_transfer', 'attempt'], async (db) => {
    // Between campaigns the list is empty and is vacuumed, and whoever moves a message makes its plans for that. Before
    // the first one the ledger has a grant and nothing else, and nothing is in flight.
    await readQuery(db, '/* test.vacuum */ vacuum analyze message_due, credit_transfer, attempt')
    await readQuery(db, '/* test.nothingToDo */ update message set state_reason = null where false')
    await someMessages(db, accountId, phones, { campaignId })
    for (let times = 0; times < batches; times += 1) {
      const { claimed } = await claim(db, { clock: world.clock, lane, limit: batch })
      const attempts = claimed.map((message) => message.attemptId)
      expect(await settle(db, world.clock, accountId, attempts)).toBe(batch)
    }
  })

  const sent = batches * batch
  for (const table of ['message_due', 'credit_transfer', 'attempt'] as const) {
    expect(read[table]).toBeGreaterThanOrEqual(sent)
    // A dozen questions about each, and not one about all that was ever sent.
    expect(read[table]).toBeLessThan(15 * sent)
  }
})
