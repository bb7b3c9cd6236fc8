import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { campaignDeps } from '../../src/app/slice-deps.js'
import { prepareAudiences } from '../../src/slices/campaigns/index.js'
import { createContact } from '../../src/slices/contacts/index.js'
import { aLot } from '../support/builders/credits.js'
import { somePhones, theyAgree } from '../support/builders/messages.js'
import { eventually } from '../support/eventually.js'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeMember, signInAs, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount
let owner: GraphqlClient
let token: string

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app, 'Acme')
  const phones = somePhones(3)
  for (const phone of phones) await createContact(server.app, account.accountId, { phone, firstName: 'Ida' })
  await theyAgree(server.app.db, account.accountId, phones)
  await aLot(server.app.db, account.accountId, 100)
  token = await signInAs(server.app, account.owner.email)
  owner = server.as(token)
})

afterAll(() => server.stop())

type Data = Record<string, Record<string, unknown>>

async function ask(client: GraphqlClient, query: string, variables: object = {}): Promise<Data> {
  const answer = await client.send(query, variables as Record<string, unknown>)
  expect(answer.errors).toBeUndefined()
  return answer.data as Data
}

const REFUSAL = '... on Refused { reason message remedy }'

async function aDraft(client = owner): Promise<string> {
  const made = await ask(
    client,
    `mutation { createCampaign(input: { name: "Spring", template: "Hi {{first_name|there}}" }) { ... on Campaign { id } ${REFUSAL} } }`,
  )
  return made['createCampaign']!['id'] as string
}

const QUOTE = `mutation ($id: ID!) { quoteCampaign(campaignId: $id) { ... on CampaignQuote {
  id audienceSize recipients credits segmentsMin segmentsMax isStale shortfallCredits countries { country credits } skipped { reason recipients }
} ${REFUSAL} } }`
const START = `mutation ($id: ID!, $quote: ID!, $key: IdempotencyKey!) { startCampaign(campaignId: $id, quoteId: $quote, idempotencyKey: $key) {
  ... on Campaign { id state capCredits } ${REFUSAL} } }`

async function start(id: string): Promise<string> {
  const quote = (await ask(owner, QUOTE, { id }))['quoteCampaign']!['id'] as string
  await ask(owner, START, { id, quote, key: `start-${id}` })
  return quote
}

test('a campaign goes from draft to quote to start, and its progress is shown', async () => {
  const id = await aDraft()
  const quoted = (await ask(owner, QUOTE, { id }))['quoteCampaign']!
  expect(quoted).toMatchObject({
    audienceSize: 3,
    recipients: 3,
    credits: 3,
    isStale: false,
    shortfallCredits: 0,
    countries: [{ country: 'US', credits: 3 }],
    skipped: [],
  })

  const variables = { id, quote: quoted['id'], key: 'start-one-campaign' }
  const started = await ask(owner, START, variables)
  expect(started['startCampaign']).toEqual({ id, state: 'RUNNING', capCredits: 3 })
  expect(await ask(owner, START, variables)).toEqual(started)
  await prepareAudiences(campaignDeps(server.app))

  const shown = await ask(
    owner,
    `query ($id: ID!) {
       campaign(id: $id) { state quoteId audience { tags importId } progress { audienceSize pending unprepared nextPlace ratePerSecond } failures { words } }
       campaignRecipients(campaignId: $id, first: 2) { edges { node { place state } } pageInfo { hasNextPage } }
       campaigns(states: [RUNNING], first: 10) { edges { node { id } } }
       campaignQuote(campaignId: $id) { id isStale }
     }`,
    { id },
  )
  expect(shown).toMatchObject({
    campaign: {
      state: 'RUNNING',
      quoteId: quoted['id'],
      progress: { audienceSize: 3, pending: 3, unprepared: 0, nextPlace: 1 },
      failures: [],
    },
    campaignRecipients: {
      edges: [{ node: { place: 1, state: 'PENDING' } }, { node: { place: 2, state: 'PENDING' } }],
      pageInfo: { hasNextPage: true },
    },
    campaigns: { edges: [{ node: { id } }] },
    campaignQuote: { id: quoted['id'], isStale: false },
  })
})

test('what is wrong is answered as a refusal that says what to do', async () => {
  const refused = await ask(
    owner,
    `mutation { createCampaign(input: { name: "x", template: "Hi {{frist_name}}" }) { ... on Campaign { id } ${REFUSAL} } }`,
  )
  expect(refused['createCampaign']).toMatchObject({
    reason: 'field-unknown',
    message: 'Character 4: There is no field "frist_name".',
  })

  const id = await aDraft()
  const started = await ask(owner, START, { id, quote: id, key: 'start-without-quote' })
  expect(started['startCampaign']).toMatchObject({ reason: 'quote-not-found' })
  const paused = await ask(
    owner,
    `mutation ($id: ID!) { pauseCampaign(campaignId: $id) { ... on CampaignDrain { inFlight } ${REFUSAL} } }`,
    { id },
  )
  expect(paused['pauseCampaign']).toMatchObject({ reason: 'not-started' })
})

