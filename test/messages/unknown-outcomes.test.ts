import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { systemClock } from '../../src/kernel/clock.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import type { MessageCounters } from '../../src/slices/messages/index.js'
import { unresolvedAttempts } from '../../src/slices/messages/store/open-attempts.js'
import { bucketsOf } from '../support/builders/credits.js'
import {
  aLane,
  aSendingAccount,
  claim,
  messagesNow,
  refusedForGood,
  settle,
  sidOf,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { LIST_LAG_MS, startCarrierRig, VALIDITY_MS, type CarrierRig } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
let clock: FixedClock
let rig: CarrierRig
let alarms: string[]

// A database for each story: look-ups and sweeps find whatever any of them has left open.
beforeEach(async () => {
  database = await createTestDatabase({ poolSize: 5 })
  db = database.db
  alarms = []
  // Ids are made by the real clock, so the story begins now.
  clock = fixedClock(systemClock.now().toISO())
})
afterEach(async () => {
  await rig.stop()
  await database.drop()
})

const counters: MessageCounters = {
  report: () => undefined,
  asked: () => undefined,
  alarm: (kind) => alarms.push(kind),
}

interface Story {
  accountId: AccountId
  campaignId: CampaignId
  ids: string[]
  send(): Promise<void>
}

/** One text in a campaign of an account with ten credits. */
async function aStory(policy: 'P0' | 'P1', phones = somePhones(1)): Promise<Story> {
  const fenced = policy === 'P1'
  rig = await startCarrierRig(db, { clock, fenced, counters, behaviour: { callbacks: { enabled: false } } })
  const accountId = await aSendingAccount(db, 10, { policy })
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId })
  return {
    accountId,
    campaignId,
    ids,
    send: async () => {
      await rig.worker('w1', () => [aLane(accountId, campaignId)]).runOnce()
    },
  }
}

/** The carrier says that it has the text of this attempt, the newest of its message unless told. */
async function reportOf(messageId: string, status = 'delivered', n?: number): Promise<void> {
  const [attempt] = await readQuery<{ id: string }>(
    db,
    '/* test */ select id from attempt where message_id = $1 and ($2::int is null or n = $2) order by n desc limit 1',
    [messageId, n ?? null],
  )
  await rig.inbox.store({
    provider: 'twilio.status',
    route: attempt!.id,
    dedupeKey: `${attempt!.id}:${status}:${newId()}`,
    params: { MessageSid: sidOf(attempt!.id), MessageStatus: status },
  })
  await rig.applyCallbacks()
}

const afterProofMs = 60_000 + 2 * 5_000 + LIST_LAG_MS + 1_000
const reached = (phone?: string) =>
  rig.local.control.record().filter((line) => phone === undefined || line.to === phone).length

