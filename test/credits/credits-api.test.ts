import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { aLot, aMessage, capture, holdsOf, release, spend } from '../support/builders/credits.js'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeAdmin, makeApiKey, makeMember, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount
let other: TestAccount
let owner: GraphqlClient
let admin: GraphqlClient

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
  other = await makeAccount(server.app)
  owner = server.as(account.owner.token)
  admin = server.as((await makeAdmin(server.app)).token)
})
afterAll(async () => {
  await server.stop()
})

/** A fresh account with credits, and its owner. */
async function funded(credits: number): Promise<{ accountId: AccountId; as: GraphqlClient; token: string }> {
  const made = await makeAccount(server.app)
  await aLot(server.app.db, made.accountId, credits)
  return { accountId: made.accountId, as: server.as(made.owner.token), token: made.owner.token }
}

const result = `... on CreditBalance { available spent debt } ... on Refused { reason remedy }`
const GRANT = `mutation ($accountId: ID!, $credits: Credits!, $key: IdempotencyKey!, $reason: ShortText!) {
  grantCredits(accountId: $accountId, credits: $credits, source: PURCHASE, reason: $reason, idempotencyKey: $key) { ${result} } }`
const REFUND = `mutation ($accountId: ID!, $messageId: ID!, $key: IdempotencyKey!) {
  refundMessage(accountId: $accountId, messageId: $messageId, reason: "not delivered", idempotencyKey: $key) { ${result} } }`

describe('what administrators do to credits', () => {
  test('a grant, an adjustment and a rollback each change the balance once, however often they are sent', async () => {
    const { accountId, as } = await funded(10)
    const grant = { accountId, credits: 90, key: 'grant-key-1', reason: 'invoice 7' }
    for (let time = 1; time <= 2; time += 1) {
      expect(await admin.data(GRANT, grant)).toEqual({ grantCredits: { available: 100, spent: 0, debt: 0 } })
    }
    expect(await admin.data(GRANT, { ...grant, credits: 91 })).toMatchObject({
      grantCredits: { reason: 'idempotency-key-reused' },
    })
    const adjust = `mutation ($accountId: ID!) { adjustCredits(accountId: $accountId, credits: -30, reason: "r", idempotencyKey: "adjust-key") { ${result} } }`
    const rollBack = `mutation ($accountId: ID!) { rollBackGrant(accountId: $accountId, lotNo: 2, reason: "r", idempotencyKey: "roll-back-key") { ${result} } }`
    for (let time = 1; time <= 2; time += 1) {
      expect(await admin.data(adjust, { accountId })).toMatchObject({ adjustCredits: { available: 70 } })
    }
    for (let time = 1; time <= 2; time += 1) {
      expect(await admin.data(rollBack, { accountId })).toMatchObject({ rollBackGrant: { available: 0 } })
    }

    const { creditStatement } = await as.data<{
      creditStatement: { edges: { node: { reason: string | null } }[] }
    }>(`{ creditStatement { edges { node { reason kind } } } }`)
    expect(creditStatement.edges.map((edge) => edge.node.reason)).toContain('invoice 7')
  })

  test('a message is refunded once, and never one of another account', async () => {
    const { accountId } = await funded(10)
    const message = await aMessage(server.app.db, accountId, { cost: 3 })
    const elsewhere = await funded(10)
    const ask = (key: string, messageId: string = message.messageId, of = accountId) =>
      admin.data<{ refundMessage: unknown }>(REFUND, { accountId: of, messageId, key })

    expect(await ask('refund-key-0')).toMatchObject({ refundMessage: { reason: 'nothing-spent' } })
    await capture(server.app.db, accountId, [message.attemptId])
    expect(await ask('refund-key-1', message.messageId, elsewhere.accountId)).toMatchObject({
      refundMessage: { reason: 'not-found' },
    })
    expect(await ask('refund-key-1')).toMatchObject({ refundMessage: { available: 10, spent: 0 } })
    expect(await ask('refund-key-1')).toMatchObject({ refundMessage: { available: 10, spent: 0 } })
    expect(await ask('refund-key-2')).toMatchObject({ refundMessage: { reason: 'nothing-spent' } })
    expect(await ask('refund-key-3', newId())).toMatchObject({ refundMessage: { reason: 'not-found' } })
  })

  test('needs an administrator of the platform', async () => {
    const grant = { accountId: account.accountId, credits: 1, key: 'grant-key-2', reason: 'r' }

    expect(await owner.errorCode(GRANT, grant)).toBe('FORBIDDEN')
    expect(await server.as().errorCode(GRANT, grant)).toBe('UNAUTHENTICATED')
  })

  test('needs a reason and an account that exists', async () => {
    const grant = { accountId: newId(), credits: 1, key: 'grant-key-3', reason: 'r' }

    expect(await admin.data(GRANT, grant)).toMatchObject({ grantCredits: { reason: 'not-found' } })
    expect(await admin.errorCode(GRANT, { ...grant, reason: '   ' })).toBe('BAD_USER_INPUT')
  })
})

