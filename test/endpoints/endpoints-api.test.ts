import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { changeRole } from '../../src/slices/accounts/index.js'
import { makeAccount, makeApiKey, makeMember, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app, 'Acme')
})

afterAll(() => server.stop())

const CREATE = `mutation ($url: String!, $types: [String!]!) { createWebhookEndpoint(url: $url, eventTypes: $types) {
  ... on WebhookEndpointCreated { secret endpoint { id url enabled eventTypes } } ... on Refused { reason } } }`
const LIST = '{ webhookEndpoints { id url description eventTypes enabled disabled { reason } waiting } }'

test('the secret of an endpoint is in the answer that makes it, and in no later one, nor in the history', async () => {
  const owner = server.as(account.owner.token)
  const made = await owner.send(CREATE, { url: 'https://example.com/hooks', types: ['reply.received'] })
  const [secret = 'none'] = /whsec_[A-Za-z0-9+/=]+/.exec(made.text) ?? []
  expect(secret).toMatch(/^whsec_/)
  const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(made.text) ?? []

  const tested = await owner.send(
    'mutation ($id: ID!) { sendTestEvent(endpointId: $id) { ... on WebhookDelivery { id state body } } }',
    { id },
  )
  expect(tested.text).toContain('webhook.test')
  const later = [
    await owner.send(LIST),
    await owner.send(
      'query ($id: ID!) { webhookDeliveries(endpointId: $id, first: 5) { edges { node { body attempts { n } } } } }',
      { id },
    ),
    await owner.send('{ accountHistory(first: 20) { edges { node { words details { name value } } } } }'),
  ]
  expect(later[0]?.text).toContain('https://example.com/hooks')
  for (const { text } of later) expect(text).not.toContain('whsec_')
  for (const { text } of later) expect(text).not.toContain(secret.slice(6, 30))
})

test('address, description and events of an endpoint are changed, and what is left out stays', async () => {
  const owner = server.as(account.owner.token)
  const made = await owner.send(CREATE, { url: 'https://example.com/before', types: ['reply.received'] })
  const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(made.text) ?? []
  const change = async (fields: string): Promise<unknown> => {
    await owner.send(`mutation ($id: ID!) { updateWebhookEndpoint(endpointId: $id, ${fields}) { __typename } }`, { id }) // prettier-ignore
    const { webhookEndpoints } = await owner.data<{ webhookEndpoints: { id: string }[] }>(LIST)
    return webhookEndpoints.find((endpoint) => endpoint.id === id)
  }

  const described = {
    description: 'Front desk',
    url: 'https://example.com/before',
    eventTypes: ['reply.received'],
  }
  expect(await change('description: "Front desk"')).toMatchObject(described)
  const moved = {
    ...described,
    url: 'https://example.com/after',
    eventTypes: ['campaign.paused'],
    enabled: true,
  }
  expect(await change('url: "https://example.com/after", eventTypes: ["campaign.paused"]')).toMatchObject(
    moved,
  )
  expect(await change('enabled: false')).toMatchObject({ ...moved, enabled: false })
})

test('endpoints are for owners: no operator, viewer or key sees or makes one', async () => {
  const tokens = [
    (await makeMember(server.app, account.accountId, 'operator')).token,
    (await makeMember(server.app, account.accountId, 'viewer')).token,
    await makeApiKey(server.app, account, 'operator'),
  ]
  for (const token of tokens)
    for (const query of [LIST, 'mutation { rollWebhookSecret(endpointId: "x") { __typename } }'])
      expect((await server.as(token).send(query)).text).toContain('FORBIDDEN')
})

test.each([
  ['ftp://example.com/', ['reply.received'], 'url-not-https'],
  ['https://example.com/', [], 'no-event-types'],
  ['https://example.com/', ['no.such.event'], 'unknown-event-type'],
])('%s with %j is refused: %s', async (url, types, reason) => {
  const answer = await server.as(account.owner.token).send(CREATE, { url, types })
  expect(answer.text).toContain(`"reason":"${reason}"`)
})

test('an account has ten endpoints at most', async () => {
  const other = await makeAccount(server.app, 'Ten')
  const owner = server.as(other.owner.token)
  const variables = { url: 'https://example.com/', types: ['reply.received'] }
  const answers = await Promise.all(Array.from({ length: 12 }, () => owner.send(CREATE, variables)))
  expect(answers.filter(({ text }) => text.includes('whsec_'))).toHaveLength(10)
  expect(answers.filter(({ text }) => text.includes('too-many-endpoints'))).toHaveLength(2)
})

