import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { createContact } from '../../src/slices/contacts/index.js'
import { theyAgree } from '../support/builders/messages.js'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeAdmin, makeMember, type Person, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount
let root: Person
let admin: GraphqlClient
let owner: GraphqlClient
let operator: GraphqlClient
let viewer: GraphqlClient

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
  root = await makeAdmin(server.app)
  admin = server.as(root.token)
  owner = server.as(account.owner.token)
  operator = server.as((await makeMember(server.app, account.accountId, 'operator')).token)
  viewer = server.as((await makeMember(server.app, account.accountId, 'viewer')).token)
})
afterAll(() => server.stop())

type Data = Record<string, Record<string, unknown> | null>
const SETTINGS = `transactional { opens closes isOwn } marketing { opens closes isOwn } holidays marketingPerDay waiver`
const RESULT = `{ ... on QuietHoursSettings { ${SETTINGS} } ... on Refused { reason message remedy } }`
const SET = `mutation ($input: QuietHoursInput!) { setQuietHours(input: $input) ${RESULT} }`
const WAIVE = `mutation ($id: ID!, $reason: ShortText) { waiveQuietHours(accountId: $id, reason: $reason) ${RESULT} }`

async function set(input: object): Promise<unknown> {
  return (await owner.data<Data>(SET, { input }))['setQuietHours']
}

async function waive(reason: string | null, id: string = account.accountId): Promise<unknown> {
  return (await admin.data<Data>(WAIVE, { id, reason }))['waiveQuietHours']
}

test('only an administrator lifts the hours, with a reason of their own words that is kept, and puts them back', async () => {
  const id = account.accountId
  for (const member of [owner, operator, viewer])
    expect(await member.errorCode(WAIVE, { id, reason: 'we are in a hurry' })).toBe('FORBIDDEN')
  expect(await admin.errorCode(WAIVE, { id, reason: '  ' })).toBe('BAD_USER_INPUT')
  expect(await waive('a rehearsal', newId())).toMatchObject({ reason: 'not-found' })

  expect(await waive('a rehearsal')).toMatchObject({ waiver: 'a rehearsal' })
  expect(await waive(null)).toMatchObject({ waiver: null })
  const kept = await readQuery(
    server.app.db,
    '/* test */ select actor, reason from quiet_hours_event where account_id = $1 order by id offset 1',
    [id],
  )
  expect(kept).toEqual([
    { actor: `admin:${root.userId}`, reason: 'a rehearsal' },
    { actor: `admin:${root.userId}`, reason: null },
  ])
})

test('the owner sets the hours, everybody of the account sees them, and what is left out stays', async () => {
  for (const member of [operator, viewer])
    expect(await member.errorCode(SET, { input: { marketingPerDay: 1 } })).toBe('FORBIDDEN')
  expect(await set({ marketing: { opens: '08:00', closes: '21:00' } })).toMatchObject({
    reason: 'marketing-too-wide',
    remedy: 'Choose hours within these.',
  })
  await set({ marketing: { opens: '10:00', closes: '18:30' }, holidays: ['2026-12-24'], marketingPerDay: 2 })
  await set({ transactional: { opens: '07:00', closes: '24:00' } })

  expect(await viewer.data<Data>(`{ quietHours { ${SETTINGS} } }`)).toEqual({
    quietHours: {
      transactional: { opens: '07:00', closes: '24:00', isOwn: true },
      marketing: { opens: '10:00', closes: '18:30', isOwn: true },
      holidays: ['2026-12-24'],
      marketingPerDay: 2,
      waiver: null,
    },
  })
  expect(await set({ transactional: null, marketing: null, holidays: [], marketingPerDay: 3 })).toEqual({
    transactional: { opens: '08:00', closes: '22:00', isOwn: false },
    marketing: { opens: '08:00', closes: '20:00', isOwn: false },
    holidays: [],
    marketingPerDay: 3,
    waiver: null,
  })
})

const HISTORY = `query ($first: Int, $after: String) { quietHoursHistory(first: $first, after: $after) {
  edges { node { at actor reason changed before { ${SETTINGS} } settings { ${SETTINGS} } } } pageInfo { hasNextPage endCursor } } }`