describe('P1, with a fence that was proved', () => {
  test('a text that the carrier has is found in its list and charged, and never sent again', async () => {
    const story = await aStory('P1')
    rig.local.control.askFor('acceptThenDrop')
    await story.send()
    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'unknown' }])

    clock.advance({ milliseconds: afterProofMs })
    expect(await rig.resolve()).toMatchObject({ found: 1 })
    await story.send()

    expect(await messagesNow(db, story.ids)).toMatchObject([
      { state: 'accepted', tries: 1, evidence: 'look_up' },
    ])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
    expect(reached()).toBe(1)
  })

  test('an empty list proves nothing any more once it was seen that the carrier does not refuse late calls', async () => {
    const story = await aStory('P1')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()
    await recordFence({ db, clock }, false)

    clock.advance({ milliseconds: afterProofMs })
    expect(await rig.resolve()).toMatchObject({ too_early: 1, absent: 0 })
    await recordFence({ db, clock }, true)
    clock.advance({ minutes: 2 })
    expect(await rig.resolve()).toMatchObject({ absent: 1 })
    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'pending' }])
  })

  test('a text that the carrier never took is proved absent, released, and sent again', async () => {
    const story = await aStory('P1')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()
    const early = await rig.resolve()
    expect(early).toMatchObject({ absent: 0, found: 0 })

    clock.advance({ milliseconds: afterProofMs })
    expect(await rig.resolve()).toMatchObject({ absent: 1 })
    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'pending', attempt: 'absent' }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 10, held: 0 })
    await story.send()

    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'accepted', tries: 2 }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
    expect(reached()).toBe(1)
    const asked = await readQuery(
      db,
      '/* test */ select verdict, candidates from look_up order by id desc limit 1',
    )
    expect(asked).toEqual([{ verdict: 'absent', candidates: 0 }])
  })

  test('a carrier that cannot be asked proves nothing', async () => {
    const story = await aStory('P1')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()
    rig.local.control.change({ faults: { listError: 1 } })

    for (let hour = 0; hour < 3; hour += 1) {
      clock.advance({ hours: 1 })
      expect(await rig.resolve()).toMatchObject({ unavailable: 1, absent: 0 })
    }

    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'unknown' }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ held: 1 })
  })

  test('a carrier that breaks its word about the fence raises the alarm, and the second text is seen', async () => {
    const story = await aStory('P1')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()
    clock.advance({ milliseconds: afterProofMs })
    await rig.resolve()
    const [row] = await readQuery<{ id: string }>(
      db,
      `/* test */ select id from attempt where message_id = $1 and state = 'absent'`,
      [story.ids[0]],
    )
    // Against its word it took the text late, after the token had died, and reports it now.
    await rig.inbox.store({
      provider: 'twilio.status',
      route: row!.id,
      dedupeKey: `${row!.id}:late`,
      params: { MessageSid: sidOf(row!.id), MessageStatus: 'delivered' },
    })
    await rig.applyCallbacks()

    expect(alarms).toContain('late_proof')
    expect(
      await readQuery(db, '/* test */ select source from carrier_observation where attempt_id = $1', [
        row!.id,
      ]),
    ).toEqual([{ source: 'callback' }])
  })
})

describe('P0, without a fence', () => {
  test('nothing is ever sent twice: closed as unproven, charged, and given back a day later when it never turns up', async () => {
    const story = await aStory('P0')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()

    clock.advance({ milliseconds: afterProofMs })
    expect(await rig.resolve()).toMatchObject({ too_early: 1 })
    clock.advance({ milliseconds: VALIDITY_MS })
    expect(await rig.resolve()).toMatchObject({ unproven: 1 })
    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'unproven', evidence: 'policy' }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })

    clock.advance({ hours: 22 })
    expect(await rig.resolve()).toMatchObject({ refund: 0 })
    clock.advance({ hours: 2 })
    expect(await rig.resolve()).toMatchObject({ refund: 1 })
    clock.advance({ hours: 2 })
    expect(await rig.resolve()).toMatchObject({ refund: 0 })
    await story.send()

    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'unproven', tries: 1 }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 10, held: 0, spent: 0 })
    expect(reached()).toBe(0)
  })

  test('an unproven text that was given back and is reported after all is charged again, and everything adds up', async () => {
    const story = await aStory('P0')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()
    clock.advance({ milliseconds: afterProofMs + VALIDITY_MS })
    await rig.resolve()
    clock.advance({ hours: 25 })
    await rig.resolve()
    await reportOf(story.ids[0]!)

    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'accepted', delivery: 'delivered' }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
    const { findings } = await runAudit(db)
    expect(findings.filter((one) => one.breaches > 0 && !['I11', 'I16'].includes(one.id))).toEqual([])
  })

  test('a text that is proved while a look-up is about to give its charge back stays charged', async () => {
    const story = await aStory('P0')
    rig.local.control.askFor('dropBeforeAccept')
    await story.send()
    clock.advance({ milliseconds: afterProofMs + VALIDITY_MS })
    await rig.resolve()
    clock.advance({ hours: 25 })
    await rig.resolve(() => reportOf(story.ids[0]!))

    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'accepted', delivery: 'delivered' }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  })

  test('an unproven text that turns up in the list is accepted and stays charged once', async () => {
    const story = await aStory('P0')
    // The list shows it only after the policy has closed the attempt.
    rig.local.control.change({ listLagMs: 3_600_000 })
    rig.local.control.askFor('acceptThenDrop')
    await story.send()
    clock.advance({ milliseconds: afterProofMs + 60_000 })
    await rig.resolve()
    clock.advance({ milliseconds: VALIDITY_MS })
    expect(await rig.resolve()).toMatchObject({ unproven: 1 })

    clock.advance({ hours: 25 })
    await rig.resolve()

    expect(await messagesNow(db, story.ids)).toMatchObject([{ state: 'accepted', tries: 1 }])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  })
})

