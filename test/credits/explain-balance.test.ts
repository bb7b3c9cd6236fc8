import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { adjustCredits, expireLots, rollBackGrant } from '../../src/slices/credits/index.js'
import {
  explainBalance,
  explainCampaign,
  explainSingleMessages,
  explainUse,
  type MessageCost,
} from '../../src/slices/credits/explain-balance.js'
import {
  aLot,
  aMessage,
  anAccount,
  bucketsOf,
  capture,
  EARLIER,
  holdsOf,
  locked,
  NOW,
  refund,
  release,
  spend,
} from '../support/builders/credits.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 })
})
afterAll(async () => {
  await database.drop()
})

const sumOf = (costs: readonly MessageCost[], of: 'spent' | 'held' | 'refunded'): number =>
  costs.reduce((credits, cost) => credits + cost[of], 0)

describe('why is my balance N', () => {
  test('is answered by parts that add up to it, one for each cause', async () => {
    const { db } = database
    const account = await anAccount(db)
    await aLot(db, account, 100)
    await aLot(db, account, 20, { source: 'promotion', expiresAt: EARLIER })
    await aLot(db, account, 30, { source: 'plan' })
    await spend(db, account, 12)
    await refund(db, account, [await spend(db, account, 9)])
    await holdsOf(db, account, [5])
    await locked(db, account, async (tx) => {
      const common = { accountId: account, actor: 'admin:1', reason: 'r' }
      await adjustCredits(tx, { ...common, credits: 8, key: 'more', now: NOW })
      await adjustCredits(tx, { ...common, credits: -4, key: 'less', now: NOW })
      await rollBackGrant(tx, { ...common, lotNo: 3, credits: 10, key: 'back' })
      await expireLots(tx, account, NOW)
    })

    const { parts, available } = await explainBalance(db, account)

    expect(parts).toEqual([
      { part: 'granted', source: 'plan', credits: 30 },
      { part: 'granted', source: 'purchase', credits: 100 },
      { part: 'granted', source: 'promotion', credits: 20 },
      { part: 'granted', source: 'adjustment', credits: 8 },
      { part: 'taken_back', source: null, credits: -10 },
      { part: 'deducted', source: null, credits: -4 },
      { part: 'expired', source: null, credits: -20 },
      { part: 'spent', source: null, credits: -12 },
      { part: 'held', source: null, credits: -5 },
    ])
    expect(available).toBe((await bucketsOf(db, account)).available)
    expect(parts.reduce((sum, part) => sum + part.credits, 0)).toBe(available)
  })

  test('counts what is owed, because it was taken back but not from available', async () => {
    const { db } = database
    const account = await anAccount(db)
    await aLot(db, account, 100)
    await spend(db, account, 60)
    await locked(db, account, (tx) =>
      rollBackGrant(tx, { accountId: account, lotNo: 1, key: 'k', actor: 'a', reason: 'r' }),
    )

    expect(await explainBalance(db, account)).toEqual({
      available: 0,
      parts: [
        { part: 'granted', source: 'purchase', credits: 100 },
        { part: 'taken_back', source: null, credits: -100 },
        { part: 'spent', source: null, credits: -60 },
        { part: 'owed', source: null, credits: 60 },
      ],
    })
  })

  test('of an account without credits has no parts', async () => {
    expect(await explainBalance(database.db, await anAccount(database.db))).toEqual({
      available: 0,
      parts: [],
    })
  })

  test('is refused rather than nearly right', async () => {
    const lost = await createTestDatabase({ poolSize: 2 })
    const account = await anAccount(lost.db)
    await aLot(lost.db, account, 10)
    await readQuery(lost.db, '/* test */ alter table credit_balance disable trigger user')
    await readQuery(lost.db, '/* test */ update credit_balance set available = 9')

    await expect(explainBalance(lost.db, account)).rejects.toThrow('add up')
    await lost.drop()
  })
})

describe('where spent and held credits went', () => {
  const [first, second] = [newId<CampaignId>(), newId<CampaignId>()]
  let account: AccountId

  beforeAll(async () => {
    const { db } = database
    account = await anAccount(db)
    await aLot(db, account, 1_000)
    const attempts: string[] = []
    for (let ordinal = 1; ordinal <= 6; ordinal += 1) {
      const message = await aMessage(db, account, { campaignId: first, ordinal, segments: 2, cost: 2 })
      attempts.push(message.attemptId)
    }
    await capture(db, account, attempts.slice(0, 4))
    await refund(db, account, attempts.slice(0, 1))
    await release(db, account, attempts.slice(4, 5))
    await aMessage(db, account, { campaignId: second, ordinal: 1, country: 'GB', segments: 3, cost: 12 })
    const single = await aMessage(db, account, { country: 'DE', segments: 1, cost: 8 })
    await capture(db, account, [single.attemptId])
    await spend(db, account, 5)
  })

  test('is told by campaign, for messages without one, and for holds without a message', async () => {
    const uses = await explainUse(database.db, account)

    expect(uses).toHaveLength(4)
    expect(uses).toEqual(
      expect.arrayContaining([
        { use: 'campaign', campaignId: first, messages: 6, spent: 6, held: 2, refunded: 2 },
        { use: 'campaign', campaignId: second, messages: 1, spent: 0, held: 12, refunded: 0 },
        { use: 'single_messages', campaignId: null, messages: 1, spent: 8, held: 0, refunded: 0 },
        { use: 'no_message', campaignId: null, messages: 0, spent: 5, held: 0, refunded: 0 },
      ]),
    )
    const balance = await bucketsOf(database.db, account)
    expect(uses.reduce((sum, use) => sum + use.spent, 0)).toBe(balance.spent)
    expect(uses.reduce((sum, use) => sum + use.held, 0)).toBe(balance.held)
  })

  test('goes down to the messages of a campaign, page by page, with segments times the price of their version', async () => {
    const costs: MessageCost[] = []
    for (let after = 0; ;) {
      const page = await explainCampaign(database.db, account, first, { afterOrdinal: after, limit: 4 })
      costs.push(...page)
      if (page.length < 4) break
      after = page.at(-1)!.ordinal!
    }

    expect(costs.map((cost) => cost.ordinal)).toEqual([1, 2, 3, 4, 5, 6])
    for (const cost of costs) expect(cost.segments * cost.creditsPerSegment!).toBe(cost.cost)
    expect([sumOf(costs, 'spent'), sumOf(costs, 'held'), sumOf(costs, 'refunded')]).toEqual([6, 2, 2])
    const [dear] = await explainCampaign(database.db, account, second, { afterOrdinal: 0, limit: 4 })
    expect(dear).toMatchObject({
      country: 'GB',
      segments: 3,
      priceVersion: 1,
      creditsPerSegment: 4,
      cost: 12,
      held: 12,
    })
  })

  test('and to messages without a campaign', async () => {
    const costs = await explainSingleMessages(database.db, account, { afterMessageId: null, limit: 10 })

    expect(costs).toHaveLength(1)
    expect(costs[0]).toMatchObject({ campaignId: null, country: 'DE', creditsPerSegment: 8, spent: 8 })
    const next = { afterMessageId: costs[0]!.messageId, limit: 10 }
    expect(await explainSingleMessages(database.db, account, next)).toEqual([])
  })

  test('shows nothing of another account', async () => {
    const other = await anAccount(database.db)

    expect(await explainUse(database.db, other)).toEqual([])
    expect(await explainCampaign(database.db, other, first, { afterOrdinal: 0, limit: 10 })).toEqual([])
    expect(await explainSingleMessages(database.db, other, { afterMessageId: null, limit: 10 })).toEqual([])
  })
})
