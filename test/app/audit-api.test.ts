import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { look, type LookResult } from '../../src/app/audit/watch-invariants.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { lockSending } from '../../src/slices/accounts/index.js'
import { aLot } from '../support/builders/credits.js'
import { aLane, claim, settle, someMessages, somePhones, theyAgree } from '../support/builders/messages.js'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeAdmin, makeMember, type TestAccount } from '../support/people.js'
import { onServer } from '../support/server-connection.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import type { TestSubscription } from '../support/ws-client.js'

// Breaches as people meet them: over HTTP and WebSocket, found by the look that a worker takes.

let server: TestApp
let admin: GraphqlClient
let adminToken: string

beforeAll(async () => {
  server = await startTestApp()
  adminToken = (await makeAdmin(server.app)).token
  admin = server.as(adminToken)
})
afterAll(() => server.stop())

const lookOnce = async (): Promise<LookResult> =>
  (await look({ db: server.app.db, clock: server.app.clock, logger: silentLogger }, 'news'))!

const past = (sql: string): Promise<void> =>
  onServer(server.app.config.databaseUrl, `set session_replication_role = replica; ${sql}`)

/** A customer with credits, of whom one text was sent. */
async function aCustomer(): Promise<TestAccount> {
  const account = await makeAccount(server.app)
  await aLot(server.app.db, account.accountId, 20)
  const [attemptId] = await claimedOf(account.accountId)
  await settle(server.app.db, server.app.clock, account.accountId, [attemptId!])
  await lookOnce()
  return account
}

async function claimedOf(accountId: AccountId): Promise<string[]> {
  const { db, clock } = server.app
  const phones = somePhones(1)
  await theyAgree(db, accountId, phones, 'transactional')
  await someMessages(db, accountId, phones, { campaignId: null, purpose: 'transactional' })
  const { claimed } = await claim(db, { clock, lane: aLane(accountId, null) })
  return claimed.map(({ attemptId }) => attemptId)
}

let lastSid = 0

/** The carrier has two texts of one message: the same person was texted twice. */
async function aDuplicate({ accountId }: TestAccount): Promise<void> {
  lastSid += 1
  await past(
    `insert into carrier_observation (sid, attempt_id, message_id, source)
     select 'SMcopy${String(lastSid)}', id, message_id, 'callback' from attempt where account_id = '${accountId}' and state = 'accepted' limit 1`,
  )
  // The account works on, and so has news.
  await claimedOf(accountId)
  await past(
    `update account_event set message_ids = (select array_agg(id) from message where account_id = '${accountId}')
     where account_id = '${accountId}' and seq = (select max(seq) from account_event where account_id = '${accountId}' and topic = 'messages')`,
  )
}

async function follow(token: string, subscription: string): Promise<TestSubscription> {
  const socket = await server.socket(token)
  const stream = socket.run(subscription)
  void stream.ended.then(() => socket.close())
  return stream
}

interface Breach {
  id: string
  invariant: string
  accountId: string | null
}

async function breaches(given: { openOnly: boolean; accountId?: string }): Promise<Breach[]> {
  const { auditBreaches } = await admin.data<{ auditBreaches: { edges: { node: Breach }[] } }>(
    `query ($openOnly: Boolean!, $accountId: ID) { auditBreaches(openOnly: $openOnly, accountId: $accountId) {
       edges { node { id invariant rule why accountId what stopsSending firstSeenAt acknowledgedAt acknowledgedBy acknowledgedReason } } } }`,
    given,
  )
  return auditBreaches.edges.map(({ node }) => node)
}

const ACKNOWLEDGE = `mutation ($id: ID!, $reason: ShortText!) { acknowledgeBreach(id: $id, reason: $reason) {
  ... on AuditBreach { acknowledgedReason acknowledgedBy acknowledgedAt } ... on Refused { refusal: reason message remedy } } }`

const acknowledge = (id: string, reason = 'the carrier confirmed one delivery'): Promise<unknown> =>
  admin
    .data<{ acknowledgeBreach: unknown }>(ACKNOWLEDGE, { id, reason })
    .then((data) => data.acknowledgeBreach)

const sight =
  '{ account { maySend sendingStops { cause reason remedy since } auditBreaches { invariant rule stopsSending acknowledgedAt } } }'

interface Sight {
  maySend: boolean
  sendingStops: { cause: string; reason: string; remedy: string; since: string }[]
  auditBreaches: { invariant: string; rule: string; acknowledgedAt: string | null }[]
}

const seenBy = async ({ owner }: TestAccount): Promise<Sight> =>
  (await server.as(owner.token).data<{ account: Sight }>(sight)).account

const FOUND = 'subscription { auditBreachFound { id invariant accountId stopsSending } }'
const OPERATIONS = 'subscription { operationEvents { kind facts { name value } } }'

