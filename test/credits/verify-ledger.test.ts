import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { seededRandom } from '../../src/kernel/random.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  adjustCredits,
  chargeLate,
  expireLots,
  rollBackGrant,
  verifyAllLedgers,
  verifyLedger,
} from '../../src/slices/credits/index.js'
import { transferKinds } from '../../src/slices/credits/domain/transfer-kind.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import {
  aLot,
  anAccount,
  capture,
  EARLIER,
  holdsOf,
  LATER,
  locked,
  NOW,
  refund,
  release,
} from '../support/builders/credits.js'

let database: TestDatabase
let account: AccountId
const deps = () => ({ db: database.db, random: seededRandom(1) })

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
})
afterAll(async () => {
  await database.drop()
})

/** A ledger with every kind of transfer in it, and with text that could confuse a careless hash. */
beforeEach(async () => {
  account = await anAccount(database.db)
  await aLot(database.db, account, 100, {
    expiresAt: LATER,
    origin: `pi|1\n2|grant|9`,
    reason: `it's \\ "paid"`,
  })
  await aLot(database.db, account, 50, { source: 'promotion', expiresAt: EARLIER })
  const [captured, released, refunded, open] = await holdsOf(database.db, account, [10, 20, 5, 7])
  await capture(database.db, account, [captured!, refunded!])
  await release(database.db, account, [released!])
  await refund(database.db, account, [refunded!])
  await locked(database.db, account, (tx) => chargeLate(tx, account, [released!], 'messages:look_up', 'e|f'))
  await locked(database.db, account, async (tx) => {
    const common = { accountId: account, actor: 'admin:a|b', reason: 'c|d' }
    await adjustCredits(tx, { ...common, credits: -3, key: 'k|1', now: NOW })
    await rollBackGrant(tx, { ...common, lotNo: 1, key: 'all' })
    await expireLots(tx, account, NOW)
  })
  await aLot(database.db, account, 60)
  expect(open).toBeDefined()
})

/** What only a superuser can do: writes with every trigger switched off. */
async function tamper(sql: string): Promise<void> {
  const runner = database.db.dataSource.createQueryRunner()
  try {
    await runner.query('/* test */ begin')
    await runner.query('/* test */ set local session_replication_role = replica')
    await runner.query(`/* test */ ${sql}`, sql.includes('$1') ? [account] : [])
    await runner.query('/* test */ commit')
  } catch (error) {
    await runner.query('/* test */ rollback')
    throw error
  } finally {
    await runner.release()
  }
}

const divergence = async (): Promise<string | null> => (await verifyLedger(deps(), account)).divergence

test('an untouched ledger is proved, with all its kinds of transfers', async () => {
  const kinds = await readQuery<{ kind: string }>(
    database.db,
    '/* test */ select distinct kind from credit_transfer where account_id = $1',
    [account],
  )

  expect(kinds.map((row) => row.kind).sort()).toEqual(Object.keys(transferKinds).sort())
  expect(await verifyLedger(deps(), account)).toMatchObject({ accountId: account, divergence: null })
})

test('a ledger without a transfer is proved', async () => {
  expect(await verifyLedger(deps(), await anAccount(database.db))).toMatchObject({
    blocks: 0,
    divergence: null,
  })
})

test('the database moves what the program says that each kind moves', async () => {
  const rows = await readQuery<{ kind: string; gives: string; receives: string }>(
    database.db,
    '/* test */ select kind, gives, receives from transfer_kind',
  )

  expect(Object.fromEntries(rows.map(({ kind, ...moves }) => [kind, moves]))).toEqual(transferKinds)
})

const transferOf = (kind: string) =>
  `(select seq from credit_transfer where account_id = $1 and kind = '${kind}' order by seq limit 1)`
