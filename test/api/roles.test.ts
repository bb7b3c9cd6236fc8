import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeAdmin, makeApiKey, makeMember, newEmail, testPassword } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let callers: Record<string, GraphqlClient>
let accountId: string

beforeAll(async () => {
  server = await startTestApp()
  const account = await makeAccount(server.app, 'Acme')
  accountId = account.accountId
  callers = {
    nobody: server.as(),
    viewer: server.as((await makeMember(server.app, account.accountId, 'viewer')).token),
    operator: server.as((await makeMember(server.app, account.accountId, 'operator')).token),
    owner: server.as(account.owner.token),
    'viewer key': server.as(await makeApiKey(server.app, account, 'viewer')),
    'operator key': server.as(await makeApiKey(server.app, account, 'operator')),
    administrator: server.as((await makeAdmin(server.app)).token),
  }
})

afterAll(() => server.stop())

const person = `email: "${newEmail()}", password: "${testPassword}"`
const someId = '00000000-0000-7000-8000-000000000000'
const everybody = ['viewer', 'operator', 'owner', 'viewer key', 'operator key', 'administrator']
const members = ['viewer', 'operator', 'owner', 'viewer key', 'operator key']

/** Each field with an operation that does no harm, and who gets past the guard. */
const matrix: readonly [field: string, operation: string, allowed: readonly string[]][] = [
  ['me', '{ me { isPlatformAdmin } }', everybody],
  ['account', '{ account { id } }', members],
  ['members', '{ members { edges { cursor } } }', members],
  ['apiKeys', '{ apiKeys { edges { cursor } } }', ['owner']],
  ['updateAccount', 'mutation { updateAccount { __typename } }', ['owner']],
  [
    'createApiKey',
    'mutation { createApiKey(name: "x", role: VIEWER, expiresAt: "2001-01-01T00:00:00Z") { __typename } }',
    ['owner'],
  ],
  ['revokeApiKey', `mutation { revokeApiKey(apiKeyId: "${someId}") { __typename } }`, ['owner']],
  [
    'addMember',
    `mutation { addMember(${person.replace(testPassword, 'x')}, name: "x", role: VIEWER) { __typename } }`,
    ['owner'],
  ],
  ['changeRole', `mutation { changeRole(userId: "${someId}", role: VIEWER) { __typename } }`, ['owner']],
  ['removeMember', `mutation { removeMember(userId: "${someId}") { __typename } }`, ['owner']],
  [
    'switchAccount',
    `mutation { switchAccount(accountId: "${someId}") { __typename } }`,
    ['viewer', 'operator', 'owner', 'administrator'],
  ],
  ['emailFallback', '{ emailFallback { enabled } }', members],
  ['emailFallbacks', '{ emailFallbacks { edges { cursor } } }', members],
  ['setEmailFallback', 'mutation { setEmailFallback(enabled: false) { __typename } }', ['owner']],
  ['accounts', '{ accounts { edges { cursor } } }', ['administrator']],
  ['accountById', `{ accountById(accountId: "${someId}") { id } }`, ['administrator']],
  ['platformSending', '{ platformSending { isStopped } }', ['administrator']],
  [
    'createAccount',
    'mutation { createAccount(name: "x", ownerName: "x", ownerEmail: "a@b.cd", ownerPassword: "x") { __typename } }',
    ['administrator'],
  ],
  [
    'linkMember',
    `mutation { linkMember(accountId: "${someId}", email: "a@b.cd", role: OWNER) { __typename } }`,
    ['administrator'],
  ],
  [
    'setSubscription',
    `mutation { setSubscription(accountId: "${someId}", state: ACTIVE) { __typename } }`,
    ['administrator'],
  ],
  [
    'stopSending',
    `mutation { stopSending(accountId: "${someId}", reason: "x") { __typename } }`,
    ['administrator'],
  ],
  [
    'unknownOutcomes',
    '{ unknownOutcomes(states: [UNKNOWN, UNPROVEN, LATE_PROVED]) { edges { node { attemptId } } } }',
    members,
  ],
  ['unknownOutcome', `{ unknownOutcome(attemptId: "${someId}") { attempt } }`, members],
  ['unknownOutcomesOf', '{ unknownOutcomesOf { edges { node { attemptId } } } }', ['administrator']],
  [
    'unknownOutcomeOf',
    `{ unknownOutcomeOf(accountId: "${someId}", attemptId: "${someId}") { attempt } }`,
    ['administrator'],
  ],
  [
    'decideUnknownOutcome',
    `mutation { decideUnknownOutcome(accountId: "${someId}", attemptId: "${someId}", decision: CHARGE, reason: "x", idempotencyKey: "roles-matrix-1") { __typename } }`,
    ['administrator'],
  ],
  ['accountHistory', '{ accountHistory { edges { node { id } } } }', ['owner']],
  [
    'previewReply',
    `{ previewReply(conversationId: "${someId}", body: "x") { isQuiet } }`,
    ['operator', 'owner', 'operator key'],
  ],
  ['resumeSending', `mutation { resumeSending(accountId: "${someId}") { __typename } }`, ['administrator']],
]