describe('the statement', () => {
  const PAGE = `query ($first: Int!, $after: String) { creditStatement(first: $first, after: $after) {
    edges { node { seq kind description availableChange available held messageId lotSource blockNo at } } pageInfo { hasNextPage endCursor } } }`
  interface Page {
    creditStatement: {
      edges: { node: { seq: number; availableChange: number; available: number; held: number } }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
    }
  }

  test('is paged, newest first, without a gap', async () => {
    const { accountId, as } = await funded(50)
    await holdsOf(server.app.db, accountId, [1, 2, 3, 4, 5])
    const seqs: number[] = []
    for (let after: string | null = null; ;) {
      const page: Page = await as.data<Page>(PAGE, { first: 4, after })
      seqs.push(...page.creditStatement.edges.map((edge) => edge.node.seq))
      if (!page.creditStatement.pageInfo.hasNextPage) break
      after = page.creditStatement.pageInfo.endCursor
    }

    expect(seqs).toEqual([6, 5, 4, 3, 2, 1])
    const { creditStatement } = await as.data<Page>(PAGE, { first: 1 })
    expect(creditStatement.edges[0]?.node).toMatchObject({ availableChange: -5, available: 35, held: 15 })
  })

  test('and the balance, its explanation and its lots are those of the caller alone', async () => {
    const { accountId, as } = await funded(50)
    await spend(server.app.db, accountId, 8)
    const everything = `{ creditBalance { available spent } creditLots { remainingCredits } expiringLots { lotNo }
      explainBalance { available parts { part source credits } } creditUses { use spent }
      creditStatement { edges { node { seq } } } messageCosts { edges { node { messageId } } } }`

    expect(await as.data(everything)).toEqual({
      creditBalance: { available: 42, spent: 8 },
      creditLots: [{ remainingCredits: 42 }],
      expiringLots: [],
      explainBalance: {
        available: 42,
        parts: [
          { part: 'GRANTED', source: 'PURCHASE', credits: 50 },
          { part: 'SPENT', source: null, credits: -8 },
        ],
      },
      creditUses: [{ use: 'NO_MESSAGE', spent: 8 }],
      creditStatement: { edges: [{ node: { seq: 3 } }, { node: { seq: 2 } }, { node: { seq: 1 } }] },
      messageCosts: { edges: [] },
    })
    expect(await server.as(other.owner.token).data(everything)).toMatchObject({
      creditBalance: { available: 0 },
      creditStatement: { edges: [] },
    })
  })

  test('goes down to messages of a campaign and to single ones, page by page', async () => {
    const { accountId, as } = await funded(50)
    const campaignId = newId()
    for (let ordinal = 1; ordinal <= 3; ordinal += 1)
      await aMessage(server.app.db, accountId, { campaignId, ordinal })
    const single = await aMessage(server.app.db, accountId, { country: 'GB', segments: 2, cost: 8 })
    const COSTS = `query ($campaignId: ID, $after: String) { messageCosts(campaignId: $campaignId, first: 2, after: $after) {
      edges { node { messageId ordinal segments creditsPerSegment cost held } } pageInfo { hasNextPage endCursor } } }`
    interface Costs {
      messageCosts: {
        edges: { node: { messageId: string; ordinal: number } }[]
        pageInfo: { endCursor: string }
      }
    }

    const first = await as.data<Costs>(COSTS, { campaignId })
    const after = first.messageCosts.pageInfo.endCursor
    const second = await as.data<Costs>(COSTS, { campaignId, after })
    const singles = await as.data<Costs>(COSTS, {})

    const places = [first, second].flatMap((page) => page.messageCosts.edges.map((edge) => edge.node.ordinal))
    expect(places).toEqual([1, 2, 3])
    expect(singles.messageCosts.edges).toEqual([
      {
        node: {
          messageId: single.messageId,
          ordinal: null,
          segments: 2,
          creditsPerSegment: 4,
          cost: 8,
          held: 8,
        },
      },
    ])
    expect(await as.errorCode(COSTS, { after })).toBe('BAD_USER_INPUT')
    expect((await owner.data<Costs>(COSTS, { campaignId })).messageCosts.edges).toEqual([])
  })
})

describe('prices', () => {
  const PUBLISH = `mutation ($after: Int!, $prices: [PriceInput!]!, $at: DateTime) {
    publishPriceBook(afterVersion: $after, prices: $prices, effectiveAt: $at) { ... on PriceBook { version prices { country } } ... on Refused { reason } } }`
  const prices = [{ country: 'US', creditsPerSegment: 1 }]

  test('are published by administrators for a moment to come, and seen by everybody', async () => {
    const at = '2099-01-01T00:00:00Z'

    expect(await owner.errorCode(PUBLISH, { after: 1, prices, at })).toBe('FORBIDDEN')
    expect(await admin.data(PUBLISH, { after: 1, prices, at })).toEqual({
      publishPriceBook: { version: 2, prices: [{ country: 'US' }] },
    })
    expect(await admin.data(PUBLISH, { after: 1, prices, at })).toEqual({
      publishPriceBook: { reason: 'version-outdated' },
    })

    const seen = await owner.data<{ priceBook: unknown; priceBooks: { version: number }[] }>(
      `{ priceBook { version } priceBooks { version effectiveAt } }`,
    )
    expect(seen.priceBook).toEqual({ version: 1 })
    expect(seen.priceBooks.map((book) => book.version)).toEqual([2, 1])
  })
})

