import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type AttemptId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  acceptDatabase,
  lockSending,
  recordFence,
  resumePlatform,
  sendingLock,
  watchDatabase,
} from '../../src/slices/accounts/index.js'
import {
  DatabaseWitness,
  lookForLostTail,
  reconcileRestore,
  resolveUnknown,
  type ReconcileDeps,
  type ReconcileResult,
} from '../../src/slices/messages/index.js'
import {
  attributeSent,
  type SendableMessage,
  type SentText,
} from '../../src/slices/messages/domain/attribute-sent.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  settle,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

const clock = systemClock
let database: TestDatabase
let rig: CarrierRig

beforeAll(async () => {
  database = await createTestDatabase()
  rig = await startCarrierRig(database.db, { behaviour: { callbacks: { enabled: false } } })
  await watchDatabase(deps())
}, 60_000)

afterAll(async () => {
  await rig.stop()
  await database.drop()
})

const deps = () => ({ db: database.db, clock })

/** A text that a database of later had sent, under an attempt that is lost. */
async function wasSent(
  to: string,
  body = 'Hello. Reply STOP to end.',
): Promise<{ sid: string; attemptId: AttemptId }> {
  const attemptId = newId<AttemptId>()
  const outcome = await rig.carrier.send({
    attemptId,
    to,
    body,
    sender: rig.sender.address,
    validityPeriodSeconds: 600,
    credential: await rig.carrier.mintCredential(),
  })
  if (outcome.kind !== 'accepted') throw new Error(`the carrier did not take it: ${outcome.kind}`)
  return { sid: outcome.sid, attemptId }
}

async function waiting(
  credits: number,
  count: number,
): Promise<{ accountId: AccountId; phones: string[]; ids: string[] }> {
  const accountId = await aSendingAccount(database.db, credits)
  const phones = somePhones(count)
  await theyAgree(database.db, accountId, phones, 'transactional')
  const ids = await someMessages(database.db, accountId, phones, {
    campaignId: null,
    purpose: 'transactional',
  })
  return { accountId, phones, ids }
}

interface ReconcileGiven {
  acceptStrays?: string
  dryRun?: boolean
  prepare?: ReconcileDeps['prepare']
  settleOpen?: ReconcileDeps['settleOpen']
}

async function reconcile(given: ReconcileGiven = {}): Promise<ReconcileResult> {
  return reconcileRestore(
    {
      ...deps(),
      random: seededRandom(1),
      carrier: rig.carrier,
      sender: rig.sender,
      prepare: given.prepare ?? (() => Promise.resolve()),
      settleOpen: given.settleOpen ?? (() => Promise.resolve()),
      wait: () => Promise.resolve(),
    },
    {
      callsMs: 0,
      clockSkewMs: 1_000,
      listLagMs: 0,
      since: new Date(0),
      marginMs: 0,
      dryRun: given.dryRun ?? false,
      acceptStrays: given.acceptStrays ?? null,
      actor: 'test',
    },
  )
}

const claimOf = (accountId: AccountId, witness?: DatabaseWitness) =>
  claim(database.db, {
    clock,
    lane: aLane(accountId, null),
    sender: rig.sender.address,
    ...(witness && { witness }),
  })

test('a database that is not the one that last sent refuses claims by itself, and no resume helps', async () => {
  const { accountId } = await waiting(10, 1)
  await readQuery(
    database.db,
    `/* test */ update platform_control set database_identity = 'another/1/00000001'`,
  )

  expect(await claimOf(accountId)).toMatchObject({ claimed: [], block: 'sending-locked' })

  expect((await sendingLock(database.db)).reason).toMatch(/^restore: /)
  await resumePlatform(deps())
  expect(await claimOf(accountId)).toMatchObject({ claimed: [], block: 'sending-locked' })
  const [event] = await readQuery(
    database.db,
    `/* test */ select state, reason from control_event where kind = 'platform' order by ord desc limit 1`,
  )
  expect(event).toMatchObject({ state: 'may_not_send', reason: expect.stringMatching(/^restore: /) })
  expect(await reconcile()).toMatchObject({ ok: true, unlocked: true })
  expect((await claimOf(accountId)).claimed).toHaveLength(1)
})

