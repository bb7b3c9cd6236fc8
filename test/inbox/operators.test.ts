import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { applyInboundTexts } from '../../src/slices/inbox/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import { aLot } from '../support/builders/credits.js'
import {
  aLane,
  claim,
  messagesNow,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { makeAccount, makeMember, type Person, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount
let accountId: AccountId
let viewer: Person
let phone: string

beforeAll(async () => {
  server = await startTestApp()
})
afterAll(() => server.stop())
beforeEach(async () => {
  account = await makeAccount(server.app, 'Yoga')
  accountId = account.accountId
  viewer = await makeMember(server.app, accountId, 'viewer')
  await aLot(server.app.db, accountId, 100)
  phone = somePhones(1)[0] ?? ''
})

async function text(from: string, body: string): Promise<void> {
  const { db, clock } = server.app
  const sid = `SM${newId().replaceAll('-', '')}`
  await createInbox(db).store({
    provider: 'twilio.inbound',
    route: '',
    dedupeKey: sid,
    params: { MessageSid: sid, From: from, To: '+15005550006', Body: body },
  })
  await applyInboundTexts({ db, clock, log: silentLogger, hooks: [] })
}

/** Known by its contact alone: nothing was agreed to and nothing refused. */
async function aStranger(): Promise<void> {
  await server
    .as(account.owner.token)
    .send(`mutation ($phone: ShortText!) { createContact(phone: $phone) { __typename } }`, { phone })
}

const LIST = `{ conversations { edges { node { id phone lastBody unread attention optedOutAt
  texts { edges { node { direction body class outcome writtenAs state } } } } } }
  inboxTotals { conversations unreadConversations unreadTexts } }`
const REPLY = `mutation ($id: ID!, $body: String!, $key: IdempotencyKey!) {
  replyToConversation(conversationId: $id, body: $body, idempotencyKey: $key) {
    __typename ... on ReplyWritten { messageId credits } ... on Refused { reason } } }`

interface Listed {
  conversations: { edges: { node: { id: string; phone: string; lastBody: string | null; unread: number } }[] }
  inboxTotals: { unreadTexts: number }
}

async function list(token = account.owner.token): Promise<Listed> {
  const answer = await server.as(token).send(LIST)
  return (JSON.parse(answer.text) as { data: Listed }).data
}

async function reply(body: string, key: string): Promise<Record<string, unknown>> {
  const [edge] = (await list()).conversations.edges
  const answer = await server.as(account.owner.token).send(REPLY, { id: edge?.node.id, body, key })
  return (JSON.parse(answer.text) as { data: { replyToConversation: Record<string, unknown> } }).data
    .replyToConversation
}

test('a reply to somebody who has just written is one text, and records what allows it', async () => {
  await aStranger()
  await text(phone, 'When do you open?')
  expect((await list()).inboxTotals.unreadTexts).toBe(1)

  const first = await reply('At nine.', 'reply-key-1')
  const again = await reply('At nine.', 'reply-key-1')

  expect(first).toMatchObject({ __typename: 'ReplyWritten', credits: 1 })
  expect(again).toEqual(first)
  const [event] = await readQuery(
    server.app.db,
    '/* test */ select purpose, level, method, evidence from consent_event where account_id = $1',
    [accountId],
  )
  expect(event).toMatchObject({ purpose: 'transactional', level: 'express', method: 'inbound_sms' })
  expect(event?.['evidence']).toHaveProperty('inboundId')
  expect((await list()).inboxTotals.unreadTexts).toBe(0)
  const messages = await readQuery(
    server.app.db,
    '/* test */ select purpose from message where account_id = $1',
    [accountId],
  )
  expect(messages).toEqual([{ purpose: 'transactional' }])
})

test('who has opted out is not answered, and who wrote long ago and agreed to nothing neither', async () => {
  await aStranger()
  await text(phone, 'Hello?')
  await readQuery(
    server.app.db,
    `/* test */ update conversation set last_inbound_at = last_inbound_at - interval '25 hours' where account_id = $1`,
    [accountId],
  )
  expect(await reply('Hi', 'reply-key-2')).toMatchObject({ reason: 'no-consent' })
  await text(phone, 'stop texting me')
  expect(await reply('But wait', 'reply-key-3')).toMatchObject({ reason: 'opted-out' })
  const written = await readQuery(
    server.app.db,
    `/* test */ select from conversation_message where account_id = $1 and kind = 'reply'`,
    [accountId],
  )
  expect(written).toEqual([])
})

test('a number that the carrier has given up is refused early, is shown, and a person can say otherwise', async () => {
  await theyAgree(server.app.db, accountId, [phone], 'transactional')
  await aStranger()
  await text(phone, 'Hello')
  await readQuery(
    server.app.db,
    `/* test */ insert into unreachable (account_id, phone, code, words, marked_at) values ($1, $2, 30006, 'A landline.', now())`,
    [accountId, phone],
  )
  expect(await reply('Hi', 'reply-key-4')).toMatchObject({ reason: 'unreachable' })
  const shown = await server
    .as(account.owner.token)
    .send('{ contacts { edges { node { id unreachable { code words } } } } }')
  expect(shown.text).toContain('"unreachable":{"code":30006,"words":"A landline."}')
  const id = /"id":"([^"]+)"/.exec(shown.text)?.[1]
  const cleared = await server
    .as(account.owner.token)
    .send(
      'mutation ($id: ID!) { clearUnreachable(contactId: $id) { ... on Contact { unreachable { code } } } }',
      { id },
    )
  expect(cleared.text).toContain('"unreachable":null')
  expect(await reply('Hi', 'reply-key-5')).toMatchObject({ __typename: 'ReplyWritten' })
})

