import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import { listConversations, listThread, type ConfirmationReply } from '../../src/slices/inbox/index.js'
import { aLane, claim, messagesNow, settle, someMessages, somePhones } from '../support/builders/messages.js'
import { anAccountKnowing, inboxStage, SENDER, standing, writtenBy, type InboxStage } from './inbox-stage.js'

let stage: InboxStage
let phone: string

beforeAll(async () => {
  stage = await inboxStage()
})
afterAll(() => stage.drop())
beforeEach(() => {
  phone = somePhones(1)[0] ?? ''
  stage.hooks = []
})

const openOnes = { unread: false, attention: false, closed: false }

test('STOP in free words is one transaction: revoked, what waits suppressed, reminders voided, kept, told, confirmed once', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  const [waiting = '', single = ''] = [
    ...(await someMessages(stage.db, accountId, [phone])),
    ...(await someMessages(stage.db, accountId, [phone], { campaignId: null, purpose: 'transactional' })),
  ]
  const voided: string[] = []
  stage.hooks = [
    {
      onOptOut: (_tx, account, numbers) => {
        voided.push(`${account} ${numbers.join()}`)
        return Promise.resolve()
      },
      onReply: () => Promise.resolve(false),
    },
  ]

  await stage.text(phone, 'Please stop texting me')

  expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
  expect(
    (await messagesNow(stage.db, [waiting, single])).map(({ state, reason }) => [state, reason]),
  ).toEqual([
    ['suppressed', 'consent_revoked'],
    ['suppressed', 'consent_revoked'],
  ])
  expect(voided).toEqual([`${accountId} ${phone}`])
  const written = await writtenBy(stage, accountId)
  expect(written).toMatchObject([{ kind: 'opt_out', purpose: 'service', state: 'pending' }])
  expect(written[0]?.body).toContain('Acme')
  expect(written[0]?.expires_at).toEqual(stage.clock.now().plus({ minutes: 5 }).toJSDate())
  const [conversation] = await listConversations(stage, accountId, openOnes, { before: null, limit: 10 })
  expect(conversation).toMatchObject({ phone, unread: 1, lastBody: 'Please stop texting me' })
  expect(conversation?.optedOutAt).not.toBeNull()
  const events = await readEvents(stage.db, { accountId, afterSeq: 0, topics: ['inbox'], limit: 50 })
  expect(events.at(-1)?.payload).toMatchObject({ kind: 'opted_out', class: 'opt_out' })

  await stage.text(phone, 'I said stop texting me')
  expect(await writtenBy(stage, accountId)).toHaveLength(1)
})

test('the confirmation leaves through the gate without any consent, and to nobody but this person', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  await stage.text(phone, 'please remove me from your list')

  const { claimed, refused } = await claim(stage.db, { clock: stage.clock, lane: aLane(accountId, null) })

  expect(claimed.map((message) => message.phone)).toEqual([phone])
  expect(refused).toBe(0)
})

test('where the carrier answers its own keyword nothing is added; on a short code we answer', async () => {
  const [other = ''] = somePhones(1)
  const accountId = await anAccountKnowing(stage, [phone, other])

  await stage.text(phone, 'STOP')
  expect(await writtenBy(stage, accountId)).toEqual([])

  await stage.text(other, 'STOP', { To: '262966' })
  expect(await writtenBy(stage, accountId)).toMatchObject([{ kind: 'opt_out' }])
})

test("a keyword of the carrier's own list is followed, and not answered, whatever its words are", async () => {
  const accountId = await anAccountKnowing(stage, [phone])

  await stage.text(phone, 'nope', { OptOutType: 'STOP' })

  expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
  expect(await writtenBy(stage, accountId)).toEqual([])
})

test('the answer is in the language of the words', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  await stage.text(phone, 'no me envíen más mensajes')
  expect((await writtenBy(stage, accountId))[0]?.body).toContain('No recibirá')
})

test('the same text posted twice, or under another key, is kept and followed once', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  const sid = await stage.post(phone, 'unsubscribe me please')
  await stage.post(phone, 'unsubscribe me please', { MessageSid: sid, dedupeKey: 'again' })
  await stage.post(phone, 'unsubscribe me please', { MessageSid: sid })
  await stage.apply()

  expect(await stage.rows('select from inbound_text where sid = $1', [sid])).toHaveLength(1)
  expect(
    await stage.rows('select from consent_event where account_id = $1 and action = $2', [
      accountId,
      'revoke',
    ]),
  ).toHaveLength(2)
  expect(await writtenBy(stage, accountId)).toHaveLength(1)
  const [conversation] = await listConversations(stage, accountId, openOnes, { before: null, limit: 10 })
  expect(conversation?.unread).toBe(1)
})

