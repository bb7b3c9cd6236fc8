import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { adjustCredits } from '../../src/slices/credits/index.js'
import { makeAccount, makeAdmin, makeMember, testPassword, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount

interface Entry {
  id: string
  kind: string
  words: string
  actor: string
  actorName: string | null
  details: { name: string; value: string }[]
}
interface Answer {
  accountHistory: { edges: { node: Entry }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}

const HISTORY = `query ($first: Int! = 200, $after: String, $kinds: [HistoryKind!], $userId: ID) {
  accountHistory(first: $first, after: $after, kinds: $kinds, userId: $userId) {
    edges { node { id kind words actor actorName details { name value } } } pageInfo { hasNextPage endCursor } } }`

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app, 'Yoga')
})
afterAll(() => server.stop())

async function history(
  variables: Record<string, unknown> = {},
  token = account.owner.token,
): Promise<Answer> {
  return server.as(token).data<Answer>(HISTORY, variables)
}

async function entries(variables: Record<string, unknown> = {}): Promise<Entry[]> {
  return (await history(variables)).accountHistory.edges.map(({ node }) => node)
}

test('who came, went, made a key, changed a setting or moved credits is told with their name, newest first', async () => {
  const owner = server.as(account.owner.token)
  const act = (mutation: string): Promise<unknown> => owner.data(`mutation { ${mutation} { __typename } }`)
  const { addMember } = await owner.data<{ addMember: { userId: string } }>(
    `mutation { addMember(name: "Ann", email: "ann@example.test", password: "${testPassword}", role: VIEWER) { ... on Member { userId } } }`,
  )
  await act(`changeRole(userId: "${addMember.userId}", role: OPERATOR)`)
  await act(`removeMember(userId: "${addMember.userId}")`)
  await act('createApiKey(name: "Shop", role: OPERATOR)')
  await act('updateAccount(reserveCredits: 40)')
  await act('updateAccount(reserveCredits: 40)')
  await act('setQuietHours(input: { marketingPerDay: 2, marketing: { opens: "09:00", closes: "17:30" } })')
  await act('updateInboxSettings(input: { helpContact: "555 0100" })')
  await act(
    'grantConsent(input: { phone: "+12125550123", purposes: [MARKETING], level: EXPRESS, method: VERBAL, source: "desk" })',
  )

  const seen = (await entries()).filter(({ actor }) => actor === 'PERSON')

  expect(seen.map(({ words }) => words)).toEqual([
    expect.stringContaining('Wrote down consent'),
    'Changed how texts are answered by themselves',
    'Set the quiet hours',
    'Changed the settings of the account',
    'Made the API key “Shop”',
    'Removed Ann',
    'Made Ann operator',
    'Added Ann as viewer',
  ])
  expect(new Set(seen.map(({ actorName }) => actorName))).toEqual(new Set(['Owner']))
  expect(seen[3]?.details).toEqual([{ name: 'reserve credits', value: '0 → 40' }])
  expect(seen[2]?.details).toContainEqual({ name: 'marketing', value: '09:00 to 17:30' })
  expect(JSON.stringify(seen)).not.toContain('+12125550123')
})

test('a correction of credits is told with its reason, as done by the platform', async () => {
  const { accountId } = account
  await inTransaction(server.app.db, { name: 'test.adjust', accountId }, (tx) =>
    adjustCredits(tx, {
      ...{ accountId, credits: 25, key: 'sorry-1', reason: 'an apology' },
      ...{ actor: `admin:${account.owner.userId}`, now: server.app.clock.now().toJSDate() },
    }),
  )

  const [entry] = await entries({ kinds: ['CREDITS'] })

  expect(entry).toMatchObject({ actor: 'PLATFORM', actorName: null, words: 'Moved credits' })
  expect(entry?.details).toContainEqual({ name: 'reason', value: 'an apology' })
  expect(entry?.details).toContainEqual({ name: 'moved', value: 'grant 25' })
})

test('a stop names the administration and its reason; what the program does names nobody', async () => {
  const admin = server.as((await makeAdmin(server.app)).token)
  for (const mutation of ['stopSending(accountId: $id, reason: "a call") ', 'resumeSending(accountId: $id)'])
    await admin.data(`mutation ($id: ID!) { ${mutation} { __typename } }`, { id: account.accountId })

  const [resumed, stopped, ...before] = await entries({ kinds: ['SENDING'] })

  expect(resumed).toMatchObject({ words: 'The account may send', actor: 'PLATFORM' })
  expect(stopped).toMatchObject({ words: 'The account may not send', actor: 'PLATFORM' })
  expect(stopped?.details).toEqual([{ name: 'reason', value: 'a call' }])
  expect(before.map(({ actor }) => actor)).toEqual(before.map(() => 'UNKNOWN'))
})

test('how fast an account may text is told as a setting that the platform changed, once', async () => {
  const admin = server.as((await makeAdmin(server.app)).token)
  const settings = `mutation ($id: ID!) { setTextRate(accountId: $id, perHour: 250) { __typename } }`
  for (const variables of [{ id: account.accountId }, { id: account.accountId }])
    await admin.data(settings, variables)

  const told = (await entries({ kinds: ['SETTINGS'] })).filter(({ actor }) => actor === 'PLATFORM')

  expect(told).toMatchObject([
    {
      words: 'Changed the settings of the account',
      details: [{ name: 'single texts an hour', value: '100 → 250' }],
    },
  ])
})

test('pages follow each other without a gap or a repeat, and filters hold on each of them', async () => {
  const whole = await entries()
  const paged: Entry[] = []
  let after: string | null = null
  for (;;) {
    const { accountHistory }: Answer = await history({ first: 3, after })
    paged.push(...accountHistory.edges.map(({ node }) => node))
    if (!accountHistory.pageInfo.hasNextPage) break
    after = accountHistory.pageInfo.endCursor
  }

  expect(paged).toEqual(whole)
  expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length)
  const members = await entries({ kinds: ['MEMBERS'], userId: account.owner.userId })
  expect(members.map(({ words }) => words)).toEqual([
    'Removed Ann',
    'Made Ann operator',
    'Added Ann as viewer',
  ])
})

test('only owners see it, and nothing of another account is in it', async () => {
  const operator = await makeMember(server.app, account.accountId, 'operator')
  const refused = await server.as(operator.token).send(HISTORY)
  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')

  const other = await makeAccount(server.app, 'Other')
  const { accountHistory } = await history({ userId: account.owner.userId }, other.owner.token)
  expect(accountHistory.edges).toEqual([])
})

test('nobody changes the history afterwards', async () => {
  for (const change of [
    `update account_change set actor = 'x'`,
    'delete from account_change',
    'truncate account_change',
  ])
    await expect(readQuery(server.app.db, `/* test */ ${change}`)).rejects.toThrow('append-only')
})
