import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { adjustCredits, expireLots, readBalance, rollBackGrant } from '../../src/slices/credits/index.js'
import { csvText } from '../../src/slices/credits/domain/csv-text.js'
import { readStatement, statementCsv, statementLines } from '../../src/slices/credits/open-statement.js'
import type { StatementLine } from '../../src/slices/credits/domain/statement-line.js'
import {
  aLot,
  aMessage,
  anAccount,
  capture,
  EARLIER,
  holdsOf,
  locked,
  NOW,
  refund,
  release,
} from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let account: AccountId
const campaignId = newId()
let campaignMessage: string
let singleMessage: string
const reason = `=cmd|' /C calc'!A0`

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
  const { db } = database
  account = await anAccount(db)
  await aLot(db, account, 100, { reason: 'first purchase' })
  await aLot(db, account, 10, { source: 'promotion', expiresAt: EARLIER })
  const inCampaign = await aMessage(db, account, { campaignId, ordinal: 1, segments: 2, cost: 2 })
  const single = await aMessage(db, account, { cost: 4, country: 'GB' })
  campaignMessage = inCampaign.messageId
  singleMessage = single.messageId
  await capture(db, account, [inCampaign.attemptId, single.attemptId])
  await refund(db, account, [single.attemptId])
  const [unsent] = await holdsOf(db, account, [5])
  await release(db, account, [unsent!])
  await locked(db, account, async (tx) => {
    await adjustCredits(tx, { accountId: account, credits: -3, key: 'k', actor: '+admin', reason, now: NOW })
    await rollBackGrant(tx, {
      accountId: account,
      lotNo: 1,
      key: 'r',
      actor: 'admin:1',
      reason: 'two,\n"lines"',
    })
    await expireLots(tx, account, NOW)
  })
  await aLot(db, account, 40)
  await holdsOf(db, account, [7])
})
afterAll(async () => {
  await database.drop()
})

const newest = (beforeSeq: number | null = null, limit = 100) =>
  readStatement(database.db, account, { beforeSeq, limit })

async function oldest(since: Date | null = null, until: Date | null = null): Promise<StatementLine[]> {
  const lines = []
  for await (const line of statementLines(database.db, account, { since, until })) lines.push(line)
  return lines
}

describe('the paged statement', () => {
  test('shows every transfer, newest first, with the balance after it', async () => {
    const lines = await newest()
    const balance = await readBalance(database.db, account)

    expect(lines.map((line) => line.seq)).toEqual(
      Array.from({ length: balance.seq }, (_, n) => balance.seq - n),
    )
    expect(lines[0]).toMatchObject({ available: balance.available, held: balance.held })
    let [available, held] = [0, 0]
    for (const line of lines.toReversed()) {
      available += line.availableChange
      held += line.heldChange
      expect(line).toMatchObject({ available, held })
    }
    expect({ available, held }).toEqual({ available: balance.available, held: balance.held })
  })

  test('goes on where a page ended, with the same lines and the same balances', async () => {
    const whole = await newest()
    const pages: StatementLine[] = []
    for (let before: number | null = null; ;) {
      const page: StatementLine[] = await newest(before, 4)
      pages.push(...page)
      if (page.length < 4) break
      before = page.at(-1)!.seq
    }

    expect(pages).toEqual(whole)
  })

  test('names the message and the campaign behind hold, capture and refund', async () => {
    const lines = await newest()
    const of = (messageId: string): string[] =>
      lines.filter((line) => line.messageId === messageId).map((line) => line.kind)

    expect(of(campaignMessage).sort()).toEqual(['capture', 'hold'])
    expect(of(singleMessage).sort()).toEqual(['capture', 'hold', 'refund'])
    expect(lines.find((line) => line.messageId === campaignMessage)?.campaignId).toBe(campaignId)
    expect(lines.find((line) => line.messageId === singleMessage)?.campaignId).toBeNull()
  })

  test('says who and why', async () => {
    const lines = await newest()

    expect(lines.find((line) => line.kind === 'deduction')).toMatchObject({
      actor: '+admin',
      reason,
      availableChange: -3,
    })
    expect(lines.find((line) => line.seq === 1)).toMatchObject({
      reason: 'first purchase',
      description: 'Credits from a purchase (lot 1)',
    })
  })

  test('has words for every kind', async () => {
    for (const line of await newest()) expect(line.description).toMatch(/^[A-Z].{5,}$/)
  })

  test('of another account is its own', async () => {
    const other = await anAccount(database.db)

    expect(await readStatement(database.db, other, { beforeSeq: null, limit: 10 })).toEqual([])
  })
})