describe('GET /statement.csv', () => {
  const get = (path: string, token?: string): Promise<Response> =>
    fetch(
      `${server.url}${path}`,
      token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
    )

  test('streams the whole statement, oldest first, to members and API keys of the account', async () => {
    const made = await makeAccount(server.app)
    await aLot(server.app.db, made.accountId, 5_000)
    await holdsOf(
      server.app.db,
      made.accountId,
      Array.from({ length: 1_500 }, () => 1),
    )
    const viewer = await makeMember(server.app, made.accountId, 'viewer')

    for (const token of [made.owner.token, viewer.token, await makeApiKey(server.app, made, 'viewer')]) {
      const response = await get('/statement.csv', token)
      const rows: Record<string, string>[] = parse(await response.text(), { columns: true })

      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(response.headers.get('content-disposition')).toContain('statement.csv')
      expect(rows).toHaveLength(1_501)
      expect(rows.at(-1)).toMatchObject({ seq: '1501', available: '3500', held: '1500' })
    }
  })

  test('is bounded by since and until', async () => {
    const { token } = await funded(10)
    const length = async (query: string): Promise<number> => {
      const rows: unknown[] = parse(await (await get(`/statement.csv${query}`, token)).text(), {
        columns: true,
      })
      return rows.length
    }

    expect(await length('?until=2020-01-01T00:00:00Z')).toBe(0)
    expect(await length('?since=2020-01-01T00:00:00%2B02:00')).toBe(1)
  })

  test.each(['?since=yesterday', '?until=2026-03-01', '?since=2026-13-01T00:00:00Z', '?since=a&since=b'])(
    'refuses %s in words',
    async (query) => {
      const response = await get(`/statement.csv${query}`, account.owner.token)

      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    },
  )

  test('is not given for another account than the one that is asked for, as by a page left behind in another tab', async () => {
    const { token } = account.owner
    const other = await makeAccount(server.app)

    expect((await get(`/statement.csv?account=${account.accountId}`, token)).status).toBe(200)
    const refused = await get(`/statement.csv?account=${other.accountId}`, token)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'ACCOUNT_CHANGED' } }] })
  })

  test.each([undefined, 'nonsense'])('is closed to the token %s', async (token) => {
    const response = await get('/statement.csv', token)

    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  test('is closed to administrators, who stand outside accounts', async () => {
    const { token } = await makeAdmin(server.app)

    expect((await get('/statement.csv', token)).status).toBe(401)
  })
})

describe('the subscription creditBalance', () => {
  const WATCH = `subscription ($afterSeq: EventSeq) { creditBalance(afterSeq: $afterSeq) { available held seq } }`
  interface Balance {
    available: number
    held: number
    seq: number
  }

  /** Balances as they come. */
  async function watch(
    token: string,
    afterSeq: number | null = null,
  ): Promise<{ next: () => Promise<Balance>; stop: () => void }> {
    const socket = await server.socket(token)
    const watching = socket.run(WATCH, { afterSeq })
    return {
      next: async () => (await watching.next()).data?.['creditBalance'] as Balance,
      stop: () => socket.close(),
    }
  }

  test('begins with the balance and follows it', async () => {
    const { accountId, token } = await funded(10)
    const watching = await watch(token)

    expect(await watching.next()).toMatchObject({ available: 10, held: 0, seq: 1 })
    await aLot(server.app.db, accountId, 5)

    expect(await watching.next()).toMatchObject({ available: 15, seq: 2 })
    watching.stop()
  })

  test('says nothing that the subscriber has already, after a reconnect', async () => {
    const { accountId, token } = await funded(10)
    const watching = await watch(token, 1)
    const next = watching.next()

    await aLot(server.app.db, accountId, 5)

    expect(await next).toMatchObject({ available: 15, seq: 2 })
    watching.stop()
  })

  test('ends at the last state however many changes there were', async () => {
    const { accountId, token } = await funded(1_000)
    const watching = await watch(token)
    await watching.next()
    const held = await holdsOf(
      server.app.db,
      accountId,
      Array.from({ length: 60 }, () => 1),
    )
    for (const attempt of held.slice(0, 20)) await release(server.app.db, accountId, [attempt])
    await aLot(server.app.db, accountId, 1)

    let last = await watching.next()
    while (last.available !== 961) last = await watching.next()

    expect(last).toMatchObject({ available: 961, held: 40 })
    watching.stop()
  })
})
