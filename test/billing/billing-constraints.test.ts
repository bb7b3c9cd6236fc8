import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { constraintName } from '../../src/platform/db/sql-errors.js'
import { anAccount } from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

// What the database refuses, whatever the program believes.

let database: TestDatabase
let accountId: AccountId

beforeAll(async () => {
  database = await createTestDatabase()
  accountId = await anAccount(database.db)
})

afterAll(() => database.drop())

/** The constraint that refuses a statement, or what it raises. */
async function refusal(sql: string, params: readonly unknown[] = []): Promise<string | null> {
  try {
    await readQuery(database.db, `/* test */ ${sql}`, params)
    return null
  } catch (error) {
    return constraintName(error) ?? (error instanceof Error ? error.message : String(error))
  }
}

const aTopUp = (state: string): string =>
  `insert into top_up (id, account_id, state, credits, amount_minor, currency, month, card_id, look_at, requested_at, ended_at)
   values ('${newId()}', $1, '${state}', 1000, 1500, 'usd', '2026-03-01', 'pm_1', now(), now(),
     case when '${state}' in ('succeeded', 'failed', 'canceled') then now() end)`

test('two top-ups of one account are never open at once', async () => {
  expect(await refusal(`insert into top_up_month values ($1, '2026-03-01', 4000, 0)`, [accountId])).toBeNull()
  expect(await refusal(aTopUp('failed'), [accountId])).toBeNull()
  expect(await refusal(aTopUp('processing'), [accountId])).toBeNull()

  for (const state of ['requested', 'processing', 'requires_action'])
    expect(await refusal(aTopUp(state), [accountId])).toBe('one_top_up_at_a_time')
})

test('a month never commits more than its cap', async () => {
  const add = 'update top_up_month set committed_minor = committed_minor + $2 where account_id = $1'

  expect(await refusal(add, [accountId, 4000])).toBeNull()
  expect(await refusal(add, [accountId, 1])).toBe('top_up_month_keeps_cap')
  expect(await refusal(add, [accountId, -4001])).toBe('top_up_month_keeps_cap')
})

test('an order, a top-up and an invoice become one purchase each', async () => {
  const order = newId()
  const insert = `insert into billing_purchase (id, account_id, order_id, created_at) values ($2, $1, $3, now())`

  expect(await refusal(insert, [accountId, 'pi:one', order])).toBeNull()
  expect(await refusal(insert, [accountId, 'pi:one', newId()])).toBe('billing_purchase_pkey')
  expect(await refusal(insert, [accountId, 'pi:two', order])).toBe('billing_purchase_order_id_key')
  expect(await refusal(insert, [accountId, 'nobody:three', newId()])).toBe('billing_purchase_id_check')
})

test('a purchase never has more taken back than it gave', async () => {
  const take = `update billing_purchase set clawed_credits = $2 where id = 'pi:one' and account_id = $1`
  expect(await refusal(take, [accountId, 1])).toBe('billing_purchase_check')
})

test('an order has one key in its account, and the terms of the price list never change', async () => {
  const order = `insert into billing_order (id, account_id, kind, code, credits, amount_minor, currency, state, idem_key, created_at, expires_at, changed_at)
    values ($2, $1, 'pack', 'credits_1000', 1000, 1500, 'usd', 'created', 'key', now(), now(), now())`
  expect(await refusal(order, [accountId, newId()])).toBeNull()
  expect(await refusal(order, [accountId, newId()])).toBe('billing_order_account_id_idem_key_key')

  expect(await refusal(`update price_list_item set credits = 2 where code = 'credits_1000'`)).toMatch(
    'append-only',
  )
  expect(await refusal(`delete from price_list_item where code = 'credits_1000'`)).toMatch('append-only')
  expect(await refusal(`update price_list_item set listed = false where code = 'credits_10000'`)).toBeNull()
})