test('campaigns and single texts each have a policy of their own', async () => {
  const phones = somePhones(2)
  rig = await startCarrierRig(db, { clock, fenced: true })
  const accountId = await aSendingAccount(db, 10, { policy: 'P1', singlePolicy: 'P0' })
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  await someMessages(db, accountId, [phones[0]!], { campaignId })
  await someMessages(db, accountId, [phones[1]!], { campaignId: null })

  await claim(db, { clock, lane: aLane(accountId, campaignId), fenced: true })
  await claim(db, { clock, lane: aLane(accountId, null), fenced: true })

  const claims = await readQuery(
    db,
    `/* test */ select campaign_id is null as single, unknown_policy as policy, gate->'fenceProved' as proved from claim order by id`,
  )
  expect(claims).toEqual([
    { single: false, policy: 'P1', proved: true },
    { single: true, policy: 'P0', proved: true },
  ])
})

test('whoever was asked for before waits behind those who were not, however old', async () => {
  const [first, second] = somePhones(2) as [string, string]
  const story = await aStory('P0', [first])
  rig.local.control.askFor('dropBeforeAccept')
  await story.send()
  clock.advance({ milliseconds: afterProofMs })
  expect(await rig.resolve()).toMatchObject({ too_early: 1 })
  await theyAgree(db, story.accountId, [second])
  const campaignId = newId<CampaignId>()
  const [later] = await someMessages(db, story.accountId, [second], { campaignId })
  rig.local.control.askFor('dropBeforeAccept')
  await rig.worker('w2', () => [aLane(story.accountId, campaignId)]).runOnce()
  clock.advance({ milliseconds: afterProofMs })
  expect(await messagesNow(db, [later!])).toMatchObject([{ state: 'unknown' }])

  const now = clock.now()
  const next = await unresolvedAttempts(db, {
    notAfterBefore: now.minus(LIST_LAG_MS).toJSDate(),
    unprovenBefore: now.toJSDate(),
    askedBefore: now.toJSDate(),
    limit: 1,
  })
  expect(next).toMatchObject([{ phone: second, lookUps: 0 }])
})

describe('a worker that dies', () => {
  test('leaves texts that nobody sends again before it is known what became of them', async () => {
    const story = await aStory('P1', somePhones(3))
    const { claimed } = await claim(db, {
      clock,
      lane: aLane(story.accountId, story.campaignId),
      fenced: true,
    })
    // It had posted the first one when it died.
    const credential = await rig.carrier.mintCredential()
    await rig.carrier.send({
      attemptId: claimed[0]!.attemptId,
      to: claimed[0]!.phone,
      body: claimed[0]!.body,
      sender: rig.sender.address,
      validityPeriodSeconds: 600,
      credential,
    })

    expect(await rig.rescue()).toBe(0)
    await story.send()
    expect(reached()).toBe(1)
    clock.advance({ milliseconds: 71_000 })
    expect(await rig.rescue()).toBe(3)
    expect((await messagesNow(db, story.ids)).map((message) => message.state)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 7, held: 3 })

    clock.advance({ milliseconds: afterProofMs })
    expect(await rig.resolve()).toMatchObject({ found: 1, absent: 2 })
    await story.send()

    expect((await messagesNow(db, story.ids)).map((message) => [message.state, message.tries])).toEqual([
      ['accepted', 1],
      ['accepted', 2],
      ['accepted', 2],
    ])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 7, held: 0, spent: 3 })
    const phones = rig.local.control.record().map((line) => line.to)
    expect(new Set(phones).size).toBe(3)
    expect(phones).toHaveLength(3)
  })

  test('was only slow: its late report still counts, and what was rescued meanwhile is not undone', async () => {
    const story = await aStory('P0', somePhones(2))
    const { claimed } = await claim(db, { clock, lane: aLane(story.accountId, story.campaignId) })
    const [first, second] = claimed.map((message): string => message.attemptId) as [string, string]
    clock.advance({ milliseconds: 71_000 })
    await rig.rescue()

    await settle(db, clock, story.accountId, [first])
    await settle(db, clock, story.accountId, [second], () => refusedForGood)

    expect((await messagesNow(db, story.ids)).map((message) => message.state)).toEqual(['accepted', 'failed'])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  })
})