const changes: [string, string, RegExp][] = [
  [
    'the amount of a transfer',
    `update credit_transfer set amount = amount + 1 where account_id = $1 and seq = ${transferOf('capture')}`,
    /hash of block/,
  ],
  [
    'the kind of a transfer',
    `update credit_transfer set kind = 'release' where account_id = $1 and seq = ${transferOf('capture')}`,
    /hash of block/,
  ],
  [
    'the attempt of a hold',
    `update credit_transfer set attempt_id = gen_random_uuid() where account_id = $1 and seq = ${transferOf('hold')}`,
    /hash of block/,
  ],
  [
    'the key of a transfer',
    `update credit_transfer set op_key = op_key || '|' where account_id = $1 and seq = ${transferOf('grant')}`,
    /hash of block/,
  ],
  [
    'what a transfer resolves',
    `update credit_transfer set ref_seq = 1000 where account_id = $1 and seq = ${transferOf('release')}`,
    /hash of block/,
  ],
  [
    'a deleted transfer',
    `delete from credit_transfer where account_id = $1 and seq = ${transferOf('capture')}`,
    /lost some of its transfers/,
  ],
  [
    'the deleted newest transfer',
    `delete from credit_transfer where account_id = $1 and seq = (select seq from credit_balance where account_id = $1)`,
    /lost some of its transfers/,
  ],
  [
    'a transfer after the end',
    `insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key)
       select account_id, seq + 1, 'clawback', 5, 1, 'x' from credit_balance where account_id = $1`,
    /behind the end of the ledger/,
  ],
  [
    'a transfer before the beginning',
    `insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key) values ($1, 0, 'grant', 5, 99, 'x')`,
    /before the beginning/,
  ],
  [
    'who did it',
    `update ledger_block set actor = 'admin:a|b|c' where account_id = $1 and block_no = 1`,
    /hash of block 1 /,
  ],
  [
    'who did it, with the border to the reason moved',
    `update ledger_block set actor = 'admin:a', reason = 'b|c|d' where account_id = $1 and actor = 'admin:a|b'`,
    /hash of block/,
  ],
  ['why', `update ledger_block set reason = null where account_id = $1 and reason = 'c|d'`, /hash of block/],
  [
    'when',
    `update ledger_block set at = at - interval '1 microsecond' where account_id = $1 and block_no = 2`,
    /hash of block 2 /,
  ],
  [
    'a hash',
    `update ledger_block set hash = '\\x02' where account_id = $1 and block_no = 3`,
    /hash of block 3 /,
  ],
  [
    'a link',
    `update ledger_block set prev = '\\x02' where account_id = $1 and block_no = 3`,
    /block 3 is not linked/,
  ],
  [
    'a deleted block',
    `delete from ledger_block where account_id = $1 and block_no = 2`,
    /block 2 is missing/,
  ],
  [
    'the deleted newest block',
    `delete from ledger_block where account_id = $1 and block_no = (select block_no from credit_balance where account_id = $1)`,
    /block \d+ is missing/,
  ],
  ['the head', `update credit_balance set head = '\\x02' where account_id = $1`, /head of the chain/],
  [
    'the number of blocks',
    `update credit_balance set block_no = block_no - 1 where account_id = $1`,
    /behind the end of the chain/,
  ],
  [
    'the available credits',
    `update credit_balance set available = available + 1 where account_id = $1`,
    /says \d+ available/,
  ],
  ['the held credits', `update credit_balance set held = held - 1 where account_id = $1`, /says \d+ held/],
  [
    'the spent credits',
    `update credit_balance set spent = spent - 1 where account_id = $1`,
    /says \d+ spent/,
  ],
  [
    'the expired credits',
    `update credit_balance set expired = expired + 1 where account_id = $1`,
    /says \d+ expired/,
  ],
  [
    'what a lot has left',
    `update credit_lot set remaining = remaining + 1 where account_id = $1 and lot_no = 1`,
    /lot 1 says/,
  ],
  [
    'the expiry of a lot',
    `update credit_lot set expires_at = expires_at + interval '1 microsecond' where account_id = $1 and lot_no = 1`,
    /hash of block 1 /,
  ],
  [
    'the expiry of a lot, taken away',
    `update credit_lot set expires_at = null where account_id = $1 and lot_no = 1`,
    /hash of block 1 /,
  ],
  [
    'the priority of a lot',
    `update credit_lot set priority = 1 where account_id = $1 and lot_no = 2`,
    /hash of block 2 /,
  ],
  [
    'the source of a lot',
    `update credit_lot set source = 'purchase' where account_id = $1 and lot_no = 2`,
    /hash of block 2 /,
  ],
  [
    'the size of a lot',
    `update credit_lot set amount = amount + 1 where account_id = $1 and lot_no = 2`,
    /hash of block 2 /,
  ],
  [
    'the origin of a lot',
    `update credit_lot set origin = 'pi:other' where account_id = $1 and lot_no = 1`,
    /hash of block 1 /,
  ],
  ['a deleted lot', `delete from credit_lot where account_id = $1 and lot_no = 1`, /hash of block 1 /],
]

