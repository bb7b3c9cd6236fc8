import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { aLot, bucketsOf } from '../support/builders/credits.js'
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
import { startCarrierRig, type CarrierRig, type RigOptions } from '../support/carrier-rig.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { postMessage } from '../../src/slices/messages/post-message.js'
import { toAttemptOutcome } from '../../src/slices/messages/to-outcome.js'
import type { AttemptReport } from '../../src/slices/messages/settle-attempts.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

let database: TestDatabase
let db: Db
let clock: FixedClock
let rig: CarrierRig | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(async () => {
  await database.drop()
})
beforeEach(() => {
  clock = fixedClock(systemClock.now().toISO())
  rig = undefined
})
afterEach(async () => {
  await rig?.stop()
  const { findings } = await runAudit(db)
  const broken = findings.filter((finding) => finding.breaches > 0 && !aboutCampaigns.has(finding.id))
  expect(broken).toEqual([])
})

/** The campaigns of these tests are ids and nothing more; whether they may run, and whose they are, nobody wrote down. */
const aboutCampaigns = new Set(['I11', 'I16'])

async function sql<Row>(statement: string, params: unknown[] = []): Promise<Row[]> {
  return readQuery<Row>(db, `/* test */ ${statement}`, params)
}

/** A campaign of texts to people who agreed. */
async function aCampaign(accountId: AccountId, phones: readonly string[], cost = 1) {
  const campaignId = newId<CampaignId>()
  await theyAgree(db, accountId, phones)
  const ids = await someMessages(db, accountId, phones, { campaignId, cost })
  return { campaignId, ids, lane: aLane(accountId, campaignId) }
}

async function aRig(options: RigOptions = {}): Promise<CarrierRig> {
  rig = await startCarrierRig(db, { clock, ...options })
  return rig
}

async function states(ids: readonly string[]): Promise<string[]> {
  return (await messagesNow(db, ids)).map((message) => message.state)
}

describe('two workers on one database', () => {
  test('send each text once, in the order of the campaign, and share the work', async () => {
    const accountId = await aSendingAccount(db, 500)
    const phones = somePhones(160)
    const { campaignId, ids } = await aCampaign(accountId, phones)
    const other = createDataSource({ url: database.url, poolSize: 5, applicationName: 'second' })
    await other.initialize()
    const first = await aRig({ behaviour: { latencyMs: { min: 1, max: 15 } } })
    const second = await startCarrierRig({ dataSource: other }, { clock })
    // The second worker posts to the same carrier: one record of what reached whom.
    second.carrier.send = (input) => first.carrier.send(input)

    await Promise.all([
      first.worker('one', () => [aLane(accountId, campaignId)], 10).runOnce(),
      second.worker('two', () => [aLane(accountId, campaignId)], 10).runOnce(),
    ])
    await second.stop()
    await other.destroy()

    expect(new Set(await states(ids))).toEqual(new Set(['accepted']))
    const reached = first.local.control.record().map((line) => line.to)
    expect([...reached].sort()).toEqual([...phones].sort())
    const claims = await sql<{ worker: string; ordinals: number[] }>(
      `select c.worker, array_agg(m.ordinal order by m.ordinal) as ordinals from claim c
       join attempt a on a.claim_id = c.id join message m on m.id = a.message_id
       where c.campaign_id = $1 group by c.id order by c.ord`,
      [campaignId],
    )
    expect(claims.flatMap(({ ordinals }) => ordinals)).toEqual(ids.map((_, ordinal) => ordinal))
    expect(new Set(claims.map(({ worker }) => worker)).size).toBe(2)
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 340, held: 0, spent: 160 })
  })
})

