import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { sqlState } from '../../src/platform/db/sql-errors.js'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { aLot, anAccount, capture, holdsOf, LATER, refund, release } from '../support/builders/credits.js'

/**
 * Every illegal write, tried with plain SQL by a session that may do all that the program may. Each must be refused by
 * the database itself and leave no trace.
 */
let database: TestDatabase
let account: AccountId
let other: AccountId
/** The transfers of `account` by what became of them. */
let seqs: { open: number; captured: number; capture: number; release: number; refunded: number; last: number }

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
})
afterAll(async () => {
  await database.drop()
})

beforeEach(async () => {
  other = await anAccount(database.db, 'Other')
  await aLot(database.db, other, 100)
  await holdsOf(database.db, other, [10])
  account = await anAccount(database.db)
  await aLot(database.db, account, 100, { expiresAt: LATER, priority: 10 })
  await aLot(database.db, account, 50)
  const [open, captured, released, refunded] = await holdsOf(database.db, account, [10, 20, 5, 7])
  await capture(database.db, account, [captured!, refunded!])
  await release(database.db, account, [released!])
  await refund(database.db, account, [refunded!])
  const rows = await readQuery<{
    seq: string
    kind: string
    ref_seq: string | null
    attempt_id: string | null
  }>(
    database.db,
    '/* test */ select seq, kind, ref_seq, attempt_id from credit_transfer where account_id = $1 order by seq',
    [account],
  )
  const holdOf = (attempt: string | undefined): number =>
    Number(rows.find((row) => row.attempt_id === attempt)!.seq)
  const captureOf = (hold: number): number =>
    Number(rows.find((row) => row.kind === 'capture' && Number(row.ref_seq) === hold)!.seq)
  seqs = {
    open: holdOf(open),
    captured: holdOf(captured),
    capture: captureOf(holdOf(captured)),
    release: Number(rows.find((row) => row.kind === 'release')!.seq),
    refunded: captureOf(holdOf(refunded)),
    last: rows.length,
  }
})

interface RawTransfer {
  accountId?: string
  seq?: number
  kind: string
  amount: number
  lotNo?: number
  refSeq?: number
  attemptId?: string
  /** 1 for a hold unless said otherwise. */
  part?: number
  opKey?: string
}

const NO_ACTOR = ''

/** What the tables of the ledger hold, to show that a refused write left no trace. */
async function fingerprint(): Promise<unknown> {
  return readQuery(
    database.db,
    `/* test */ select md5(string_agg(t::text, ',' order by account_id, seq)) as transfers,
       (select md5(string_agg(b::text, ',' order by account_id, block_no)) from ledger_block b) as blocks,
       (select md5(string_agg(b::text, ',' order by account_id)) from credit_balance b) as balances,
       (select md5(string_agg(l::text, ',' order by account_id, lot_no)) from credit_lot l) as lots,
       (select md5(string_agg(p::text, ',' order by version, country)) from price_book p) as prices,
       (select md5(string_agg(k::text, ',' order by kind)) from transfer_kind k) as kinds
     from credit_transfer t`,
  )
}

async function attempt(
  sql: string,
  params: readonly unknown[],
  actor = 'test:intruder',
): Promise<string | null> {
  try {
    await inTransaction(database.db, { name: 'test.illegal', attemptsMax: 1 }, async (tx) => {
      await tx.query(`/* test */ select set_config('tollgate.actor', $1, true)`, [actor])
      await tx.query(sql, params)
    })
    return null
  } catch (error) {
    return sqlState(error) ?? String(error)
  }
}

async function expectRefused(
  state: string,
  sql: string,
  params: readonly unknown[] = [],
  actor?: string,
): Promise<void> {
  const before = await fingerprint()
  expect(await attempt(sql, params, actor)).toBe(state)
  expect(await fingerprint()).toEqual(before)
}

function insert(transfers: readonly RawTransfer[]): [string, unknown[]] {
  const rows = transfers.map((transfer, index) => ({
    account_id: transfer.accountId ?? account,
    seq: transfer.seq ?? seqs.last + 1 + index,
    kind: transfer.kind,
    amount: transfer.amount,
    lot_no: transfer.lotNo ?? 1,
    ref_seq: transfer.refSeq ?? null,
    attempt_id: transfer.attemptId ?? null,
    part: transfer.part ?? (transfer.attemptId === undefined ? null : 1),
    op_key: transfer.opKey ?? null,
  }))
  return [
    `/* test */ insert into credit_transfer select * from jsonb_populate_recordset(null::credit_transfer, $1::jsonb)`,
    [JSON.stringify(rows)],
  ]
}