describe('verify finds what a superuser changed', () => {
  test.each(changes)('%s', async (_what, sql, words) => {
    expect(await divergence()).toBeNull()

    await tamper(sql)

    expect(await divergence()).toMatch(words)
  })

  test('a changed transfer under a hash that was made to fit it, in the last block', async () => {
    await tamper(
      `update credit_transfer set amount = amount - 1 where account_id = $1 and seq = (select seq from credit_balance where account_id = $1)`,
    )
    await tamper(
      `update ledger_block b set hash = block_hash(b, (select string_agg(transfer_text(t), E'\\n' order by seq) from credit_transfer t
           where t.account_id = b.account_id and t.seq between b.first_seq and b.last_seq), (select lot_text(l) from credit_lot l where l.account_id = b.account_id and l.lot_no = 3))
         where account_id = $1 and block_no = (select block_no from credit_balance where account_id = $1)`,
    )
    await tamper(
      `update credit_balance c set head = (select hash from ledger_block b where b.account_id = $1 and b.block_no = c.block_no) where account_id = $1`,
    )

    expect(await divergence()).toMatch(/the balance says/)
  })

  test('a database whose hash function lies, because the sample is hashed a second time outside it', async () => {
    const [{ definition }] = (await readQuery<{ definition: string }>(
      database.db,
      `/* test */ select pg_get_functiondef('transfer_text'::regproc) as definition`,
    )) as [{ definition: string }]
    await tamper(`update credit_transfer set amount = amount + 1 where account_id = $1 and seq = 1`)
    await readQuery(
      database.db,
      `/* test */ ${definition.replace('t.amount', '(t.amount - (t.seq = 1)::int)')}`,
    )
    try {
      expect(await divergence()).toMatch(/was not computed from its content/)
    } finally {
      await readQuery(database.db, `/* test */ ${definition}`)
    }
  })

  test('the account among all accounts', async () => {
    const fresh = await createTestDatabase({ poolSize: 2 })
    try {
      const accounts = [await anAccount(fresh.db), await anAccount(fresh.db)]
      for (const each of accounts) await aLot(fresh.db, each, 10)
      const [, second] = accounts
      await readQuery(fresh.db, '/* test */ alter table credit_balance disable trigger user')
      await readQuery(fresh.db, `/* test */ update credit_balance set available = 11 where account_id = $1`, [
        second,
      ])

      const verdicts = []
      for await (const verdict of verifyAllLedgers({ db: fresh.db, random: seededRandom(1) }))
        verdicts.push(verdict)

      expect(verdicts).toHaveLength(2)
      expect(
        verdicts.filter((verdict) => verdict.divergence !== null).map((verdict) => verdict.accountId),
      ).toEqual([second])
    } finally {
      await fresh.drop()
    }
  })
})

test('a ledger of many blocks is proved in pieces', async () => {
  await locked(database.db, account, async (tx) => {
    for (let n = 0; n < 450; n += 1) {
      await adjustCredits(tx, {
        accountId: account,
        credits: n % 2 === 0 ? 1 : -1,
        key: `n${String(n)}`,
        actor: 'a',
        reason: 'r',
        now: NOW,
      })
    }
  })

  expect(await verifyLedger(deps(), account)).toMatchObject({ divergence: null })

  await tamper(`update ledger_block set reason = 'x' where account_id = $1 and block_no = 401`)
  expect(await divergence()).toMatch(/hash of block 401 /)
})