describe('the gate', () => {
  test('claims nothing with a credential that died while its process was stopped', async () => {
    const accountId = await aSendingAccount(db, 10)
    const { campaignId, ids } = await aCampaign(accountId, somePhones(1))
    const notAfter = clock.now().minus({ seconds: 1 }).toJSDate()

    const late = await claim(db, { clock, lane: aLane(accountId, campaignId), notAfter })

    expect(late).toEqual({ claimed: [], refused: 0, block: null })
    expect(await messagesNow(db, ids)).toMatchObject([{ state: 'pending' }])
  })

  test('writes down when its credential dies by the clock as it is now, though it was minted by a clock that was behind', async () => {
    const accountId = await aSendingAccount(db, 10)
    const { lane } = await aCampaign(accountId, somePhones(1))
    const deadByMs = clock.monotonicMs() + 60_000
    const notAfter = clock.now().plus({ seconds: 60 }).toJSDate()
    clock.set(clock.now().plus({ seconds: 30 }).toISO())
    const diesAt = clock.now().plus({ seconds: 60 }).toJSDate()

    const { claimed } = await claim(db, { clock, lane, notAfter, deadByMs })

    expect(
      await sql('select c.not_after from claim c join attempt a on a.claim_id = c.id where a.id = $1', [
        claimed[0]!.attemptId,
      ]),
    ).toEqual([{ not_after: diesAt }])
  })

  test.each([
    ['is of no use any more', { expiresAt: 10 }],
    ['falls into the recipient’s night', { openUntil: 10 }],
  ] as const)('a text that %s while it waited for its turn is not posted', async (_, given) => {
    rig = await startCarrierRig(db, { clock })
    const accountId = await aSendingAccount(db, 10)
    const { lane } = await aCampaign(accountId, somePhones(1))
    const [message] = (await claim(db, { clock, lane })).claimed
    const ends = Object.fromEntries(
      Object.entries(given).map(([name, seconds]) => [name, clock.now().plus({ seconds }).toJSDate()]),
    )
    const post = () =>
      postMessage(
        { clock, carrier: rig!.carrier, log: { error: () => undefined } },
        { sender: rig!.sender, validityMs: 600_000 },
        { ...message!, ...ends },
        { notAfter: new Date(8.64e15), deadByMs: Infinity, sendBeforeMs: Infinity },
      )
    clock.advance({ seconds: 10 })

    expect((await post()).outcome).toMatchObject({ kind: 'not_sent', retryable: true, reason: 'deadline' })
    expect(rig.local.control.record()).toEqual([])
    clock.advance({ seconds: -1 })
    expect((await post()).outcome).toMatchObject({ kind: 'accepted' })
  })

  test('lets the next ones of a campaign go before one that was put off, and the audit agrees', async () => {
    const accountId = await aSendingAccount(db, 10)
    const [busy, free] = somePhones(2) as [string, string]
    const first = await aCampaign(accountId, [busy])
    const second = await aCampaign(accountId, [busy, free])
    const [open] = (await claim(db, { clock, lane: aLane(accountId, first.campaignId) })).claimed
    await claim(db, { clock, lane: aLane(accountId, second.campaignId) })
    await settle(db, clock, accountId, [open!.attemptId])
    clock.advance({ minutes: 1 })

    await claim(db, { clock, lane: aLane(accountId, second.campaignId) })

    expect(await messagesNow(db, second.ids)).toMatchObject([
      { state: 'dispatching' },
      { state: 'dispatching' },
    ])
  })

  test.each([-4_000, 4_000])(
    'claims nothing while its clock is %d ms off the database’s, and claims again when it is right',
    async (milliseconds) => {
      const accountId = await aSendingAccount(db, 1)
      const { lane } = await aCampaign(accountId, somePhones(1))
      clock.set(systemClock.now().plus({ milliseconds }).toISO())

      const given = { clock, lane, clockSkewMs: 5_000 }
      await expect(claim(db, given)).rejects.toThrow(/the clock of this process/)
      expect(await bucketsOf(db, accountId)).toMatchObject({ available: 1, held: 0 })

      expect((await claim(db, { ...given, clock: systemClock })).claimed).toHaveLength(1)
    },
  )

  test('takes the first in order of those that have waited long enough, though another woke before it', async () => {
    const accountId = await aSendingAccount(db, 1)
    const [first, second] = somePhones(2) as [string, string]
    await theyAgree(db, accountId, [first, second])
    const wakes = (minutes: number) => clock.now().plus({ minutes }).toJSDate()
    const single = { campaignId: null }
    const [cheap] = await someMessages(db, accountId, [first], { ...single, notBefore: wakes(20) })
    const [dear] = await someMessages(db, accountId, [second], { ...single, cost: 2, notBefore: wakes(10) })
    clock.advance({ minutes: 30 })

    // One at a time, as a sender of one text a second claims.
    const { claimed } = await claim(db, { clock, lane: aLane(accountId, null), limit: 1 })
    expect(claimed.map(({ messageId }) => messageId)).toEqual([cheap])
    await settle(
      db,
      clock,
      accountId,
      claimed.map(({ attemptId }) => attemptId),
    )
    expect(await states([cheap!, dear!])).toEqual(['accepted', 'pending'])
  })

  test('leaves out who did not agree, who withdrew, where one may not send, and what would come too late', async () => {
    const accountId = await aSendingAccount(db, 100)
    const [agreed, never, withdrew, abroad] = somePhones(4) as [string, string, string, string]
    await theyAgree(db, accountId, [agreed, withdrew, abroad])
    await theyAgree(db, accountId, [never], 'transactional')
    await sql(
      `insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
       values ($1, $2, 'marketing', 'revoke', 'web_form', '2026-02-01', '2026-02-01')`,
      [accountId, withdrew],
    )
    const campaignId = newId<CampaignId>()
    const ids = await someMessages(db, accountId, [agreed, never, withdrew], { campaignId })
    const elsewhere = await someMessages(db, accountId, [abroad], { country: 'FR' })
    const late = await someMessages(db, accountId, [agreed], {
      campaignId: null,
      expiresAt: clock.now().toJSDate(),
    })
    const frenchLane = aLane(accountId, await laneOf(elsewhere[0]!))

    for (const lane of [aLane(accountId, campaignId), frenchLane, aLane(accountId, null)])
      await claim(db, { clock, lane })

    expect(await messagesNow(db, [...ids, ...elsewhere, ...late])).toMatchObject([
      { state: 'dispatching', reason: null },
      { state: 'suppressed', reason: 'consent_missing' },
      { state: 'suppressed', reason: 'consent_revoked' },
      { state: 'suppressed', reason: 'country_not_allowed' },
      { state: 'expired', reason: 'too_late' },
    ])
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 99, held: 1 })
  })

  async function laneOf(messageId: string): Promise<CampaignId> {
    const [row] = await sql<{ campaign_id: CampaignId }>('select campaign_id from message where id = $1', [
      messageId,
    ])
    return row!.campaign_id
  }

  test('lets a second text to a number wait until it is known what became of the first', async () => {
    const accountId = await aSendingAccount(db, 100)
    const [phone] = somePhones(1) as [string]
    await theyAgree(db, accountId, [phone])
    const [first] = await someMessages(db, accountId, [phone], { campaignId: null })
    const [second] = await someMessages(db, accountId, [phone], { campaignId: null })
    const lane = aLane(accountId, null)
    const { claimed } = await claim(db, { clock, lane })
    expect(claimed.map((message) => message.messageId)).toEqual([first])
    expect(await messagesNow(db, [second!])).toMatchObject([{ state: 'pending', reason: 'phone_busy' }])

    clock.advance({ seconds: 11 })
    expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], refused: 1 })
    await settle(
      db,
      clock,
      accountId,
      claimed.map((message) => message.attemptId),
    )
    clock.advance({ seconds: 11 })
    expect((await claim(db, { clock, lane })).claimed.map((message) => message.messageId)).toEqual([second])
  })

  test('stops at exactly the text that does not fit, and goes on with it after a top-up', async () => {
    const accountId = await aSendingAccount(db, 10)
    const { ids, lane } = await aCampaign(accountId, somePhones(6), 3)

    const result = await claim(db, { clock, lane })

    expect(result.claimed.map((message) => message.messageId)).toEqual(ids.slice(0, 3))
    expect(result.block).toBe('credits-exhausted')
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 1, held: 9 })
    expect(await claim(db, { clock, lane })).toMatchObject({ claimed: [], block: 'credits-exhausted' })
    await aLot(db, accountId, 5)
    const more = await claim(db, { clock, lane })
    expect(more.claimed.map((message) => message.messageId)).toEqual(ids.slice(3, 5))
    expect(more.block).toBe('credits-exhausted')
  })

  test("stops at the campaign's own cap, with credits left", async () => {
    const accountId = await aSendingAccount(db, 100)
    const { campaignId, ids } = await aCampaign(accountId, somePhones(4), 2)

    const result = await claim(db, { clock, lane: aLane(accountId, campaignId, 5) })

    expect(result.claimed.map((message) => message.messageId)).toEqual(ids.slice(0, 2))
    expect(result.block).toBe('cap-reached')
  })

  test.each([
    [
      'platform-stopped',
      `update platform_control set sending_stopped_reason = 'incident'`,
      `update platform_control set sending_stopped_reason = null`,
    ],
    [
      'account-stopped',
      `update account_control set sending_stopped_reason = 'abuse' where account_id = $1`,
      `update account_control set sending_stopped_reason = null where account_id = $1`,
    ],
    [
      'subscription-inactive',
      `update account_control set subscription_state = 'past_due' where account_id = $1`,
      `update account_control set subscription_state = 'trialing' where account_id = $1`,
    ],
    [
      'subscription-inactive',
      `update account_control set subscription_state = 'canceled' where account_id = $1`,
      `update account_control set subscription_state = 'active' where account_id = $1`,
    ],
  ])('lets nothing through between two claims once %s', async (block, stop, allow) => {
    const accountId = await aSendingAccount(db, 10)
    const { lane } = await aCampaign(accountId, somePhones(4))
    const params = stop.includes('$1') ? [accountId] : []
    expect((await claim(db, { clock, lane, limit: 2 })).claimed).toHaveLength(2)

    await sql(stop, params)
    expect(await claim(db, { clock, lane })).toEqual({ claimed: [], refused: 0, block })
    await sql(allow, params)

    expect((await claim(db, { clock, lane })).claimed).toHaveLength(2)
  })
})