test('an administrator sees a breach the moment it is found, lists it, and answers for it once, with a reason', async () => {
  const account = await aCustomer()
  const live = await follow(adminToken, FOUND)
  await aDuplicate(account)

  expect((await lookOnce()).stopped).toEqual([{ accountId: account.accountId, reason: 'audit: I7' }])

  const found = (await live.next()).data?.['auditBreachFound']
  live.stop()
  expect(found).toMatchObject({ invariant: 'I7', accountId: account.accountId, stopsSending: true })
  const [open] = await breaches({ openOnly: true, accountId: account.accountId })
  expect(open).toMatchObject({ ...(found as Breach), rule: expect.any(String), acknowledgedAt: null })

  const { id } = open!
  expect(await admin.errorCode(ACKNOWLEDGE, { id, reason: ' ' })).toBe('BAD_USER_INPUT')
  for (const unknown of ['99999999', 'no id', account.accountId])
    expect(await acknowledge(unknown)).toMatchObject({ refusal: 'not-found' })
  const others = [account.owner, await makeMember(server.app, account.accountId, 'operator')]
  for (const { token } of others)
    expect(await server.as(token).errorCode(ACKNOWLEDGE, { id, reason: 'mine' })).toBe('FORBIDDEN')
  expect(await server.as().errorCode(ACKNOWLEDGE, { id, reason: 'mine' })).toBe('UNAUTHENTICATED')
  expect(await breaches({ openOnly: true, accountId: account.accountId })).toHaveLength(1)

  expect(await acknowledge(id)).toEqual({
    acknowledgedReason: 'the carrier confirmed one delivery',
    acknowledgedBy: expect.stringMatching(/^admin:/),
    acknowledgedAt: expect.any(String),
  })
  expect(await acknowledge(id, 'once more')).toMatchObject({ refusal: 'already-acknowledged' })
  expect(await breaches({ openOnly: true, accountId: account.accountId })).toEqual([])
  expect(await breaches({ openOnly: false, accountId: account.accountId })).toMatchObject([
    { id, acknowledgedReason: 'the carrier confirmed one delivery' },
  ])
})