async function expectTransferRefused(state: string, ...transfers: RawTransfer[]): Promise<void> {
  await expectRefused(state, ...insert(transfers))
}

const CHECK = '23514'
const NOT_ALLOWED = '23001'
const NO_SUCH = '23503'
const TWICE = '23505'
const NOT_NULL = '23502'
const OUT_OF_TURN = '40001'

test('the battery itself: a legal transfer written by hand is accepted', async () => {
  const [sql, params] = insert([{ kind: 'hold', amount: 3, attemptId: newId() }])

  expect(await attempt(sql, params)).toBeNull()
})

describe('credits that are not there', () => {
  test('a hold cannot take more than the lot has left', async () => {
    await expectTransferRefused(CHECK, { kind: 'hold', amount: 1_000, attemptId: newId() })
  })
  test('an expiry cannot take more than the lot has left', async () => {
    await expectTransferRefused(CHECK, { kind: 'expiry', amount: 1_000, opKey: 'expiry:1:9' })
  })
  test('a deduction cannot make available negative', async () => {
    await expectTransferRefused(CHECK, { kind: 'deduction', amount: 1_000, opKey: 'adjustment:x:1' })
  })
  test('a clawback cannot make available negative', async () => {
    await expectTransferRefused(CHECK, { kind: 'clawback', amount: 1_000, opKey: 'rollback:x:1' })
  })
  test('a debt cannot stand next to available credits', async () => {
    await expectTransferRefused(CHECK, { kind: 'debt_charge', amount: 5, opKey: 'rollback:x:1' })
  })
  test('a debt that does not exist cannot be repaid', async () => {
    await expectTransferRefused(CHECK, { kind: 'debt_repayment', amount: 5 })
  })
  test('a lot is not filled beyond its size', async () => {
    await expectTransferRefused(TWICE, { kind: 'grant', amount: 90, opKey: 'grant:again' })
  })
  test('a lot is granted once, even after all of it was used', async () => {
    await expectTransferRefused(
      TWICE,
      { kind: 'hold', amount: 65, attemptId: newId() },
      { kind: 'grant', amount: 1, opKey: 'grant:again' },
    )
  })
  test('a grant fills its whole lot', async () => {
    await expectRefused(
      NO_SUCH,
      `/* test */ with lot as (insert into credit_lot (account_id, lot_no, source, amount, origin)
           values ($1, 3, 'purchase', 40, 'pi:3') returning lot_no)
         insert into credit_transfer (account_id, seq, kind, amount, lot_no, op_key)
         select $1, $2, 'grant', 39, lot_no, 'grant:pi:3' from lot`,
      [account, seqs.last + 1],
    )
  })
  test('credits are not granted to a lot that does not exist', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'grant', amount: 90, lotNo: 77, opKey: 'grant:pi:77' })
  })
  test('credits are not held from a lot that does not exist', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'hold', amount: 1, lotNo: 77, attemptId: newId() })
  })
  test.each([0, -5])('a transfer of %d credits does not exist', async (amount) => {
    await expectTransferRefused(CHECK, { kind: 'hold', amount, attemptId: newId() })
  })
})

describe('a hold resolves once, in full, to where it came from', () => {
  const resolutions = ['capture', 'release'] as const
  test.each(resolutions)('a captured hold does not %s again', async (kind) => {
    await expectTransferRefused(TWICE, { kind, amount: 20, refSeq: seqs.captured })
  })
  test.each(resolutions)('a released hold does not %s again', async (kind) => {
    const [row] = await readQuery<{ ref_seq: string }>(
      database.db,
      '/* test */ select ref_seq from credit_transfer where account_id = $1 and seq = $2',
      [account, seqs.release],
    )
    await expectTransferRefused(TWICE, { kind, amount: 5, refSeq: Number(row!.ref_seq) })
  })
  test('capture and release of one hold in one statement are refused', async () => {
    await expectTransferRefused(
      TWICE,
      { kind: 'capture', amount: 10, refSeq: seqs.open },
      { kind: 'release', amount: 10, refSeq: seqs.open },
    )
  })
  test.each([9, 11])('a hold of 10 is not captured as %d', async (amount) => {
    await expectTransferRefused(NO_SUCH, { kind: 'capture', amount, refSeq: seqs.open })
  })
  test('a hold is not released to another lot', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'release', amount: 10, refSeq: seqs.open, lotNo: 2 })
  })
  test('a hold of another account is not captured', async () => {
    const theirs = 2
    await expectTransferRefused(NO_SUCH, { kind: 'capture', amount: 10, refSeq: theirs, lotNo: 1 })
  })
  test('a hold that does not exist is not captured', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'capture', amount: 10, refSeq: 9_999 })
  })
  test('a release is not captured', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'capture', amount: 5, refSeq: seqs.release })
  })
  test('a capture is not released', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'release', amount: 20, refSeq: seqs.capture })
  })
  test('a capture names its hold', async () => {
    await expectTransferRefused(CHECK, { kind: 'capture', amount: 10 })
  })
  test('a hold does not name another transfer', async () => {
    await expectTransferRefused(CHECK, { kind: 'hold', amount: 10, attemptId: newId(), refSeq: seqs.open })
  })
})