test('whoever follows the campaigns hears of a new one and of each change of state, once, in order, and of their own only', async () => {
  const FOLLOW =
    'subscription ($after: EventSeq) { campaignEvents(afterSeq: $after) { seq kind campaignId state } }'
  const stranger = (await makeAccount(server.app, 'Elsewhere')).owner.token
  const elsewhere = await server.socket(stranger)
  const overheard = elsewhere.run(FOLLOW, { after: 0 })
  const socket = await server.socket(token)
  const { eventPosition } = await owner.data<{ eventPosition: number }>('{ eventPosition }')
  const stream = socket.run(FOLLOW, { after: eventPosition })

  const id = await aDraft()
  await start(id)

  const heard = (): Record<string, unknown>[] =>
    stream.received
      .map((result) => result.data?.['campaignEvents'] as Record<string, unknown>)
      .filter((event) => event['campaignId'] === id)
  await eventually(() => heard().some(({ state }) => state === 'RUNNING'), { what: 'the start' })
  expect(
    heard()
      .filter(({ kind }) => kind === 'state')
      .map(({ state }) => state),
  ).toEqual(['DRAFT', 'RUNNING'])
  const seqs = heard().map(({ seq }) => Number(seq))
  expect(seqs).toEqual([...new Set(seqs)].toSorted((one, other) => one - other))
  const first = heard()[0]
  const again = socket.run(FOLLOW, { after: first?.['seq'] })
  expect((await again.next()).data).toMatchObject({ campaignEvents: { seq: seqs[1] } })
  const theirs = await aDraft(server.as(stranger))
  expect((await overheard.next()).data).toMatchObject({
    campaignEvents: { campaignId: theirs, state: 'DRAFT' },
  })
  elsewhere.close()
  socket.close()
})

test('whoever follows a campaign gets where it stands, and then each change', async () => {
  const id = await aDraft()
  const socket = await server.socket(token)
  const stream = socket.run(
    `subscription ($id: ID!) { campaignProgress(campaignId: $id) { state audienceSize pending pause { reason remedy } } }`,
    { id },
  )
  const states = (): unknown[] => stream.received.map((result) => result.data?.['campaignProgress'])

  expect((await stream.next()).data).toEqual({
    campaignProgress: { state: 'DRAFT', audienceSize: 0, pending: 0, pause: null },
  })
  await start(id)
  await eventually(() => states().some((state) => JSON.stringify(state).includes('RUNNING')), {
    what: 'the start is shown',
  })
  await ask(
    owner,
    `mutation ($id: ID!) { pauseCampaign(campaignId: $id) { ... on CampaignDrain { inFlight drainedBy campaign { state } } } }`,
    { id },
  )
  await eventually(() => states().some((state) => JSON.stringify(state).includes('BY_USER')), {
    what: 'the pause is shown',
  })
  expect(states().at(-1)).toMatchObject({
    state: 'PAUSED',
    audienceSize: 3,
    pending: 3,
    pause: { reason: 'BY_USER' },
  })
  socket.close()
})

test('a viewer sees how a campaign goes, but neither numbers nor texts, and changes nothing', async () => {
  const id = await aDraft()
  await start(id)
  const member = await makeMember(server.app, account.accountId, 'viewer')
  const viewer = server.as(await signInAs(server.app, member.email))

  const shown = await ask(
    viewer,
    `query ($id: ID!) {
       campaignRecipients(campaignId: $id) { edges { node { phone } } }
       previewTemplate(input: { template: "Hi {{first_name}}" }) { ... on TemplatePreview { samples { body segments } } }
     }`,
    { id },
  )
  const [first] = (shown['campaignRecipients'] as { edges: { node: { phone: string } }[] }).edges
  expect(first!.node.phone).toMatch(/^\+1…\d{4}$/)
  expect(shown['previewTemplate']!['samples']).toContainEqual({ body: null, segments: 1 })
  const answer = await viewer.send(`mutation ($id: ID!) { cancelCampaign(campaignId: $id) { __typename } }`, {
    id,
  })
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
})

test('a test text is queued once per key and refused without consent', async () => {
  const id = await aDraft()
  const [stranger = ''] = somePhones(1)
  const contact = await createContact(server.app, account.accountId, { phone: stranger })
  if (!contact.ok) throw new Error(contact.reason)
  const send = (key: string) =>
    ask(
      owner,
      `mutation ($id: ID!, $phone: ShortText, $key: IdempotencyKey!) {
         sendTestMessage(campaignId: $id, phone: $phone, idempotencyKey: $key) { ... on TestMessage { messageId } ${REFUSAL} } }`,
      { id, phone: stranger, key },
    )

  expect((await send('test-text-1'))['sendTestMessage']).toMatchObject({
    reason: 'may-not-text',
    message: 'There is no consent of the person for this kind of text.',
  })
  await theyAgree(server.app.db, account.accountId, [stranger])
  const first = await send('test-text-1')
  expect(first['sendTestMessage']).toMatchObject({ messageId: expect.any(String) })
  expect(await send('test-text-1')).toEqual(first)
})

test('an audience from an import that the account does not have is refused, in a draft and in a preview', async () => {
  const importId = '019a0000-0000-7000-8000-000000000001'
  const drafted = await ask(
    owner,
    `mutation ($importId: ID!) { createCampaign(input: { name: "Spring", template: "Hi", audience: { importId: $importId } }) { ${REFUSAL} } }`,
    { importId },
  )
  expect(drafted['createCampaign']).toMatchObject({ reason: 'import-unknown' })
  const previewed = await ask(
    owner,
    `query ($importId: ID!) { previewTemplate(input: { template: "Hi", audience: { importId: $importId } }) { ${REFUSAL} } }`,
    { importId },
  )
  expect(previewed['previewTemplate']).toMatchObject({ reason: 'import-unknown' })
})