describe('the statement of a period', () => {
  test('is the paged one the other way round', async () => {
    expect(await oldest()).toEqual((await newest()).toReversed())
  })

  test('begins with the balance of its first moment and ends before its last', async () => {
    const whole = await oldest()
    const since = whole[3]!.at
    const until = whole.at(-2)!.at

    const part = await oldest(since, until)

    expect(part).toEqual(whole.filter((line) => line.at >= since && line.at < until))
    expect(part.length).toBeGreaterThan(3)
  })

  test('without a transfer is empty', async () => {
    expect(await oldest(new Date('2001-01-01'), new Date('2002-01-01'))).toEqual([])
    expect(await oldest(new Date('2101-01-01'))).toEqual([])
  })

  test('longer than one read keeps its running balance', async () => {
    const busy = await anAccount(database.db)
    await aLot(database.db, busy, 5_000)
    await holdsOf(
      database.db,
      busy,
      Array.from({ length: 2_100 }, () => 1),
    )
    const lines: StatementLine[] = []

    for await (const line of statementLines(database.db, busy, { since: null, until: null })) lines.push(line)

    expect(lines).toHaveLength(2_101)
    expect(lines.at(-1)).toMatchObject({ seq: 2_101, available: 2_900, held: 2_100 })
  })
})

describe('the CSV statement', () => {
  async function records(): Promise<Record<string, string>[]> {
    const text = (await statementCsv(database.db, account, { since: null, until: null }).toArray()).join('')
    return parse(text, { columns: true })
  }

  test('holds the same as the statement', async () => {
    const lines = await oldest()

    const rows = await records()

    expect(rows).toHaveLength(lines.length)
    for (const [n, line] of lines.entries()) {
      expect(rows[n]).toMatchObject({
        seq: String(line.seq),
        at: line.at.toISOString(),
        kind: line.kind,
        credits: String(line.availableChange),
        available: String(line.available),
        held: String(line.held),
        message_id: line.messageId ?? '',
        block: String(line.blockNo),
      })
    }
  })

  test('has a column of credits that adds up to what is available', async () => {
    const sum = (await records()).reduce((credits, row) => credits + Number(row['credits']), 0)

    expect(sum).toBe((await readBalance(database.db, account)).available)
  })

  test('cannot run as a formula, and keeps signed numbers as numbers', async () => {
    const rows = await records()
    const deduction = rows.find((row) => row['kind'] === 'deduction')

    expect(deduction).toMatchObject({ reason: `'${reason}`, actor: "'+admin", credits: '-3' })
    expect(rows.find((row) => row['reason']?.startsWith('two'))?.['reason']).toBe('two,\n"lines"')
  })

  test('of an empty account is its header', async () => {
    const empty = await anAccount(database.db)
    const text = (await statementCsv(database.db, empty, { since: null, until: null }).toArray()).join('')

    expect(text.trim().split('\r\n')).toEqual([
      'seq,at,kind,description,amount,credits,held_change,available,held,lot,lot_source,actor,reason,message_id,campaign_id,block',
    ])
  })

  test('ends with the error when the database fails under it', async () => {
    const lost = await createTestDatabase({ poolSize: 1 })
    const busy = await anAccount(lost.db)
    await aLot(lost.db, busy, 10)
    await readQuery(lost.db, '/* test */ drop table ledger_block cascade')

    await expect(statementCsv(lost.db, busy, { since: null, until: null }).toArray()).rejects.toThrow(
      'ledger_block',
    )
    await lost.drop()
  })

  test.each([
    ['=1+1', `'=1+1`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['\r=1', `'\r=1`],
    ['  =1', `'  =1`],
    ['\u00a0=1', `'\u00a0=1`],
    ['line\n=1', `line\n'=1`],
    ['\uff1d1', `'\uff1d1`],
    ['a=1', 'a=1'],
    ['', ''],
  ])('text %j is written as %j', (text, written) => {
    expect(csvText(text)).toBe(written)
  })
})