describe('a refund gives one capture back, once', () => {
  test('a refunded capture is not refunded again', async () => {
    await expectTransferRefused(TWICE, { kind: 'refund', amount: 7, refSeq: seqs.refunded })
  })
  test('an open hold is not refunded', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'refund', amount: 10, refSeq: seqs.open })
  })
  test('a release is not refunded', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'refund', amount: 5, refSeq: seqs.release })
  })
  test('a refund is not larger than its capture', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'refund', amount: 21, refSeq: seqs.capture })
  })
  test('a refund does not go to another lot', async () => {
    await expectTransferRefused(NO_SUCH, { kind: 'refund', amount: 20, refSeq: seqs.capture, lotNo: 2 })
  })
})

describe('every transfer has its business key, its place and its author', () => {
  test('one attempt holds once from a lot', async () => {
    const attemptId = newId()
    await expectTransferRefused(
      TWICE,
      { kind: 'hold', amount: 1, attemptId },
      { kind: 'hold', amount: 1, attemptId },
    )
  })
  test('one attempt holds once, even from another lot', async () => {
    const attemptId = newId()
    await attempt(...insert([{ kind: 'hold', amount: 1, attemptId }]))

    await expectTransferRefused(TWICE, {
      kind: 'hold',
      amount: 1,
      attemptId,
      lotNo: 2,
      seq: seqs.last + 2,
    })
  })
  test('the parts of a hold are counted from 1', async () => {
    await expectTransferRefused(CHECK, { kind: 'hold', amount: 1, attemptId: newId(), part: 2 })
  })
  test('the parts of a hold have no gap', async () => {
    const attemptId = newId()
    await expectTransferRefused(
      CHECK,
      { kind: 'hold', amount: 1, attemptId, part: 1 },
      { kind: 'hold', amount: 1, attemptId, part: 3, lotNo: 2 },
    )
  })
  test('a hold takes from a lot in one part', async () => {
    const attemptId = newId()
    await expectTransferRefused(
      CHECK,
      { kind: 'hold', amount: 1, attemptId, part: 1 },
      { kind: 'hold', amount: 1, attemptId, part: 2 },
    )
  })
  test('only a hold has parts', async () => {
    await expectTransferRefused(CHECK, { kind: 'capture', amount: 10, refSeq: seqs.open, part: 1 })
  })
  test('a hold belongs to an attempt', async () => {
    await expectTransferRefused(CHECK, { kind: 'hold', amount: 1 })
  })
  test('only a hold belongs to an attempt', async () => {
    await expectTransferRefused(CHECK, { kind: 'capture', amount: 10, refSeq: seqs.open, attemptId: newId() })
  })
  test('one key moves credits once', async () => {
    await expectTransferRefused(
      TWICE,
      { kind: 'deduction', amount: 1, opKey: 'adjustment:same:1' },
      { kind: 'deduction', amount: 1, opKey: 'adjustment:same:1' },
    )
  })
  test.each(['grant', 'expiry', 'clawback', 'deduction', 'debt_charge'])('a %s has a key', async (kind) => {
    await expectTransferRefused(CHECK, { kind, amount: 1 })
  })
  test('credits never move without an actor', async () => {
    await expectRefused(NOT_NULL, ...insert([{ kind: 'hold', amount: 1, attemptId: newId() }]), NO_ACTOR)
  })
  test('a used sequence number is not used again', async () => {
    await expectTransferRefused(TWICE, { kind: 'hold', amount: 1, attemptId: newId(), seq: seqs.last })
  })
  test('the sequence does not start from zero', async () => {
    await expectTransferRefused(OUT_OF_TURN, { kind: 'hold', amount: 1, attemptId: newId(), seq: 0 })
  })
  test('the sequence has no gap before a statement', async () => {
    await expectTransferRefused(OUT_OF_TURN, {
      kind: 'hold',
      amount: 1,
      attemptId: newId(),
      seq: seqs.last + 2,
    })
  })
  test('the sequence has no gap inside a statement', async () => {
    await expectTransferRefused(
      OUT_OF_TURN,
      { kind: 'hold', amount: 1, attemptId: newId(), seq: seqs.last + 1 },
      { kind: 'hold', amount: 1, attemptId: newId(), seq: seqs.last + 3 },
    )
  })
  test('one statement moves the credits of one account', async () => {
    await expectTransferRefused(
      NOT_ALLOWED,
      { kind: 'hold', amount: 1, attemptId: newId() },
      { kind: 'hold', amount: 1, attemptId: newId(), accountId: other, seq: 3 },
    )
  })
  test('an unknown kind does not exist', async () => {
    await expectTransferRefused('22P02', { kind: 'gift', amount: 1, opKey: 'x' })
  })
  test('an unknown account has no ledger', async () => {
    await expectTransferRefused('P0002', {
      kind: 'hold',
      amount: 1,
      attemptId: newId(),
      accountId: newId(),
      seq: 1,
    })
  })
})