test('a confirmation that would come later than five minutes is not sent', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  await stage.post(phone, 'please stop texting me')
  const received = await stage.rows<{ received_at: Date }>(
    'select received_at from webhook_inbox order by id desc limit 1',
  )
  stage.clock.set(new Date((received[0]?.received_at.getTime() ?? 0) + 6 * 60_000).toISOString())
  await stage.apply()
  stage.clock.set('2026-03-02T15:00:00Z')

  expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
  expect(await writtenBy(stage, accountId)).toEqual([])
})

test('START gives back what STOP took and nothing more; without anything to give back it says so', async () => {
  const [stranger = ''] = somePhones(1)
  const accountId = await anAccountKnowing(stage, [phone], ['transactional'])
  await stage.rows(
    `insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
     values ($1, $2, 'marketing', 'revoke', 'web_form', '2026-01-01', '2026-01-01')`,
    [accountId, stranger],
  )
  await stage.text(phone, 'STOP')
  await stage.text(phone, 'START')
  expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:yes')
  expect(await writtenBy(stage, accountId)).toEqual([])

  await stage.text(stranger, 'START')
  expect(await standing(stage, accountId, stranger)).toBe('marketing:no')
  expect(await writtenBy(stage, accountId)).toMatchObject([{ kind: 'nothing_to_restore' }])
})

test('HELP is answered with the name and the contact where the carrier does not', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  await stage.rows(
    `insert into inbox_setting (account_id, brand_name, help_contact, carrier_answers, changed_at, changed_by)
     values ($1, 'Yoga $& Co', 'help@yoga.test', 'never', now(), 'test')`,
    [accountId],
  )
  await stage.text(phone, 'help')
  expect((await writtenBy(stage, accountId))[0]?.body).toContain(
    'Yoga $& Co: For help contact help@yoga.test.',
  )

  for (let round = 0; round < 6; round += 1) await stage.text(phone, 'HELP')
  expect(await writtenBy(stage, accountId)).toHaveLength(4)
})

test('a code or a yes goes to whoever asked; YES is also the START that it is to the carrier', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  const replies: ConfirmationReply[] = []
  stage.hooks = [
    {
      onOptOut: () => Promise.resolve(),
      onReply: (_tx, _account, reply) => {
        replies.push(reply)
        return Promise.resolve(reply.code !== 9)
      },
    },
  ]
  await stage.text(phone, 'C2')
  await stage.text(phone, 'Yes, confirmed')
  await stage.text(phone, 'STOP')
  await stage.text(phone, 'YES')
  await stage.text(phone, 'Y9')

  expect(replies.map((reply) => reply.code)).toEqual([2, null, null, 9])
  expect(await standing(stage, accountId, phone)).toBe('marketing:yes transactional:yes')
  const [conversation] = await listConversations(stage, accountId, openOnes, { before: null, limit: 10 })
  expect(conversation).toMatchObject({ attention: 'unmatched_confirmation', optedOutAt: null })
})

test('words of an opt-out about an appointment are for a person; the keyword alone is an opt-out, and somebody is told', async () => {
  const [ill = '', other = '', polite = ''] = somePhones(3)
  const accountId = await anAccountKnowing(stage, [phone, ill, other, polite])
  await stage.text(phone, 'can you cancel my 3pm?')
  await stage.text(ill, "Sorry, I'm sick. Please cancel.")
  await stage.text(other, 'Cancel')
  await stage.text(polite, 'Please cancel')

  for (const one of [phone, ill])
    expect(await standing(stage, accountId, one)).toBe('marketing:yes transactional:yes')
  for (const one of [other, polite])
    expect(await standing(stage, accountId, one)).toBe('marketing:no transactional:no')
  const found = await listConversations(
    stage,
    accountId,
    { ...openOnes, attention: true },
    { before: null, limit: 10 },
  )
  expect(found.map(({ phone: number, attention }) => [number, attention])).toEqual(
    expect.arrayContaining([
      [phone, 'ambiguous'],
      [ill, 'ambiguous'],
      [other, 'keyword_clash'],
      [polite, 'keyword_clash'],
    ]),
  )
})