test('a revocation through the API ends the texts that wait at once: all of them, or those of its purpose', async () => {
  const { db } = server.app
  await theyAgree(db, accountId, [phone])
  await theyAgree(db, accountId, [phone], 'transactional')
  const [promotion = ''] = await someMessages(db, accountId, [phone], { campaignId: null })
  const [reminder = ''] = await someMessages(db, accountId, [phone], {
    campaignId: null,
    purpose: 'transactional',
  })
  const revoke = (purposes: string[] | null) =>
    server
      .as(account.owner.token)
      .send('mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { __typename } }', {
        input: { phone, method: 'VERBAL', purposes },
      })

  await revoke(['MARKETING'])
  expect((await messagesNow(db, [promotion, reminder])).map(({ state }) => state)).toEqual([
    'suppressed',
    'pending',
  ])
  await revoke(null)
  expect((await messagesNow(db, [promotion, reminder])).map(({ state }) => state)).toEqual([
    'suppressed',
    'suppressed',
  ])
})

test('a text names the consent that it relied on, and the consent the texts', async () => {
  const { db, clock } = server.app
  await theyAgree(db, accountId, [phone], 'transactional')
  await aStranger()
  const [id = ''] = await someMessages(db, accountId, [phone], { campaignId: null, purpose: 'transactional' })
  await claim(db, { clock, lane: aLane(accountId, null) })
  const answer = await server.as(account.owner.token).send(
    `query ($id: ID!, $phone: ShortText!) { message(id: $id) { consentEventId }
      consentAt(phone: $phone, purpose: TRANSACTIONAL) { granted event { id messageIds } } }`,
    { id, phone },
  )
  const { data } = JSON.parse(answer.text) as {
    data: { message: { consentEventId: string }; consentAt: { event: { id: string; messageIds: string[] } } }
  }
  expect(data.message.consentEventId).toBe(data.consentAt.event.id)
  expect(data.consentAt.event.messageIds).toEqual([id])
})

test('who only looks on sees neither numbers nor texts, and answers nobody', async () => {
  await aStranger()
  await text(phone, 'a secret of mine')
  const seen = await server.as(viewer.token).send(LIST)
  expect(seen.text).not.toContain('secret')
  expect(seen.text).not.toContain(phone)
  expect(seen.text).toContain(phone.slice(-4))
  const answer = await server.as(viewer.token).send(REPLY, { id: newId(), body: 'x', key: 'reply-key-6' })
  expect(answer.text).toContain('FORBIDDEN')
})