describe('history does not change', () => {
  const byHand: [string, string][] = [
    ['a transfer is not changed', `update credit_transfer set amount = amount + 1 where account_id = $1`],
    ['a transfer is not deleted', `delete from credit_transfer where account_id = $1`],
    ['a block is not changed', `update ledger_block set reason = 'another' where account_id = $1`],
    ['a block is not deleted', `delete from ledger_block where account_id = $1`],
    [
      'a block is not written by hand',
      `insert into ledger_block select account_id, block_no + 1, last_seq + 1, last_seq + 1, actor, reason, at, hash, hash
         from ledger_block where account_id = $1 order by block_no desc limit 1`,
    ],
    [
      'a balance is not changed by hand',
      `update credit_balance set available = available + 1 where account_id = $1`,
    ],
    [
      'the head of the chain is not changed by hand',
      `update credit_balance set head = '\\x01' where account_id = $1`,
    ],
    ['a balance is not deleted', `delete from credit_balance where account_id = $1`],
    [
      'what a lot has left is not changed by hand',
      `update credit_lot set remaining = remaining - 1 where account_id = $1`,
    ],
    ['the expiry of a lot is not changed', `update credit_lot set expires_at = null where account_id = $1`],
    ['the priority of a lot is not changed', `update credit_lot set priority = 99 where account_id = $1`],
    ['a lot is not deleted', `delete from credit_lot where account_id = $1`],
    [
      'a lot does not begin full',
      `insert into credit_lot (account_id, lot_no, source, amount, remaining, origin) values ($1, 9, 'plan', 10, 10, 'plan:9')`,
    ],
    [
      'an origin gives one lot',
      `insert into credit_lot (account_id, lot_no, source, amount, origin)
         select account_id, 9, source, amount, origin from credit_lot where account_id = $1 and lot_no = 1`,
    ],
  ]
  const states: Record<string, string> = { 'an origin gives one lot': TWICE }
  test.each(byHand)('%s', async (name, sql) => {
    await expectRefused(states[name] ?? NOT_ALLOWED, `/* test */ ${sql}`, [account])
  })

  const everything: [string, string, string][] = [
    ['the transfers are not truncated', 'truncate credit_transfer', NOT_ALLOWED],
    ['the blocks are not truncated', 'truncate ledger_block', NOT_ALLOWED],
    ['the lots are not truncated', 'truncate credit_lot cascade', NOT_ALLOWED],
    ['the balances are not truncated', 'truncate credit_balance cascade', NOT_ALLOWED],
    ['the price book is not truncated', 'truncate price_book', NOT_ALLOWED],
    [
      'a price is not changed',
      `update price_book set credits_per_segment = 2 where country = 'US'`,
      NOT_ALLOWED,
    ],
    ['a price is not deleted', `delete from price_book where country = 'US'`, NOT_ALLOWED],
    [
      'a published version of the price book gets no more countries',
      `insert into price_book values (1, 'ZZ', 1, '2026-01-01T00:00:00Z')`,
      NOT_ALLOWED,
    ],
    [
      'a version of the price book begins at one moment',
      `insert into price_book values (2, 'US', 1, '2026-05-01T00:00:00Z'), (2, 'CA', 1, '2026-06-01T00:00:00Z')`,
      NOT_ALLOWED,
    ],
    [
      'versions of the price book follow one another',
      `insert into price_book values (3, 'US', 1, '2026-05-01T00:00:00Z')`,
      NOT_ALLOWED,
    ],
    [
      'what a kind of transfer moves is not changed',
      `update transfer_kind set receives = 'available'`,
      NOT_ALLOWED,
    ],
    ['a kind of transfer is not deleted', `delete from transfer_kind where kind = 'expiry'`, NOT_ALLOWED],
    ['the kinds of transfers are not truncated', 'truncate transfer_kind', NOT_ALLOWED],
  ]
  test.each(everything)('%s', async (_name, sql, state) => {
    await expectRefused(state, `/* test */ ${sql}`)
  })
})