test('a wrong number is an opt-out with its cause', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  await stage.text(phone, 'Sorry, wrong number')
  const events = await stage.rows<{ evidence: unknown }>(
    `select evidence from consent_event where account_id = $1 and action = 'revoke'`,
    [accountId],
  )
  expect(events[0]?.evidence).toMatchObject({ cause: 'reassigned' })
})

test('on one sender of two accounts a text is shown to the one that texted last, and an opt-out counts for both', async () => {
  const [first, second] = [await anAccountKnowing(stage, [phone]), await anAccountKnowing(stage, [phone])]
  for (const accountId of [first, second]) {
    await someMessages(stage.db, accountId, [phone], { campaignId: null })
    const { claimed } = await claim(stage.db, {
      clock: stage.clock,
      lane: aLane(accountId, null),
      sender: SENDER,
    })
    await settle(
      stage.db,
      stage.clock,
      accountId,
      claimed.map((message) => message.attemptId),
    )
  }
  const [pending = ''] = await someMessages(stage.db, first, [phone])

  await stage.text(phone, 'Hello, who is this? secret-words')
  await stage.text(phone, 'take me off your list')

  expect(await listConversations(stage, first, openOnes, { before: null, limit: 10 })).toEqual([])
  expect(await listThread(stage, first, phone, { beforeId: null, limit: 10 })).not.toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'inbound' })]),
  )
  const thread = await listThread(stage, second, phone, { beforeId: null, limit: 10 })
  expect(thread.filter((text) => text.kind === 'inbound')).toHaveLength(2)
  for (const accountId of [first, second])
    expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
  expect(await messagesNow(stage.db, [pending])).toMatchObject([{ state: 'suppressed' }])
  expect(await writtenBy(stage, first)).toEqual([])
  expect(await writtenBy(stage, second)).toHaveLength(1)
})

test('a text of two accounts, of which neither has texted, is nobody’s; its opt-out counts for both', async () => {
  const [first, second] = [await anAccountKnowing(stage, [phone]), await anAccountKnowing(stage, [phone])]
  const sid = await stage.text(phone, 'STOP')
  expect(await stage.rows('select account_id, outcome from inbound_text where sid = $1', [sid])).toEqual([
    { account_id: null, outcome: 'opted-out' },
  ])
  for (const accountId of [first, second])
    expect(await standing(stage, accountId, phone)).toBe('marketing:no transactional:no')
})

test('a process that dies between two accounts is followed by one that does the rest, and undoes no START in between', async () => {
  const [first, second] = [await anAccountKnowing(stage, [phone]), await anAccountKnowing(stage, [phone])]
  const [early, late] = [first, second].sort() as [typeof first, typeof second]
  stage.hooks = [
    {
      onOptOut: (_tx, accountId) =>
        accountId === late ? Promise.reject(new Error('the process is gone')) : Promise.resolve(),
      onReply: () => Promise.resolve(false),
    },
  ]
  await stage.text(phone, 'STOP')
  expect(await standing(stage, early, phone)).toBe('marketing:no transactional:no')
  expect(await standing(stage, late, phone)).toBe('marketing:yes transactional:yes')

  await stage.rows(
    `insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     values ($1, $2, 'marketing', 'grant', 'express', 'verbal', $3, $3)`,
    [early, phone, stage.clock.now().toJSDate()],
  )
  stage.hooks = []
  stage.clock.advance({ minutes: 5 })
  await stage.apply()
  stage.clock.set('2026-03-02T15:00:00Z')

  expect(await standing(stage, early, phone)).toBe('marketing:yes transactional:no')
  expect(await standing(stage, late, phone)).toBe('marketing:no transactional:no')
})

test('a text from a number that the carrier had given up makes it reachable', async () => {
  const accountId = await anAccountKnowing(stage, [phone])
  await stage.rows(
    `insert into unreachable (account_id, phone, code, words, marked_at) values ($1, $2, 30006, 'A landline.', now())`,
    [accountId, phone],
  )
  await stage.text(phone, 'hi')
  expect(
    await stage.rows('select from unreachable where account_id = $1 and cleared_at is null', [accountId]),
  ).toEqual([])
})