test.each(matrix)('%s is for exactly those who may', async (_field, operation, allowed) => {
  const admitted: string[] = []
  for (const [name, client] of Object.entries(callers)) {
    const { errors } = await client.send(operation)
    const code = errors?.[0]?.extensions.code
    if (code === undefined) admitted.push(name)
    else expect([name, code]).toEqual([name, name === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN'])
  }

  expect(admitted.sort()).toEqual([...allowed].sort())
})

test('a credential that does not hold refuses the whole request with 401', async () => {
  const answer = await server.as(`tg_ses_${'x'.repeat(43)}`).send('{ __typename }')

  expect(answer.status).toBe(401)
  expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})

test('a person signs in over the API, uses the token, signs out, and the token is over', async () => {
  const account = await makeAccount(server.app)
  const { signIn } = await server.as().data<{ signIn: { token: string } }>(
    `mutation ($email: EmailAddress!) {
       signIn(email: $email, password: "${testPassword}") { ... on SignedIn { token accountId } ... on Refused { reason } }
     }`,
    { email: account.owner.email.toUpperCase() },
  )
  const client = server.as(signIn.token)

  const { me } = await client.data<{ me: object }>('{ me { email role account { name maySend } } }')
  await client.data('mutation { signOut { sessionsEnded } }')
  const after = await client.send('{ me { email } }')

  expect(me).toEqual({
    email: account.owner.email,
    role: 'OWNER',
    account: { name: 'Test account', maySend: true },
  })
  expect(after.status).toBe(401)
})

test('a wrong password is a refusal with a way out, not an error', async () => {
  const answer = await server
    .as()
    .data(
      'mutation { signIn(email: "nobody@example.test", password: "x") { ... on Refused { reason message remedy } } }',
    )

  expect(answer).toEqual({
    signIn: { reason: 'wrong-credentials', message: expect.any(String), remedy: expect.any(String) },
  })
})

test('a stop and a lapse of an administrator are seen by the account at once', async () => {
  const admin = callers['administrator']!
  const owner = callers['owner']!
  const state = async () =>
    (await owner.data<{ account: object }>('{ account { maySend sendingStoppedReason } }')).account
  const act = (mutation: string) => admin.data(`mutation { ${mutation} { ... on Refused { reason } } }`)

  await act(`stopSending(accountId: "${accountId}", reason: "investigation")`)
  const stopped = await state()
  await act(`resumeSending(accountId: "${accountId}")`)
  await act(`setSubscription(accountId: "${accountId}", state: PAST_DUE)`)
  const lapsed = await state()
  await act(`setSubscription(accountId: "${accountId}", state: ACTIVE)`)
  const active = await state()

  expect(stopped).toEqual({ maySend: false, sendingStoppedReason: 'investigation' })
  expect(lapsed).toEqual({ maySend: false, sendingStoppedReason: null })
  expect(active).toEqual({ maySend: true, sendingStoppedReason: null })
})

test('the whole key appears in the answer that makes it and nowhere after', async () => {
  const owner = callers['owner']!
  const made = await owner.data<{ createApiKey: { key: string } }>(
    'mutation { createApiKey(name: "CI", role: OPERATOR) { ... on ApiKeyCreated { key apiKey { id prefix } } } }',
  )

  const listed = await owner.send('{ apiKeys { edges { node { id name prefix role } } } }')

  expect(listed.text).toContain(made.createApiKey.key.slice(8, 16))
  expect(listed.text).not.toContain(made.createApiKey.key.slice(17))
})

test('pages of a list meet without gap or overlap, and a foreign cursor is refused', async () => {
  const account = await makeAccount(server.app)
  for (let count = 0; count < 4; count += 1) await makeApiKey(server.app, account)
  const client = server.as(account.owner.token)
  const page = `query ($after: String) { apiKeys(first: 3, after: $after) { edges { node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`
  interface Keys {
    apiKeys: {
      edges: { node: { id: string } }[]
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string }
    }
  }

  const first = (await client.data<Keys>(page)).apiKeys
  const second = (await client.data<Keys>(page, { after: first.pageInfo.endCursor })).apiKeys

  expect(first.edges).toHaveLength(3)
  expect(second.edges).toHaveLength(1)
  expect(new Set([...first.edges, ...second.edges].map((edge) => edge.node.id)).size).toBe(4)
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  expect([first.pageInfo.hasPreviousPage, second.pageInfo.hasPreviousPage]).toEqual([false, true])
  const foreign = `{ members(after: "${first.pageInfo.endCursor}") { edges { cursor } } }`
  expect(await client.errorCode(foreign)).toBe('BAD_USER_INPUT')
  expect(await client.errorCode('{ members(after: "nonsense") { edges { cursor } } }')).toBe('BAD_USER_INPUT')
  expect(await client.errorCode('{ members(first: 201) { edges { cursor } } }')).toBe('BAD_USER_INPUT')
})