interface History {
  quietHoursHistory: {
    edges: { node: Record<string, unknown> }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

test('the history names who changed what and when, newest first, page by page, to members of the account alone', async () => {
  const other = await makeAccount(server.app, 'With a past')
  const [theirs, stranger] = [server.as(other.owner.token), owner]
  await theirs.data(SET, { input: { marketingPerDay: 2 } })
  await theirs.data(SET, {
    input: { marketing: { opens: '10:00', closes: '18:00' }, holidays: ['2026-12-24'] },
  })
  await waive('a rehearsal', other.accountId)

  const all = (await theirs.data<History>(HISTORY)).quietHoursHistory.edges.map(({ node }) => node)
  const [waived, widened, capped] = all
  expect(waived).toMatchObject({
    actor: `admin:${root.userId}`,
    reason: 'a rehearsal',
    changed: ['waiver'],
    before: { waiver: 'a test', marketingPerDay: 2 },
    settings: { waiver: 'a rehearsal', marketingPerDay: 2 },
  })
  expect(widened).toMatchObject({
    actor: `user:${other.owner.userId}`,
    reason: null,
    before: { marketing: { opens: '08:00', closes: '20:00', isOwn: false }, holidays: [] },
    settings: { marketing: { opens: '10:00', closes: '18:00', isOwn: true }, holidays: ['2026-12-24'] },
  })
  expect(widened!['changed']).toEqual(expect.arrayContaining(['marketing', 'holidays']))
  expect(capped).toMatchObject({ before: { marketingPerDay: 3 }, settings: { marketingPerDay: 2 } })

  const paged: unknown[] = []
  let after: string | null = null
  do {
    const page: History = await theirs.data<History>(HISTORY, { first: 1, after })
    paged.push(...page.quietHoursHistory.edges.map(({ node }) => node))
    const { hasNextPage, endCursor } = page.quietHoursHistory.pageInfo
    after = hasNextPage ? endCursor : null
  } while (after !== null)
  expect(paged).toEqual(all)
  expect(JSON.stringify(await stranger.data<History>(HISTORY))).not.toContain(other.owner.userId)
})

async function aPerson(phone: string): Promise<string> {
  const made = await createContact(server.app, account.accountId, { phone, firstName: 'Ida' })
  if (!made.ok) throw new Error(made.reason)
  await theyAgree(server.app.db, account.accountId, [phone])
  return made.contact.id
}

// 09:30 in New York and 06:30 in Los Angeles, in winter.
const MORNING = '2026-03-03T14:30:00Z'

test('one contact is told apart by zone, rule and clock; one of another account is nobody', async () => {
  const contactId = await aPerson('+13105550123')
  const FOR = `query ($contactId: ID!, $purpose: MessagePurpose!) { quietHoursFor(contactId: $contactId, purpose: $purpose, at: "${MORNING}") {
    zones regions source isOpen opensAt opensAtLocal why } }`
  expect(await viewer.data<Data>(FOR, { contactId, purpose: 'MARKETING' })).toEqual({
    quietHoursFor: {
      zones: ['America/Los_Angeles'],
      regions: ['CA'],
      source: 'number',
      isOpen: false,
      opensAt: '2026-03-03T17:00:00.000Z',
      opensAtLocal: ['2026-03-03 09:00 America/Los_Angeles'],
      why: expect.stringMatching(
        /^It was 2026-03-03 06:30 in America\/Los_Angeles; marketing texts go there from 09:00 to 20:00 \(CA: .+\)\.$/,
      ),
    },
  })
  const stranger = server.as((await makeAccount(server.app, 'Another')).owner.token)
  expect(await stranger.data<Data>(FOR, { contactId, purpose: 'TRANSACTIONAL' })).toEqual({
    quietHoursFor: null,
  })
})

test('a campaign is told when its recipients can be texted, and why some of them later', async () => {
  await aPerson('+12125550123')
  await aPerson('+12125550124')
  const made = await owner.data<{ createCampaign: { id: string } }>(
    'mutation { createCampaign(input: { name: "Spring", template: "Hi {{first_name|there}}" }) { ... on Campaign { id } } }',
  )
  const { id } = made.createCampaign
  const simulated = await viewer.data<Data>(
    `query ($id: ID!) { simulateCampaignHours(campaignId: $id, startAt: "${MORNING}") {
       startAt recipients openAtStart lastOpensAt neverOpen otherRecipients groups { recipients regions isOpen opensAt why } } }`,
    { id },
  )
  expect(simulated['simulateCampaignHours']).toEqual({
    startAt: '2026-03-03T14:30:00.000Z',
    recipients: 3,
    openAtStart: 2,
    lastOpensAt: '2026-03-03T17:00:00.000Z',
    neverOpen: 0,
    otherRecipients: 0,
    groups: [
      { recipients: 2, regions: ['NY'], isOpen: true, opensAt: '2026-03-03T14:30:00.000Z', why: null },
      {
        recipients: 1,
        regions: ['CA'],
        isOpen: false,
        opensAt: '2026-03-03T17:00:00.000Z',
        why: expect.stringContaining('06:30 in America/Los_Angeles'),
      },
    ],
  })
})

test('an audience and a purpose are told the same without a campaign; what is no audience is refused', async () => {
  const SIMULATE = `query ($audience: CampaignAudienceInput!, $purpose: MessagePurpose!) {
    simulateAudienceHours(audience: $audience, purpose: $purpose, startAt: "${MORNING}") {
      ... on HoursSimulation { startAt recipients openAtStart lastOpensAt groups { recipients regions isOpen } }
      ... on Refused { reason remedy } } }`
  const ask = async (who: GraphqlClient, audience: object, purpose = 'MARKETING') =>
    (await who.data<Data>(SIMULATE, { audience, purpose }))['simulateAudienceHours']
  expect(await ask(viewer, {})).toEqual({
    startAt: '2026-03-03T14:30:00.000Z',
    recipients: 3,
    openAtStart: 2,
    lastOpensAt: '2026-03-03T17:00:00.000Z',
    groups: [
      { recipients: 2, regions: ['NY'], isOpen: true },
      { recipients: 1, regions: ['CA'], isOpen: false },
    ],
  })
  // Nobody agreed to these, and nobody has this tag.
  expect(await ask(viewer, {}, 'TRANSACTIONAL')).toMatchObject({ recipients: 0, groups: [] })
  expect(await ask(viewer, { tags: ['nobody'] })).toMatchObject({ recipients: 0, lastOpensAt: null })
  expect(await ask(viewer, { importId: newId() })).toMatchObject({ reason: 'import-unknown' })
  expect(await ask(viewer, { tags: ['x'.repeat(70)] })).toMatchObject({ reason: 'audience-invalid' })
  const stranger = server.as((await makeAccount(server.app, 'A third')).owner.token)
  expect(await ask(stranger, {})).toMatchObject({ recipients: 0 })
})