describe('the status sweep', () => {
  async function deliveries(ids: readonly string[]): Promise<(string | null)[]> {
    return (await messagesNow(db, ids)).map((message) => message.delivery)
  }

  test('finds what no report brought, and asks for each text once in each tier', async () => {
    const story = await aStory('P0', [...somePhones(3), '+15005330003', '+15005330008'])
    rig.local.control.change({ delivery: { finalMs: 120_000 } })
    await story.send()
    expect(await deliveries(story.ids)).toEqual([null, null, null, null, null])
    expect(await rig.sweep()).toEqual({ asked: 0, moved: 0, unavailable: 0 })

    clock.advance({ seconds: 62 })
    expect(await rig.sweep()).toEqual({ asked: 5, moved: 5, unavailable: 0 })
    expect(await deliveries(story.ids)).toEqual(['sent', 'sent', 'sent', 'sent', 'sending'])
    expect(await rig.sweep()).toMatchObject({ asked: 0 })

    clock.advance({ minutes: 10 })
    const asked = await Promise.all([rig.sweep(), rig.sweep(), rig.sweep()])
    expect(asked.reduce((sum, { asked: count }) => sum + count, 0)).toBe(5)
    expect(await deliveries(story.ids)).toEqual([
      'delivered',
      'delivered',
      'delivered',
      'undelivered',
      'failed',
    ])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 6, held: 0, spent: 4 })

    clock.advance({ hours: 80 })
    expect(await rig.sweep()).toMatchObject({ asked: 0 })
  })

  test('leaves a text at sent for ever after the last tier, and does not ask for what has ended', async () => {
    const story = await aStory('P0', somePhones(4))
    rig.local.control.change({ delivery: { neverReported: 1 } })
    await story.send()
    let asked = 0
    for (const hours of [0.02, 0.2, 1, 6, 24, 72, 100, 800]) {
      clock.advance({ hours })
      asked += (await rig.sweep()).asked
      asked += (await rig.sweep()).asked
    }

    expect(asked).toBeLessThanOrEqual(4 * 6)
    expect(asked).toBeGreaterThanOrEqual(4 * 4)
    expect(await deliveries(story.ids)).toEqual(['sent', 'sent', 'sent', 'sent'])
    expect(await bucketsOf(db, story.accountId)).toMatchObject({ available: 6, spent: 4 })
  })

  test('a carrier that does not answer ends the pass, and the next tier asks again', async () => {
    const story = await aStory('P0', somePhones(2))
    await story.send()
    rig.local.control.change({ faults: { readError: 1 } })
    clock.advance({ seconds: 62 })
    expect(await rig.sweep()).toEqual({ asked: 2, moved: 0, unavailable: 2 })

    rig.local.control.change({ faults: { readError: 0 } })
    expect(await rig.sweep()).toMatchObject({ asked: 0 })
    clock.advance({ minutes: 10 })
    expect(await rig.sweep()).toMatchObject({ asked: 2, moved: 2 })
    expect(await deliveries(story.ids)).toEqual(['delivered', 'delivered'])
  })
})