const LOG = 'subscription Log($id: ID!) { webhookLog(endpointId: $id) { waiting delivered failed } }'

async function anEndpointOf(owner: TestAccount): Promise<string> {
  const made = await server
    .as(owner.owner.token)
    .send(CREATE, { url: 'https://example.com/hooks', types: ['reply.received'] })
  const [id = 'none'] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(made.text) ?? []
  return id
}

test('an owner who is one no longer hears nothing more of a delivery log', async () => {
  const other = await makeAccount(server.app, 'Two owners')
  const second = await makeMember(server.app, other.accountId, 'owner')
  const id = await anEndpointOf(other)
  const socket = await server.socket(second.token)
  const stream = socket.run(LOG, { id })
  expect((await stream.next()).data).toEqual({ webhookLog: { waiting: 0, delivered: 0, failed: 0 } })

  await changeRole(server.app, { accountId: other.accountId, userId: second.userId, role: 'operator' })

  expect((await socket.closed).code).toBe(4403)
  const heard = stream.received.length
  const again = await server.socket(second.token)
  expect((await again.run(LOG, { id }).next()).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  await server
    .as(other.owner.token)
    .send('mutation ($id: ID!) { sendTestEvent(endpointId: $id) { __typename } }', { id })
  expect(stream.received).toHaveLength(heard)
  again.close()
})

test('a delivery is read alone, with what was sent, by the owners of its account', async () => {
  const id = await anEndpointOf(account)
  const ONE = 'query ($id: ID!) { webhookDelivery(deliveryId: $id) { id type state body attempts { n } } }'
  const { sendTestEvent: sent } = await server
    .as(account.owner.token)
    .data<{ sendTestEvent: { id: string } }>(
      'mutation ($id: ID!) { sendTestEvent(endpointId: $id) { ... on WebhookDelivery { id } } }',
      { id },
    )
  const other = await makeAccount(server.app, 'Curious')

  const own = await server.as(account.owner.token).data<{ webhookDelivery: { body: string } }>(ONE, sent)

  expect(own).toMatchObject({ webhookDelivery: { id: sent.id, type: 'webhook.test', attempts: [] } })
  expect(JSON.parse(own.webhookDelivery.body)).toMatchObject({
    type: 'webhook.test',
    accountId: account.accountId,
  })
  expect(await server.as(other.owner.token).data(ONE, sent)).toEqual({ webhookDelivery: null })
  const operator = await makeMember(server.app, account.accountId, 'operator')
  expect(await server.as(operator.token).errorCode(ONE, sent)).toBe('FORBIDDEN')
})

test("a partner's key reaches no endpoint, also with an operation that was registered for it", async () => {
  const other = await makeAccount(server.app, 'Partners')
  const owner = server.as(other.owner.token)
  const id = await anEndpointOf(other)
  const { createApiKey: made } = await owner.data<{
    createApiKey: { key: string; apiKey: { id: string } }
  }>(
    `mutation { createApiKey(name: "Partner", role: OPERATOR, operationsOnly: true) {
       ... on ApiKeyCreated { key apiKey { id } } } }`,
  )
  const documents = [
    'query Hooks { webhookEndpoints { id url } }',
    `query Sent { webhookDeliveries(endpointId: "${id}", first: 5) { edges { node { id body } } } }`,
    `mutation Roll { rollWebhookSecret(endpointId: "${id}") { ... on WebhookSecretRolled { secret } } }`,
    `mutation Make { createWebhookEndpoint(url: "https://example.com/", eventTypes: ["reply.received"]) { ... on WebhookEndpointCreated { secret } } }`,
  ]
  const registered = await owner.send(
    `mutation ($id: ID!, $documents: [String!]!) { registerOperations(apiKeyId: $id, documents: $documents) {
       ... on ApiKey { id } ... on Refused { reason } } }`,
    { id: made.apiKey.id, documents },
  )
  expect(registered.text).toContain(made.apiKey.id)

  for (const document of documents) {
    const sha256Hash = createHash('sha256').update(document).digest('hex')
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${made.key}` },
      body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    })
    const text = await response.text()
    expect(text).toContain('FORBIDDEN')
    expect(text).not.toMatch(/whsec_|example\.com/)
  }
  const list = await owner.data<{ webhookEndpoints: { id: string }[] }>(LIST)
  expect(list.webhookEndpoints.map((one) => one.id)).toEqual([id])
})
