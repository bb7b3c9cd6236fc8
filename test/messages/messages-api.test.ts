import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { makeAccount, makeAdmin, makeMember, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import { aLot } from '../support/builders/credits.js'
import { aLane, someMessages, somePhones, theyAgree } from '../support/builders/messages.js'

let server: TestApp
let rig: CarrierRig
let account: TestAccount
let other: TestAccount
let viewer: string
let admin: string
const campaignId = newId<CampaignId>()
const phones = ['+15005330003', '+15005421610', ...somePhones(3)]
let ids: string[]

beforeAll(async () => {
  server = await startTestApp()
  const { db } = server.app
  rig = await startCarrierRig(db)
  account = await makeAccount(server.app)
  other = await makeAccount(server.app, 'Another account')
  viewer = (await makeMember(server.app, account.accountId, 'viewer')).token
  admin = (await makeAdmin(server.app)).token
  await aLot(db, account.accountId, 4)
  await theyAgree(db, account.accountId, phones.slice(0, 4))
  ids = await someMessages(db, account.accountId, phones, { campaignId })
  rig.local.control.askFor('acceptThenDrop')
  rig.local.control.change({ callbacks: { statuses: ['undelivered', 'failed'] } })
  await rig.worker('w1', () => [aLane(account.accountId, campaignId)], 1).runOnce()
  await rig.settleReports()
})
afterAll(async () => {
  await rig.stop()
  await server.stop()
})

const MESSAGES = `query ($first: Int! = 50, $after: String, $campaignId: ID, $states: [MessageState!], $contactId: ID, $since: DateTime) {
  messages(first: $first, after: $after, campaignId: $campaignId, states: $states, contactId: $contactId, since: $since) {
    edges { node { id place phone body state reason failure { code words remedy } delivery { status errorCode errorWords } } }
    pageInfo { hasNextPage endCursor }
  }
}`
interface Node {
  id: string
  place: number
  phone: string
  body: string | null
  state: string
  reason: string | null
  failure: { code: number; words: string } | null
  delivery: { status: string; errorCode: number; errorWords: string } | null
}
interface Messages {
  messages: { edges: { node: Node }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}

async function list(token: string, variables: Record<string, unknown>): Promise<Node[]> {
  const { messages } = await server.as(token).data<Messages>(MESSAGES, variables)
  return messages.edges.map((edge) => edge.node)
}

test('the messages of a campaign come in their frozen order, page by page, each once', async () => {
  const seen: string[] = []
  let after: string | null = null
  for (let page = 0; page < 5; page += 1) {
    const answer: Messages = await server
      .as(account.owner.token)
      .data<Messages>(MESSAGES, { first: 2, after, campaignId })
    seen.push(...answer.messages.edges.map((edge) => edge.node.id))
    if (!answer.messages.pageInfo.hasNextPage) break
    after = answer.messages.pageInfo.endCursor
  }

  expect(seen).toEqual(ids)
  const newest = await list(account.owner.token, {})
  expect(newest.map((node) => node.id)).toEqual([...ids].reverse())
})

test('each message says where it stands and why, in words', async () => {
  const [undelivered, optedOut, , , notAgreed] = await list(account.owner.token, { campaignId })

  expect(undelivered).toMatchObject({
    state: 'ACCEPTED',
    delivery: { status: 'undelivered', errorCode: 30003 },
  })
  expect(undelivered?.delivery?.errorWords).toMatch(/\w+ \w+/)
  expect(optedOut).toMatchObject({ state: 'SUPPRESSED', failure: { code: 21610 } })
  expect(notAgreed).toMatchObject({ state: 'SUPPRESSED', reason: 'consent_missing' })
})

test('filters narrow the list', async () => {
  const token = account.owner.token
  expect(await list(token, { states: ['SUPPRESSED'] })).toHaveLength(2)
  expect(await list(token, { campaignId, states: ['ACCEPTED'] })).toHaveLength(3)
  expect(await list(token, { states: [] })).toHaveLength(0)
  expect(await list(token, { contactId: newId() })).toHaveLength(0)
  expect(await list(token, { contactId: 'not an id' })).toHaveLength(0)
  expect(await list(token, { since: '2020-01-01T00:00:00Z' })).toHaveLength(5)
  expect(await list(token, { since: '2099-01-01T00:00:00Z' })).toHaveLength(0)
  expect(await list(token, { campaignId, since: '2099-01-01T00:00:00Z' })).toHaveLength(0)
})

test('a viewer sees no number and no text', async () => {
  const shown = await list(viewer, { campaignId })
  const full = await list(account.owner.token, { campaignId })

  expect(full.map((node) => node.phone)).toEqual(phones)
  expect(full.every((node) => node.body === 'Hello. Reply STOP to end.')).toBe(true)
  expect(shown[0]).toMatchObject({ phone: '+1…0003', body: null })
  for (const phone of phones) expect(JSON.stringify(shown)).not.toContain(phone)
})

test('another account sees nothing of it', async () => {
  const stranger = server.as(other.owner.token)

  expect(await list(other.owner.token, { campaignId })).toEqual([])
  expect(await stranger.data(`query ($id: ID!) { message(id: $id) { id } }`, { id: ids[0] })).toEqual({
    message: null,
  })
  expect(await stranger.data('{ unknownOutcomes { edges { node { attemptId } } } }')).toEqual({
    unknownOutcomes: { edges: [] },
  })
})

test('a timeline tells everything in the order in which it happened', async () => {
  const query = `query ($id: ID!) { message(id: $id) { timeline { at kind words attempt credits sid code facts { name value } } } }`
  type Entry = {
    at: string
    kind: string
    words: string
    credits: number | null
    facts: { name: string; value: string }[]
  }
  const timelineOf = async (id: string | undefined): Promise<Entry[]> =>
    (await server.as(viewer).data<{ message: { timeline: Entry[] } }>(query, { id })).message.timeline

  const undelivered = await timelineOf(ids[0])
  expect(undelivered.map((entry) => entry.kind)).toEqual(
    expect.arrayContaining(['CREATED', 'CLAIMED', 'HOLD', 'OUTCOME', 'CAPTURE', 'CALLBACK', 'DELIVERY']),
  )
  expect(undelivered[0]).toMatchObject({ kind: 'CREATED' })
  expect(undelivered.find((entry) => entry.kind === 'HOLD')).toMatchObject({ credits: 1 })
  expect(undelivered.find((entry) => entry.kind === 'CLAIMED')?.facts).toEqual(
    expect.arrayContaining([
      { name: 'subscription', value: 'active' },
      { name: 'consentEventId', value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]),
  )
  const times = undelivered.map((entry) => entry.at)
  expect(times).toEqual([...times].sort())

  const optedOut = await timelineOf(ids[1])
  expect(optedOut.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['HOLD', 'RELEASE', 'DECIDED']))
  expect(JSON.stringify([undelivered, optedOut])).not.toMatch(/\+1\d{10}|Hello/)
})

test('unknown outcomes are listed with what they hold', async () => {
  const stuck = await makeAccount(server.app, 'Stuck')
  await aLot(server.app.db, stuck.accountId, 5)
  const [phone] = somePhones(1)
  await theyAgree(server.app.db, stuck.accountId, [phone!])
  const [id] = await someMessages(server.app.db, stuck.accountId, [phone!], { cost: 3, campaignId: null })
  rig.local.control.change({ callbacks: { enabled: false } })
  rig.local.control.askFor('acceptThenDrop')
  await rig.worker('w1', () => [aLane(stuck.accountId, null)]).runOnce()

  const { unknownOutcomes } = await server
    .as(stuck.owner.token)
    .data<{ unknownOutcomes: { edges: { node: object }[] } }>(
      '{ unknownOutcomes { edges { node { messageId heldCredits policy lookUps lastVerdict } } } }',
    )

  expect(unknownOutcomes.edges.map((edge) => edge.node)).toEqual([
    { messageId: id, heldCredits: 3, policy: 'P0', lookUps: 0, lastVerdict: null },
  ])

  const shown = `outcome { attemptId state money nextStep } messageState phone gate { name value } decisions { decision reason }
    lookUps { verdict } callbacks { status } observations { sid } timeline { kind }`
  const query = `query ($account: ID!, $states: [UnknownOutcomeState!]) {
    unknownOutcomesOf(accountId: $account, states: $states) { edges { node { attemptId accountId } } }
  }`
  type Listed = { unknownOutcomesOf: { edges: { node: { attemptId: string; accountId: string } }[] } }
  const listed = await server.as(admin).data<Listed>(query, { account: stuck.accountId })
  const { attemptId } = listed.unknownOutcomesOf.edges[0]!.node
  const inspected = await server
    .as(stuck.owner.token)
    .data<{ unknownOutcome: object }>(`query ($id: ID!) { unknownOutcome(attemptId: $id) { ${shown} } }`, {
      id: attemptId,
    })
  expect(inspected.unknownOutcome).toMatchObject({
    outcome: { state: 'UNKNOWN', money: 'HELD', nextStep: 'LOOK_UP' },
    messageState: 'UNKNOWN',
    phone,
    gate: expect.arrayContaining([{ name: 'fenceProved', value: 'false' }]),
  })
  expect(
    await server
      .as(other.owner.token)
      .data('query ($id: ID!) { unknownOutcome(attemptId: $id) { attempt } }', {
        id: attemptId,
      }),
  ).toEqual({ unknownOutcome: null })

  const decide = `mutation ($account: ID!, $id: ID!, $key: IdempotencyKey!) {
    decideUnknownOutcome(accountId: $account, attemptId: $id, decision: GIVE_BACK, reason: "nobody got it", idempotencyKey: $key) {
      ... on UnknownOutcomeInspection { ${shown} } ... on Refused { reason remedy }
    }
  }`
  const early = await server
    .as(admin)
    .data(decide, { account: stuck.accountId, id: attemptId, key: 'give-back-1' })
  expect(early).toMatchObject({ decideUnknownOutcome: { reason: 'too-early' } })
  // As if the call had been made two hours ago; what a claim says is history, for everybody else.
  await readQuery(
    server.app.db,
    `/* test */ do $$ begin set local session_replication_role = replica;
       update claim set claimed_at = claimed_at - interval '2 hours', not_after = not_after - interval '2 hours'
       where account_id = '${stuck.accountId}'; end $$`,
  )
  const made = await server
    .as(admin)
    .data(decide, { account: stuck.accountId, id: attemptId, key: 'give-back-1' })
  expect(made).toMatchObject({
    decideUnknownOutcome: {
      outcome: { state: 'UNPROVEN', money: 'GIVEN_BACK', nextStep: 'NONE' },
      phone: `+1…${phone!.slice(-4)}`,
      decisions: [{ decision: 'GIVE_BACK', reason: 'nobody got it' }],
    },
  })
  expect(
    await server.as(admin).data(decide, { account: stuck.accountId, id: attemptId, key: 'give-back-1' }),
  ).toEqual(made)
})

test('only administrators of the platform see and replay what was set aside', async () => {
  const { db } = server.app
  await createInbox(db).store({
    provider: 'test.kind',
    dedupeKey: 'a',
    route: 'r',
    params: { To: '+15005550009' },
  })
  await readQuery(
    db,
    `/* test */ update webhook_inbox set quarantined_at = now(), problem = 'TypeError', tries = 5 where provider = 'test.kind'`,
  )
  const query = '{ quarantinedWebhooks { edges { node { id provider route tries problem } } } }'
  type Aside = { quarantinedWebhooks: { edges: { node: { id: string } }[] } }
  const replay = `mutation ($id: ID!) { replayWebhook(id: $id) { ... on StoredWebhook { id tries quarantinedAt } ... on Refused { reason } } }`

  expect(await server.as(account.owner.token).errorCode(query)).toBe('FORBIDDEN')
  expect(await server.as(account.owner.token).errorCode(replay, { id: '1' })).toBe('FORBIDDEN')
  const { quarantinedWebhooks } = await server.as(admin).data<Aside>(query)
  expect(quarantinedWebhooks.edges).toMatchObject([
    { node: { provider: 'test.kind', tries: 5, problem: 'TypeError' } },
  ])
  const id = quarantinedWebhooks.edges[0]?.node.id
  expect(await server.as(admin).data(replay, { id })).toMatchObject({
    replayWebhook: { id, tries: 0, quarantinedAt: null },
  })
  expect(await server.as(admin).data(replay, { id })).toEqual({ replayWebhook: { reason: 'still-waiting' } })
  expect(await server.as(admin).data(replay, { id: 'nonsense' })).toEqual({
    replayWebhook: { reason: 'not-found' },
  })
})

test('timelines of a long list are refused before they are read', async () => {
  const code = await server
    .as(account.owner.token)
    .errorCode('{ messages(first: 200) { edges { node { timeline { kind } } } } }')

  expect(code).toMatch(/COST|COMPLEX|LIMIT|BAD_USER_INPUT/)
})

describe('messageEvents', () => {
  const WATCH = `subscription ($afterSeq: EventSeq, $campaignId: ID) {
    messageEvents(afterSeq: $afterSeq, campaignId: $campaignId) { seq at kind report campaignId messages count reasons { reason count } }
  }`
  interface Event {
    seq: number
    kind: string
    campaignId: string | null
    messages: string[]
    count: number
    reasons: { reason: string; count: number }[]
  }

  async function logged(accountId: AccountId): Promise<{ seq: number; kind: string }[]> {
    const events = await readEvents(server.app.db, {
      accountId,
      afterSeq: 0,
      topics: ['messages'],
      limit: 500,
    })
    return events.map((event) => ({ seq: event.seq, kind: String(event.payload['kind']) }))
  }

  async function read(token: string, variables: Record<string, unknown>, count: number): Promise<Event[]> {
    const socket = await server.socket(token)
    const watching = socket.run(WATCH, variables)
    const events: Event[] = []
    while (events.length < count) {
      const result = await watching.next()
      events.push((result.data as { messageEvents: Event }).messageEvents)
    }
    socket.close()
    await socket.closed
    return events
  }

  test('tells everything from the beginning, once and in order', async () => {
    const log = await logged(account.accountId)

    const events = await read(account.owner.token, { afterSeq: 0 }, log.length)

    expect(events.map(({ seq, kind }) => ({ seq, kind }))).toEqual(log)
    expect(events.find((event) => event.kind === 'refused')).toMatchObject({
      count: 1,
      messages: [ids[4]],
      reasons: [{ reason: 'consent_missing', count: 1 }],
    })
    expect(
      events.every((event) => event.campaignId === campaignId && event.count === event.messages.length),
    ).toBe(true)
  })

  test('who reconnects after every event, while messages are sent, misses none and sees none twice', async () => {
    const live = await makeAccount(server.app, 'Live')
    await aLot(server.app.db, live.accountId, 40)
    const numbers = somePhones(40)
    await theyAgree(server.app.db, live.accountId, numbers)
    const campaign = newId<CampaignId>()
    await someMessages(server.app.db, live.accountId, numbers, { campaignId: campaign })
    // Eight claims of five, and settlements of ten at most.
    const total = 12

    const sending = rig.worker('w1', () => [aLane(live.accountId, campaign)], 5).runOnce()
    const seen: Event[] = []
    while (seen.length < total) {
      const afterSeq = seen.at(-1)?.seq ?? 0
      seen.push(...(await read(live.owner.token, { afterSeq, campaignId: campaign }, 1)))
    }
    await sending

    const log = await logged(live.accountId)
    expect(seen.map(({ seq, kind }) => ({ seq, kind }))).toEqual(log.slice(0, total))
    const accepted = seen.filter((event) => event.kind === 'accepted').flatMap((event) => event.messages)
    expect(new Set(accepted).size).toBe(accepted.length)
  })

  test('shows nothing of another account or of another campaign', async () => {
    const socket = await server.socket(other.owner.token)
    const watching = socket.run(WATCH, { afterSeq: 0, campaignId })
    const own = await server.socket(account.owner.token)
    const elsewhere = own.run(WATCH, { afterSeq: 0, campaignId: newId() })
    const reference = own.run(WATCH, { afterSeq: 0 })
    await reference.next()

    expect(watching.received).toEqual([])
    expect(elsewhere.received).toEqual([])
    socket.close()
    own.close()
    await Promise.all([socket.closed, own.closed])
  })
})