test('whoever follows the inbox gets a snapshot, then each event once; whoever comes back gets what was missed', async () => {
  await aStranger()
  const watch =
    'subscription ($after: EventSeq) { inboxEvents(afterSeq: $after) { seq kind totals { unreadTexts } } }'
  const socket = await server.socket(account.owner.token)
  const stream = socket.run(watch)
  const snapshot = (await stream.next()).data?.['inboxEvents'] as { seq: number; kind: string }
  expect(snapshot).toMatchObject({ kind: 'snapshot', totals: { unreadTexts: 0 } })

  await text(phone, 'one')
  expect((await stream.next()).data?.['inboxEvents']).toMatchObject({
    kind: 'received',
    totals: { unreadTexts: 1 },
  })
  socket.close()
  await text(phone, 'two')
  await text(phone, 'three')

  const back = await server.socket(account.owner.token)
  const resumed = back.run(watch, { after: snapshot.seq })
  const seqs: number[] = []
  for (let count = 0; count < 3; count += 1)
    seqs.push(((await resumed.next()).data?.['inboxEvents'] as { seq: number }).seq)
  back.close()
  expect(seqs[0]).toBeGreaterThan(snapshot.seq)
  expect(new Set(seqs).size).toBe(3)
  expect([...seqs].sort((a, b) => a - b)).toEqual(seqs)
})

const PREVIEW = `query ($id: ID!, $body: String!) { previewReply(conversationId: $id, body: $body) {
  segments credits refusal { reason } isQuiet opensAt why } conversation(id: $id) { sendability { purpose mayText } } }`

interface Previewed {
  previewReply: {
    segments: number
    credits: number
    refusal: { reason: string } | null
    isQuiet: boolean
  } | null
  conversation: { sendability: { purpose: string; mayText: boolean }[] } | null
}

test('before a reply is sent its price is known, and whether it would be refused; nothing is written', async () => {
  await aStranger()
  await text(phone, 'When do you open?')
  const [edge] = (await list()).conversations.edges
  const ask = (body: string, token = account.owner.token): Promise<Previewed> =>
    server.as(token).data<Previewed>(PREVIEW, { id: edge?.node.id, body })

  expect((await ask('At nine.')).previewReply).toMatchObject({
    segments: 1,
    credits: 1,
    refusal: null,
    isQuiet: false,
  })
  expect((await ask('x'.repeat(200))).previewReply).toMatchObject({ segments: 2, credits: 2, refusal: null })
  expect((await ask('x'.repeat(1_601))).previewReply?.refusal).toEqual({ reason: 'body-too-long' })
  await text(phone, 'STOP')
  const stopped = await ask('But wait')
  expect(stopped.previewReply?.refusal).toEqual({ reason: 'opted-out' })
  expect(stopped.conversation?.sendability).toEqual([
    { purpose: 'TRANSACTIONAL', mayText: false },
    { purpose: 'MARKETING', mayText: false },
  ])
  const written = await readQuery(
    server.app.db,
    `/* test */ select from conversation_message where account_id = $1 and kind = 'reply'`,
    [accountId],
  )
  expect(written).toEqual([])
  const refused = await server.as(viewer.token).send(PREVIEW, { id: edge?.node.id, body: 'x' })
  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})

test('quiet hours are told before the reply is written', async () => {
  await aStranger()
  await text(phone, 'Hello')
  const [edge] = (await list()).conversations.edges
  await readQuery(
    server.app.db,
    `/* test */ update account_control set quiet_hours_waiver = null, quiet_hours = '{"transactional": {"opens": 0, "closes": 30}}' where account_id = $1`,
    [accountId],
  )
  const { previewReply } = await server
    .as(account.owner.token)
    .data<{ previewReply: { refusal: null; isQuiet: boolean; opensAt: string | null; why: string | null } }>(
      PREVIEW,
      { id: edge?.node.id, body: 'Hi' },
    )
  // Only the half hour after midnight is open there; a test that runs just then sees it open.
  expect(previewReply.refusal).toBeNull()
  expect(previewReply.isQuiet).toBe(previewReply.why !== null)
  if (previewReply.isQuiet) expect(previewReply.opensAt).not.toBeNull()
})