test('an administrator who comes back with the last id that they saw misses no breach', async () => {
  const account = await aCustomer()
  const [before] = await breaches({ openOnly: false })
  await aDuplicate(account)
  await lookOnce()

  const live = await follow(adminToken, FOUND.replace('Found', `Found(afterId: "${before?.id ?? '0'}")`))

  expect((await live.next()).data).toMatchObject({ auditBreachFound: { accountId: account.accountId } })
  live.stop()
  const owners = await follow(account.owner.token, FOUND)
  expect((await owners.next()).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})

test('an account in breach is stopped, and its owner sees at once that it is, why, and what to do', async () => {
  const account = await aCustomer()
  const neighbour = await aCustomer()
  const live = await follow(account.owner.token, OPERATIONS)
  await aDuplicate(account)

  await lookOnce()

  expect((await live.next()).data?.['operationEvents']).toMatchObject({ kind: 'audit_breach' })
  expect((await live.next()).data?.['operationEvents']).toMatchObject({
    kind: 'sending_stopped',
    facts: [{ name: 'reason', value: 'audit: I7' }],
  })
  const stopped = await seenBy(account)
  expect(stopped).toMatchObject({
    maySend: false,
    sendingStops: [
      {
        cause: 'AUDIT_BREACH',
        reason: expect.stringContaining('rule I7'),
        remedy: expect.stringContaining('auditBreaches'),
        since: expect.any(String),
      },
    ],
    auditBreaches: [{ invariant: 'I7', rule: expect.stringContaining('two ids'), acknowledgedAt: null }],
  })
  expect(await claimedOf(account.accountId)).toEqual([])
  expect(await seenBy(neighbour)).toEqual({ maySend: true, sendingStops: [], auditBreaches: [] })
  expect(await claimedOf(neighbour.accountId)).toHaveLength(1)

  const [open] = await breaches({ openOnly: true, accountId: account.accountId })
  await acknowledge(open!.id)
  expect((await seenBy(account)).maySend).toBe(false)
  await admin.data(`mutation { resumeSending(accountId: "${account.accountId}") { __typename } }`)

  expect((await live.next()).data?.['operationEvents']).toEqual({ kind: 'sending_resumed', facts: [] })
  live.stop()
  await lookOnce()
  expect(await seenBy(account)).toMatchObject({
    maySend: true,
    sendingStops: [],
    auditBreaches: [{ acknowledgedAt: expect.any(String) }],
  })
  // Both texts that waited, and the one of this claim: none was lost by the stop.
  expect(await claimedOf(account.accountId)).toHaveLength(2)
})

test('whoever is stopped by somebody else sees who stopped them, since when, and that nothing is lost', async () => {
  const account = await aCustomer()
  const act = (mutation: string) => admin.data(`mutation { ${mutation} { __typename } }`)
  const live = await follow(account.owner.token, OPERATIONS)

  await act(`stopSending(accountId: "${account.accountId}", reason: "investigation")`)
  await act(`setSubscription(accountId: "${account.accountId}", state: PAST_DUE)`)
  await act('stopAllSending(reason: "another customer was attacked")')
  await lockSending(server.app, 'restore: drill')

  const { maySend, sendingStops } = await seenBy(account)
  expect(maySend).toBe(false)
  expect(sendingStops.map(({ cause }) => cause)).toEqual([
    'DATABASE_RESTORED',
    'PLATFORM_STOPPED',
    'ADMINISTRATOR',
    'SUBSCRIPTION',
  ])
  expect(sendingStops[2]).toMatchObject({ reason: 'investigation' })
  expect(sendingStops[3]?.reason).toContain('past_due')
  // What administrators tell each other may name another customer.
  expect(JSON.stringify(sendingStops)).not.toContain('attacked')
  await act('resumeAllSending')
  await act(`resumeSending(accountId: "${account.accountId}")`)
  await act(`setSubscription(accountId: "${account.accountId}", state: ACTIVE)`)
  await server.app.db.dataSource.query('update platform_control set lock_reason = null, locked_at = null')
  expect(await seenBy(account)).toMatchObject({ maySend: true, sendingStops: [] })
  const kinds = []
  for (let count = 0; count < 6; count += 1) kinds.push((await live.next()).data?.['operationEvents'])
  live.stop()
  expect(kinds).toMatchObject([
    { kind: 'sending_stopped', facts: [{ name: 'reason', value: 'investigation' }] },
    { kind: 'subscription_changed', facts: [{ name: 'subscriptionState', value: 'past_due' }] },
    { kind: 'platform_stopped' },
    { kind: 'platform_resumed' },
    { kind: 'sending_resumed' },
    { kind: 'subscription_changed' },
  ])
})

test('a breach of no account stops everybody, tells everybody, and is answered for by an administrator', async () => {
  const accounts = [await aCustomer(), await aCustomer()]
  const owners = await Promise.all(accounts.map(({ owner }) => follow(owner.token, OPERATIONS)))
  const live = await follow(adminToken, FOUND)
  // The program claimed although the platform was stopped: the gate itself is broken, for whomever.
  await past(
    `insert into control_event (ord, kind, state, reason) select max(ord) - 1, 'platform', 'may_not_send', 'test' from claim;
     insert into control_event (kind, state) values ('platform', 'may_send')`,
  )
  // Only the newest claim came after it, and its account has news once more.
  const [of] = await server.app.db.dataSource.query<{ account_id: AccountId }[]>(
    '/* test */ select account_id from claim order by ord desc limit 1',
  )
  await past(
    `with f as (update account_feed set last_seq = last_seq + 1 where account_id = '${of!.account_id}' returning last_seq)
     insert into account_event (account_id, seq, topic, message_ids, payload)
     select '${of!.account_id}', last_seq, 'messages', (select array_agg(id) from message where account_id = '${of!.account_id}'), '{}' from f`,
  )

  expect(await lookOnce()).toMatchObject({
    added: [{ invariant: 'I29', accountId: null }],
    stopped: [{ accountId: null, reason: 'audit: I29' }],
  })

  expect((await live.next()).data).toMatchObject({ auditBreachFound: { invariant: 'I29', accountId: null } })
  live.stop()
  for (const owner of owners) {
    expect((await owner.next()).data?.['operationEvents']).toMatchObject({ kind: 'platform_stopped' })
  }
  for (const account of accounts) {
    expect(await seenBy(account)).toMatchObject({
      maySend: false,
      sendingStops: [{ cause: 'PLATFORM_STOPPED' }],
      auditBreaches: [],
    })
    expect(await claimedOf(account.accountId)).toEqual([])
  }
  const platform = 'platformSending { isStopped reason }'
  expect(await admin.data(`{ ${platform} }`)).toEqual({
    platformSending: { isStopped: true, reason: 'audit: I29' },
  })

  // Let go without an answer, it is stopped again by the next look.
  const resume = 'mutation { resumeAllSending { isStopped } }'
  await admin.data(resume)
  expect((await lookOnce()).stopped).toEqual([{ accountId: null, reason: 'audit: I29' }])

  const [open] = (await breaches({ openOnly: true })).filter(({ accountId }) => accountId === null)
  await acknowledge(open!.id, 'a drill')
  expect(await admin.data(resume)).toEqual({ resumeAllSending: { isStopped: false } })
  expect((await lookOnce()).stopped).toEqual([])
  for (const [index, account] of accounts.entries()) {
    const kinds = []
    for (let count = 0; count < 3; count += 1)
      kinds.push((await owners[index]!.next()).data?.['operationEvents'])
    owners[index]!.stop()
    expect(kinds).toMatchObject([
      { kind: 'platform_resumed' },
      { kind: 'platform_stopped' },
      { kind: 'platform_resumed' },
    ])
    expect(await claimedOf(account.accountId)).toHaveLength(2)
  }
})
