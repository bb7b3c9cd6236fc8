import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountId, CampaignId } from '../../src/kernel/ids.js'
import { listRecipients } from '../../src/slices/campaigns/index.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const accountId = '00000000-0000-7000-8000-000000000001' as AccountId
const before = '00000000-0000-7000-8000-0000000000c0' as CampaignId
const begun = '00000000-0000-7000-8000-0000000000c1' as CampaignId

let database: TestDatabase

/** One connection, whose counts of rows are those of the page. */
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 1 })
  await query('set session_replication_role = replica')
  await fill(before, 100_000)
  await query('analyze')
  await fill(begun, 20_000)
})
afterAll(() => database.drop())

function query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
  return database.db.dataSource.query<Row[]>(sql, [...params])
}

async function fill(campaignId: CampaignId, recipients: number): Promise<void> {
  await query(`insert into campaign_control (campaign_id, account_id, changed_by) values ($1, $2, 'test')`, [campaignId, accountId]) // prettier-ignore
  await query(`insert into recipient (campaign_id, ordinal, contact_id, phone)
    select $1, n, uuidv7(), '+1212' || (2000000 + n) from generate_series(1, $2::int) n`, [campaignId, recipients]) // prettier-ignore
  await query(`insert into message (account_id, purpose, phone, country, segments, cost, price_version, campaign_id, ordinal)
    select $1, 'marketing', phone, 'US', 1, 1, 1, campaign_id, ordinal from recipient where campaign_id = $2`, [accountId, campaignId]) // prettier-ignore
}

async function messagesRead(): Promise<number> {
  await query('select pg_stat_force_next_flush()')
  const [row] = await query<{ read: string }>(
    `select idx_tup_fetch + seq_tup_read as read from pg_stat_user_tables where relname = 'message'`,
  )
  return Number(row?.read)
}

test('a page of recipients reads the messages of that page, also of a campaign that no statistics know yet', async () => {
  const earlier = await messagesRead()

  const page = await listRecipients(
    { db: database.db },
    { accountId, actor: { kind: 'user', id: 'ada' } },
    { campaignId: begun, after: 12_000, limit: 50 },
  )

  expect(page.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 50 }, (_, place) => 12_001 + place))
  expect(page.every(({ state, messageId }) => state === 'pending' && messageId !== null)).toBe(true)
  expect((await messagesRead()) - earlier).toBeLessThanOrEqual(100)
})