describe('a revocation at the moment of a claim', () => {
  const REVOKE = `insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
    values ($1, $2, 'marketing', 'revoke', 'keyword', now(), now())`

  const LOCK = 'select from account_control where account_id = $1 for update'

  async function revoke(client: pg.Client, accountId: AccountId, phone: string): Promise<void> {
    await client.query('begin')
    await client.query(LOCK, [accountId])
    await client.query(REVOKE, [accountId, phone])
    await client.query('commit')
  }

  async function connection(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    return client
  }

  async function somebodyWaits(): Promise<void> {
    await eventually(
      async () =>
        (
          await sql(
            `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          )
        ).length > 0,
      { what: 'a session that waits for a lock' },
    )
  }

  test('that commits first is seen by the claim that waited for it', async () => {
    const accountId = await aSendingAccount(db, 10)
    const [phone] = somePhones(1) as [string]
    const { ids, lane } = await aCampaign(accountId, [phone])
    const revoker = await connection()
    await revoker.query('begin')
    await revoker.query(LOCK, [accountId])
    await revoker.query(REVOKE, [accountId, phone])

    const claiming = claim(db, { clock, lane })
    await somebodyWaits()
    await revoker.query('commit')
    await revoker.end()

    expect(await claiming).toMatchObject({ claimed: [], refused: 1 })
    expect(await messagesNow(db, ids)).toMatchObject([{ state: 'suppressed', reason: 'consent_revoked' }])
  })

  test('that comes second waits until the claim has committed, and stops the next one', async () => {
    const accountId = await aSendingAccount(db, 10)
    const [phone] = somePhones(1) as [string]
    const { ids, lane } = await aCampaign(accountId, [phone])
    const again = await someMessages(db, accountId, [phone], { campaignId: null })
    const revoker = await connection()
    let revoked: Promise<unknown> = Promise.resolve()
    let isRevoked = false
    let wasRevokedInside = false
    const mayRun = lane.gate.bind(lane)
    lane.gate = async (tx) => {
      // The claim has share-locked what every revocation raises, and so takes before anything else.
      revoked = revoke(revoker, accountId, phone).then(() => (isRevoked = true))
      await somebodyWaits()
      wasRevokedInside = isRevoked
      return mayRun(tx)
    }

    const { claimed } = await claim(db, { clock, lane })
    await revoked
    await revoker.end()

    expect(wasRevokedInside).toBe(false)
    expect(claimed.map((message) => message.messageId)).toEqual(ids)
    await claim(db, { clock, lane: aLane(accountId, null) })
    expect(await messagesNow(db, again)).toMatchObject([{ state: 'suppressed', reason: 'consent_revoked' }])
  })
})

describe('what the carrier refuses', () => {
  async function sendOnce(accountId: AccountId, campaignId: CampaignId | null) {
    const lane = aLane(accountId, campaignId)
    await rig?.worker('w1', () => [lane]).runOnce()
    return lane
  }

  /** Sends whenever the message is due, so many times at most. Returns how long it waited each time. */
  async function sendAgainAndAgain(accountId: AccountId, campaignId: CampaignId, id: string, rounds: number) {
    const delays: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = clock.now().toMillis()
      await sendOnce(accountId, campaignId)
      // Not before its time.
      await sendOnce(accountId, campaignId)
      const [message] = await sql<{ state: string; not_before: Date }>(
        'select state, not_before from message where id = $1',
        [id],
      )
      if (message?.state !== 'pending') break
      delays.push(message.not_before.getTime() - startedAt)
      clock.advance({ milliseconds: message.not_before.getTime() - startedAt + 1 })
    }
    return delays
  }

  test('for now is tried again later and later, a bounded number of times, and costs nothing', async () => {
    const { local } = await aRig()
    const accountId = await aSendingAccount(db, 10)
    const { campaignId, ids } = await aCampaign(accountId, ['+15005414107'])

    const delays = await sendAgainAndAgain(accountId, campaignId, ids[0]!, 12)

    expect(await messagesNow(db, ids)).toMatchObject([{ state: 'failed', tries: 5, attempt: 'not_sent' }])
    expect(delays).toHaveLength(4)
    delays.forEach((delay, n) => {
      expect(delay).toBeGreaterThanOrEqual(0.8 * 30_000 * 2 ** n)
      expect(delay).toBeLessThanOrEqual(1.2 * 30_000 * 2 ** n)
    })
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 10, held: 0, spent: 0 })
    expect(local.control.summary().requests).toMatchObject({ creates: 5 })
  })

  test('because too much is going on says nothing about the text: it waits and goes out in the end', async () => {
    const { local } = await aRig({ behaviour: { faults: { throttle: 1 } } })
    const accountId = await aSendingAccount(db, 10)
    const { campaignId, ids } = await aCampaign(accountId, somePhones(1))

    await sendAgainAndAgain(accountId, campaignId, ids[0]!, 7)
    expect(await messagesNow(db, ids)).toMatchObject([{ state: 'pending', tries: 7, attempt: 'not_sent' }])
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 10, held: 0, spent: 0 })

    local.control.change({ faults: { throttle: 0 } })
    await sendOnce(accountId, campaignId)
    expect(await states(ids)).toEqual(['accepted'])
  })

  test('because too much is going on costs no try, by whatever code the carrier says so', async () => {
    const accountId = await aSendingAccount(db, 10)
    const { ids, lane } = await aCampaign(accountId, somePhones(1))
    const answer = async (outcome: AttemptReport['outcome']): Promise<void> => {
      const { claimed } = await claim(db, { clock, lane })
      await settle(
        db,
        clock,
        accountId,
        claimed.map((message) => message.attemptId),
        () => outcome,
      )
      clock.advance({ hours: 1 })
    }
    const later = { kind: 'not_sent', class: 'R', reasonText: 'Later.' } as const

    for (let times = 0; times < 6; times += 1)
      await answer(toAttemptOutcome({ ...later, cause: 'throttled', code: 21611 }))
    await answer(toAttemptOutcome({ ...later, cause: 'refused', code: 14107 }))

    expect(await messagesNow(db, ids)).toMatchObject([{ state: 'pending', tries: 7, attempt: 'not_sent' }])
  })

  test('because the person opted out is suppressed, withdrawn, and refused by our own gate from then on', async () => {
    const { local } = await aRig()
    const accountId = await aSendingAccount(db, 10)
    const phone = '+15005421610'
    const { campaignId, ids } = await aCampaign(accountId, [phone, ...somePhones(1)])
    await theyAgree(db, accountId, [phone], 'transactional')
    const later = await aCampaignAgain(accountId, phone)

    await sendOnce(accountId, campaignId)
    await sendOnce(accountId, later.campaignId)
    await sendOnce(accountId, null)

    expect(await states(ids)).toEqual(['suppressed', 'accepted'])
    expect(await messagesNow(db, [later.marketing, later.reminder])).toMatchObject([
      { state: 'suppressed', reason: 'consent_revoked' },
      { state: 'suppressed', reason: 'consent_revoked' },
    ])
    expect(
      await sql(
        `select method from consent_event where account_id = $1 and phone = $2 and action = 'revoke'`,
        [accountId, phone],
      ),
    ).toEqual([{ method: 'carrier_21610' }, { method: 'carrier_21610' }])
    expect(local.control.summary().requests).toMatchObject({ creates: 2 })
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 9, held: 0, spent: 1 })
  })

  async function aCampaignAgain(accountId: AccountId, phone: string) {
    const campaignId = newId<CampaignId>()
    const [marketing] = await someMessages(db, accountId, [phone], { campaignId })
    const [reminder] = await someMessages(db, accountId, [phone], {
      campaignId: null,
      purpose: 'transactional',
    })
    return { campaignId, marketing: marketing!, reminder: reminder! }
  }

  test.each([
    [21211, 'failed'],
    [21614, 'failed'],
    [21617, 'failed'],
    [29999, 'failed'],
  ])('for good with %i is %s at once, not charged, and says why', async (code, state) => {
    const { local } = await aRig()
    const accountId = await aSendingAccount(db, 10)
    const { campaignId, ids } = await aCampaign(accountId, [`+150054${String(code)}`])

    await sendOnce(accountId, campaignId)
    clock.advance({ hours: 1 })
    await sendOnce(accountId, campaignId)

    expect(await messagesNow(db, ids)).toMatchObject([{ state, tries: 1, attempt: 'not_sent' }])
    expect(await sql('select error_code from attempt where message_id = $1', [ids[0]])).toEqual([
      { error_code: code },
    ])
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 10, held: 0, spent: 0 })
    expect(local.control.summary().requests).toMatchObject({ creates: 1 })
  })

  test('because of the sender fails no message: they wait, and the lane is told', async () => {
    await aRig({ behaviour: { ownedSenders: ['+15005559999'] } })
    const accountId = await aSendingAccount(db, 10)
    const { campaignId, ids } = await aCampaign(accountId, somePhones(3))
    const lane = aLane(accountId, campaignId)
    const told: Record<string, number>[] = []
    lane.onSettled = async (summary) => {
      told.push(summary.byClass)
    }

    await rig?.worker('w1', () => [lane]).runOnce()

    expect(await states(ids)).toEqual(['pending', 'pending', 'pending'])
    expect(told.reduce((sum, byClass) => sum + (byClass['C'] ?? 0), 0)).toBe(3)
    expect(await bucketsOf(db, accountId)).toMatchObject({ available: 10, held: 0 })
  })
})

test('a worker that drains posts and settles what it has authorised, and leaves the rest', async () => {
  const { local } = await aRig({ behaviour: { latencyMs: 100 } })
  const accountId = await aSendingAccount(db, 500)
  const { campaignId, ids } = await aCampaign(accountId, somePhones(200))
  const worker = rig!.worker('w1', () => [aLane(accountId, campaignId)], 10)
  worker.start()
  await eventually(() => local.control.record().length > 0)

  await worker.drain()

  const now = await states(ids)
  const sent = now.filter((state) => state === 'accepted').length
  expect(now.filter((state) => state === 'pending')).toHaveLength(200 - sent)
  expect(sent).toBeGreaterThan(0)
  expect(sent).toBeLessThan(200)
  expect(local.control.record()).toHaveLength(sent)
  expect(await bucketsOf(db, accountId)).toMatchObject({ held: 0, spent: sent })
})