test('what a lost database had sent is accepted and charged once; what is not there any more becomes debt', async () => {
  const { accountId, phones, ids } = await waiting(3, 5)
  const open = await waiting(5, 1)
  const [attempt] = (await claimOf(open.accountId)).claimed
  const sent = [...phones.slice(0, 4), ...open.phones]
  for (const phone of sent) await wasSent(phone)
  await lockSending(deps(), 'restore: test')

  const look = await reconcile({ dryRun: true })
  expect(look).toMatchObject({
    ok: true,
    unlocked: false,
    found: { imported: 5, strays: 0, chargedCredits: 5 },
  })
  expect((await messagesNow(database.db, ids)).map(({ state }) => state)).toEqual(Array(5).fill('pending'))

  expect(await reconcile()).toMatchObject({ ok: true, unlocked: true, found: { imported: 5, left: 0 } })

  const states = await messagesNow(database.db, ids)
  expect(states.map(({ state, evidence }) => [state, evidence])).toEqual([
    ...Array.from({ length: 4 }, () => ['accepted', 'restore']),
    ['pending', null],
  ])
  expect(await messagesNow(database.db, open.ids)).toMatchObject([
    { state: 'accepted', evidence: 'restore', tries: 1 },
  ])
  expect(attempt?.messageId).toBe(open.ids[0])
  expect(await bucketsOf(database.db, accountId)).toMatchObject({ available: 0, held: 0, spent: 4, debt: 1 })
  expect((await runAudit(database.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
  expect(await reconcile()).toEqual({ ok: false, reason: 'not-locked' })
})

test('what this database writes only now, because it had not fallen due when it was copied, is known by its words', async () => {
  const accountId = await aSendingAccount(database.db, 5)
  const phones = somePhones(2)
  await theyAgree(database.db, accountId, phones, 'transactional')
  await wasSent(phones[0]!)
  await lockSending(deps(), 'restore: test')
  let ids: string[] = []

  const result = await reconcile({
    prepare: async () => {
      ids = await someMessages(database.db, accountId, phones, { campaignId: null, purpose: 'transactional' })
    },
  })

  expect(result).toMatchObject({ ok: true, unlocked: true, found: { imported: 1, strays: 0 } })
  expect(await messagesNow(database.db, ids)).toMatchObject([{ state: 'accepted' }, { state: 'pending' }])
})

test('an attempt that nothing was sent for does not keep another text to its number from being written', async () => {
  await recordFence(deps(), true)
  const accountId = await aSendingAccount(database.db, 5, { policy: 'P1' })
  const [phone] = somePhones(1)
  await theyAgree(database.db, accountId, [phone!], 'transactional')
  const single = { campaignId: null, purpose: 'transactional' } as const
  const [blocking] = await someMessages(database.db, accountId, [phone!], single)
  const notAfter = clock.now().plus({ milliseconds: 500 }).toJSDate()
  const { claimed } = await claim(database.db, {
    ...{ clock, lane: aLane(accountId, null), sender: rig.sender.address, notAfter, fenced: true },
  })
  await settle(database.db, clock, accountId, [claimed[0]!.attemptId], () => ({
    kind: 'unknown',
    reason: 'timeout',
  }))
  const [lost] = await someMessages(database.db, accountId, [phone!], { ...single, body: 'Something else.' })
  await wasSent(phone!, 'Something else.')
  await lockSending(deps(), 'restore: test')
  expect(await reconcile()).toMatchObject({ ok: false, reason: 'left', found: { left: 1 } })
  await eventually(() => clock.now().toJSDate() > notAfter)

  const settleOpen: ReconcileDeps['settleOpen'] = async (spokenFor) => {
    const windows = { clockSkewMs: 0, listLagMs: 0, validityMs: 600_000, unprovenRefundMs: 86_400_000 }
    const bounds = { lookUpIntervalMs: 0, limit: 100, concurrency: 1 }
    const settling = { ...deps(), random: seededRandom(1), carrier: rig.carrier }
    await resolveUnknown(settling, { ...windows, ...bounds, spokenFor })
  }
  expect(await reconcile({ settleOpen })).toMatchObject({ ok: true, found: { imported: 1, left: 0 } })

  expect(await messagesNow(database.db, [blocking!, lost!])).toMatchObject([
    { state: 'pending' },
    { state: 'accepted', evidence: 'restore' },
  ])
})

test('a text that fits no message keeps the lock until somebody says why', async () => {
  const { accountId } = await waiting(5, 1)
  await wasSent(somePhones(1)[0]!)
  await lockSending(deps(), 'restore: test')

  expect(await reconcile()).toMatchObject({ ok: false, reason: 'strays', found: { strays: 1 } })
  expect(await claimOf(accountId)).toMatchObject({ block: 'sending-locked' })
  expect(await reconcile({ acceptStrays: 'sent by the old system' })).toMatchObject({
    ok: true,
    unlocked: true,
  })
  await lockSending(deps(), 'restore: test again')
  expect(await reconcile()).toMatchObject({ ok: true, found: { strays: 0 } })
})

test('reports for attempts that are lost are kept, and applied once their text is known by its id', async () => {
  const { phones, ids } = await waiting(5, 1)
  const { sid, attemptId } = await wasSent(phones[0]!)
  const arrives = (status: string) =>
    rig.inbox.store({
      provider: 'twilio.status',
      route: attemptId,
      dedupeKey: `${attemptId}:${sid}:${status}`,
      params: { MessageSid: sid, MessageStatus: status },
    })
  await arrives('sent')
  await rig.applyCallbacks()
  expect(await messagesNow(database.db, ids)).toMatchObject([{ state: 'pending', delivery: null }])
  await lockSending(deps(), 'restore: test')

  expect(await reconcile()).toMatchObject({ ok: true, unlocked: true })
  await rig.applyCallbacks()
  expect(await messagesNow(database.db, ids)).toMatchObject([{ state: 'accepted', sid, delivery: 'sent' }])
  await arrives('delivered')
  await rig.applyCallbacks()
  expect(await messagesNow(database.db, ids)).toMatchObject([{ state: 'accepted', delivery: 'delivered' }])
})

describe('a data directory that was copied back', () => {
  const looksBack = (prepare: () => Promise<void> = () => Promise.resolve()) =>
    lookForLostTail(
      { ...deps(), carrier: rig.carrier, prepare },
      { sender: rig.sender.address, clockSkewMs: 1_000 },
    )

  test('is noticed when what the carrier has sent falls due only now', async () => {
    const accountId = await aSendingAccount(database.db, 5)
    const phones = somePhones(1)
    await theyAgree(database.db, accountId, phones, 'transactional')
    await wasSent(phones[0]!)
    expect(await looksBack()).toEqual({ kind: 'none', strays: 1 })

    const writes = async (): Promise<void> => {
      await someMessages(database.db, accountId, phones, { campaignId: null, purpose: 'transactional' })
    }
    expect(await looksBack(writes)).toEqual({ kind: 'locked', texts: 1 })
    expect(await reconcile()).toMatchObject({ ok: true, unlocked: true })
  })

  test('is noticed by a starting worker: the carrier has sent what waits here', async () => {
    const { phones } = await waiting(5, 2)
    expect(await looksBack()).toEqual({ kind: 'none', strays: 0 })
    await wasSent(phones[0]!)

    expect(await looksBack()).toEqual({ kind: 'locked', texts: 1 })
    expect((await sendingLock(database.db)).reason).toMatch(/^restore: the carrier/)
    expect(await reconcile()).toMatchObject({ ok: true, unlocked: true })
  })

  test('is noticed by a running worker: it knows less than the worker has seen, until it was accepted', async () => {
    const { accountId } = await waiting(5, 2)
    const witness = new DatabaseWitness()
    witness.hasGoneBack({ epoch: 0n, flushed: 0n }, { epoch: 0n, flushed: 1n })
    expect(await claimOf(accountId, witness)).toMatchObject({ block: null })
    // As if this process had seen far more of the log than there is.
    witness.hasGoneBack(witness.known, { ...witness.known, flushed: 10n ** 18n })

    expect(await claimOf(accountId, witness)).toMatchObject({ claimed: [], block: 'sending-locked' })
    expect((await sendingLock(database.db)).reason).toMatch(/knows less/)
    expect(
      await acceptDatabase(deps(), {
        actor: 'test',
        listedSince: new Date(0),
        listed: 0,
        known: 0,
        imported: 0,
        stray: 0,
        strayReason: null,
        chargedCredits: 0,
      }),
    ).toBe(true)
    expect(await claimOf(accountId, witness)).toMatchObject({ block: null })
  })
})

describe('attribution', () => {
  const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1_000)
  const text = (sid: string, given: Partial<SentText> = {}): SentText => ({
    sid,
    phone: '+1',
    body: 'a',
    sentAt: at(10),
    ...given,
  })
  const message = (messageId: string, given: Partial<SendableMessage> = {}): SendableMessage => ({
    messageId,
    accountId: 'A',
    campaignId: null,
    phone: '+1',
    body: 'a',
    cost: 1,
    attemptId: null,
    sinceMs: null,
    place: 1,
    ...given,
  })
  const pairs = (texts: SentText[], messages: SendableMessage[]): string[] => {
    const { matched, strays } = attributeSent(texts, messages, 1_000)
    return [
      ...matched.map((one) => `${one.text.sid}=${one.message.messageId}`),
      ...strays.map(({ sid }) => sid),
    ]
  }

  test('goes by number, words and time; open attempts first, then the order of claims', () => {
    const open = message('open', { attemptId: 't', sinceMs: at(0).getTime(), place: 9 })
    expect(pairs([text('s')], [message('waits'), open])).toEqual(['s=open'])
    expect(pairs([text('s')], [message('second', { place: 2 }), message('first')])).toEqual(['s=first'])
    expect(pairs([text('s', { body: 'b' })], [message('m')])).toEqual(['s'])
    expect(pairs([text('s', { phone: '+2' })], [message('m')])).toEqual(['s'])
    const openLater = message('later', { attemptId: 't', sinceMs: at(20).getTime() })
    expect(pairs([text('s')], [openLater])).toEqual(['s'])
    expect(pairs([text('s', { body: '' })], [message('m')])).toEqual(['s=m'])
  })

  test('gives a message one text: a second copy is a stray', () => {
    expect(pairs([text('late', { sentAt: at(11) }), text('early')], [message('m')])).toEqual([
      'early=m',
      'late',
    ])
  })
})
