import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { emailInvariants } from '../../src/app/audit/email-invariants.js'
import { seededRandom } from '../../src/kernel/random.js'
import { transitionRows } from '../../src/kernel/transitions.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { emailTransitions } from '../../src/slices/emails/domain/email-state.js'
import {
  countWaitingEmails,
  emailTimeline,
  findEndedTexts,
  firstEndedPlace,
  giveUpLost,
  sendDueEmails,
  setEmailFallback,
} from '../../src/slices/emails/index.js'
import { noCounters, suppressWaiting } from '../../src/slices/messages/index.js'
import { applyDeliveryReports } from '../../src/slices/messages/apply-delivery-reports.js'
import { markUnreachable, revokeAllForPhone } from '../../src/slices/contacts/index.js'
import { aLane, claim, settle, sidOf } from '../support/builders/messages.js'
import {
  aFailedText,
  anAccount,
  aPerson,
  aText,
  BODY,
  emailWorld,
  FROM,
  refuseAll,
  type EmailWorld,
} from './email-world.js'

let world: EmailWorld
const children = new Set<ChildProcess>()

beforeAll(async () => {
  world = await emailWorld()
})

afterEach(() => {
  world.smtp.answers = {}
  world.smtp.onReceived = null
  world.smtp.received.length = 0
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await world.smtp.stop()
  await world.drop()
})

describe('a text that did not arrive', () => {
  test('is followed by one e-mail, however often and in however many processes anybody looks', async () => {
    const accountId = await anAccount(world)
    const { email, messageId } = await aFailedText(world, accountId)

    await Promise.all([world.work(), world.work(), world.work()])
    await readQuery(world.db, '/* test */ update email_setting set through_seq = 0 where account_id = $1', [
      accountId,
    ])
    await world.work()

    expect(world.smtp.received).toHaveLength(1)
    const [sent] = world.smtp.received
    expect(sent).toMatchObject({ from: FROM, to: [email] })
    expect(sent?.data).toContain(`Message-ID: <${messageId}@tollgate.test>`)
    expect(sent?.data).toContain('Subject: Acme Physio')
    expect(sent?.data).toContain('Content-Type: text/plain; charset=utf-8')
    expect(sent?.data.split('\r\n\r\n')[1]?.trim()).toBe(BODY)
    expect(await world.emailOf(messageId)).toEqual({
      state: 'sent',
      tries: 1,
      why: 'failed',
      reason: null,
      code: null,
    })
    expect(await emailTimeline(world.db, accountId, messageId)).toMatchObject([
      { kind: 'email', words: 'Sent as e-mail instead.', facts: { state: 'sent', why: 'failed' } },
    ])
  })

  test('is followed by one when the carrier took it and reported that it was not delivered', async () => {
    const accountId = await anAccount(world)
    const { phone } = await aPerson(world, accountId)
    const messageId = await aText(world, accountId, phone)
    const { claimed } = await claim(world.db, { clock: world.clock, lane: aLane(accountId, null) })
    const attemptId = claimed[0]!.attemptId
    await settle(world.db, world.clock, accountId, [attemptId])
    await world.work()
    expect(await world.emailOf(messageId)).toBeNull()

    const deps = { clock: world.clock, random: seededRandom(5), counters: noCounters }
    await inTransaction(world.db, { name: 'test.report', accountId }, (tx) =>
      applyDeliveryReports(tx, deps, accountId, [
        { attemptId, sid: sidOf(attemptId), status: 'undelivered', errorCode: 30005 },
      ]),
    )
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'sent', why: 'undelivered' })
  })

  test('is followed by one when its number takes no texts at all', async () => {
    const accountId = await anAccount(world)
    const { phone, email } = await aPerson(world, accountId)
    await inTransaction(world.db, { name: 'test.mark', accountId }, (tx) =>
      markUnreachable(
        tx,
        accountId,
        [{ phone, code: 30006, words: 'A landline.' }],
        world.clock.now().toJSDate(),
      ),
    )
    const messageId = await aText(world, accountId, phone)
    expect((await claim(world.db, { clock: world.clock, lane: aLane(accountId, null) })).claimed).toEqual([])
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'sent', why: 'suppressed' })
    expect(world.smtp.received.map(({ to }) => to)).toEqual([[email]])
  })

  test('is followed by none while its outcome is unknown', async () => {
    const accountId = await anAccount(world)
    const { phone } = await aPerson(world, accountId)
    const messageId = await aText(world, accountId, phone)
    const { claimed } = await claim(world.db, { clock: world.clock, lane: aLane(accountId, null) })
    await settle(world.db, world.clock, accountId, [claimed[0]!.attemptId], () => ({
      kind: 'unknown',
      reason: 'timeout',
    }))

    await world.work()

    expect(await world.emailOf(messageId)).toBeNull()
  })

  test('is followed by none unless the account has switched it on, and not for what ended before', async () => {
    const accountId = await anAccount(world, { switchedOn: false })
    const before = await aFailedText(world, accountId)
    await world.work()
    await setEmailFallback(world.deps, accountId, { enabled: true, actor: 'test' })
    const after = await aFailedText(world, accountId)
    await world.work()

    expect(await world.emailOf(before.messageId)).toBeNull()
    expect(await world.emailOf(after.messageId)).toMatchObject({ state: 'sent' })
    expect(world.smtp.received.map(({ to }) => to)).toEqual([[after.email]])
  })

  test('is followed by none without a mail server, where nobody can switch it on either', async () => {
    const accountId = await anAccount(world, { switchedOn: false })
    const deps = { ...world.deps, mailer: null }

    expect(await setEmailFallback(deps, accountId, { enabled: true, actor: 'test' })).toEqual({
      ok: false,
      reason: 'no-mail-server',
    })
    expect(await sendDueEmails(deps)).toEqual({ taken: 0 })
  })

  test.each([
    ['marketing', { purpose: 'marketing' }],
    ['service', { purpose: 'service', idemKey: 'k', expiresAt: new Date('2026-03-03T15:00:00Z') }],
  ] as const)('is followed by none when it was %s', async (_name, given) => {
    const accountId = await anAccount(world)
    const { phone } = await aPerson(world, accountId)
    await readQuery(
      world.db,
      `/* test */ insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
       values ($1, $2, 'marketing', 'grant', 'express', 'import', '2026-01-01', '2026-01-01')`,
      [accountId, phone],
    )
    const messageId = await aText(world, accountId, phone, given)
    await refuseAll(world, accountId)
    await world.work()

    expect(
      await readQuery(world.db, '/* test */ select state from message where id = $1', [messageId]),
    ).toEqual([{ state: 'failed' }])
    expect(await world.emailOf(messageId)).toBeNull()
  })

  test('is followed by none when it is of no use any more', async () => {
    const accountId = await anAccount(world)
    const expiresAt = world.clock.now().plus({ minutes: 5 }).toJSDate()
    const { messageId } = await aFailedText(world, accountId, { expiresAt })
    await findEndedTexts(world.deps, firstEndedPlace())
    world.clock.advance({ minutes: 6 })
    await sendDueEmails(world.deps)

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'withheld', reason: 'no-longer-allowed' })
    expect(world.smtp.received).toEqual([])
  })

  test('waits while the account is stopped', async () => {
    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    const stop = (reason: string | null) =>
      readQuery(
        world.db,
        '/* test */ update account_control set sending_stopped_reason = $2 where account_id = $1',
        [accountId, reason],
      )
    await stop('a test')
    await world.work()
    expect(await world.emailOf(messageId)).toMatchObject({ state: 'waiting', tries: 0 })
    await stop(null)
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'sent' })
  })

  test('is followed by none when what it says has changed since', async () => {
    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    await findEndedTexts(world.deps, firstEndedPlace())
    await sendDueEmails({ ...world.deps, stillTrue: () => Promise.resolve(false) })

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'withheld', reason: 'no-longer-true' })
  })
})

describe('somebody who opted out', () => {
  test('gets no e-mail for a text that the opt-out ended', async () => {
    const accountId = await anAccount(world)
    const { phone } = await aPerson(world, accountId)
    const messageId = await aText(world, accountId, phone)
    await inTransaction(world.db, { name: 'test.stop', accountId }, (tx) =>
      suppressWaiting(tx, accountId, [phone], 'consent_revoked'),
    )
    await world.work()

    expect(await world.emailOf(messageId)).toBeNull()
  })

  test('gets none either for one that had failed before and waits to be sent', async () => {
    const accountId = await anAccount(world)
    const { phone, messageId } = await aFailedText(world, accountId)
    await findEndedTexts(world.deps, firstEndedPlace())
    expect(await world.emailOf(messageId)).toMatchObject({ state: 'waiting' })
    const now = world.clock.now().toJSDate()
    await inTransaction(world.db, { name: 'test.stop', accountId }, (tx) =>
      revokeAllForPhone(tx, accountId, phone, {
        method: 'inbound_sms',
        source: 'a test',
        actor: 'test',
        evidence: {},
        occurredAt: now,
        recordedAt: now,
      }),
    )
    await sendDueEmails(world.deps)

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'withheld', reason: 'no-longer-allowed' })
    expect(world.smtp.received).toEqual([])
  })
})

describe('the mail server', () => {
  test.each(['MAIL', 'RCPT', 'END'] as const)(
    'says 451 at %s: it is tried again after a pause, and again, and then given up',
    async (step) => {
      const accountId = await anAccount(world)
      const { messageId } = await aFailedText(world, accountId)
      world.smtp.answers = { [step]: '451 later' }
      await world.work()
      expect(await world.emailOf(messageId)).toMatchObject({ state: 'waiting', tries: 1, code: 451 })
      expect(await world.work()).toEqual({ taken: 0 })
      for (const minutes of [1, 5, 15, 60, 240]) {
        world.clock.advance({ minutes })
        await world.work()
      }

      expect(await world.emailOf(messageId)).toMatchObject({ state: 'failed', tries: 6, code: 451 })
      world.smtp.answers = {}
      world.clock.advance({ hours: 10 })
      expect(await world.work()).toEqual({ taken: 0 })
      expect(world.smtp.received).toEqual([])
    },
  )

  test('says 451 once and then takes it: one e-mail', async () => {
    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    world.smtp.answers = { RCPT: '451 greylisted' }
    await world.work()
    world.smtp.answers = {}
    world.clock.advance({ minutes: 1 })
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'sent', tries: 2 })
    expect(world.smtp.received).toHaveLength(1)
  })

  test.each(['MAIL', 'RCPT', 'DATA', 'END'] as const)('says 550 at %s: it is over', async (step) => {
    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    world.smtp.answers = { [step]: '550 no such mailbox' }
    await world.work()
    world.smtp.answers = {}
    world.clock.advance({ hours: 10 })
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({
      state: 'failed',
      tries: 1,
      reason: 'refused',
      code: 550,
    })
    expect(world.smtp.received).toEqual([])
  })

  test('cannot be reached: nothing was sent, so it is tried again', async () => {
    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    world.smtp.answers = { greeting: 'hang-up' }
    await world.work()
    expect(await world.emailOf(messageId)).toMatchObject({ state: 'waiting', reason: 'unreachable' })
    world.smtp.answers = {}
    world.clock.advance({ minutes: 1 })
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({ state: 'sent', tries: 2 })
  })

  test('takes it and hangs up without a word: nobody knows, so it is not sent again', async () => {
    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    world.smtp.answers = { END: 'hang-up' }
    await world.work()
    world.smtp.answers = {}
    world.clock.advance({ hours: 10 })
    await world.work()

    expect(await world.emailOf(messageId)).toMatchObject({
      state: 'uncertain',
      tries: 1,
      reason: 'no-answer',
    })
    expect(world.smtp.received).toHaveLength(1)
  })
})

test('with more accounts than one run visits, each has its turn, also while those before it go on texting', async () => {
  const accounts = (await Promise.all(Array.from({ length: 101 }, () => anAccount(world)))).sort()
  const { messageId } = await aFailedText(world, accounts.at(-1)!)
  const place = firstEndedPlace()
  for (let run = 0; run < 2; run += 1) {
    // All of them have had events since.
    await readQuery(
      world.db,
      '/* test */ update email_setting set through_seq = 0 where account_id = any ($1::uuid[])',
      [accounts],
    )
    await findEndedTexts(world.deps, place)
  }

  expect(await world.emailOf(messageId)).toMatchObject({ state: 'waiting' })
  await sendDueEmails(world.deps)
  await readQuery(
    world.db,
    '/* test */ update email_setting set enabled = false where account_id = any ($1::uuid[])',
    [accounts],
  )
})

describe('a process that is killed', () => {
  test.each([
    ['before it talks to the mail server', 'emails.take:committed', 0],
    ['after the mail server took the e-mail', 'emails.smtp:answered', 1],
    ['before it could commit what the mail server said', 'emails.settle:written', 1],
  ] as const)(
    '%s leaves the e-mail to nobody: at most one is sent',
    async (_name, crashAt, sent) => {
      const accountId = await anAccount(world)
      const { messageId } = await aFailedText(world, accountId)
      await findEndedTexts(world.deps, firstEndedPlace())

      expect(await killedAt(crashAt)).toBe('SIGKILL')
      await world.work()

      expect(await world.emailOf(messageId)).toMatchObject({ state: 'sending', tries: 1 })
      world.clock.advance({ minutes: 16 })
      await giveUpLost(world.deps, (error) => {
        throw error
      })
      await world.work()
      expect(await world.emailOf(messageId)).toMatchObject({ state: 'uncertain', tries: 1 })
      expect(world.smtp.received).toHaveLength(sent)
    },
    120_000,
  )

  async function killedAt(crashAt: string): Promise<string | null> {
    const runner = fileURLToPath(new URL('../support/processes/email-process.ts', import.meta.url))
    const now = world.clock.now().toISO()
    const child = spawn(
      process.execPath,
      ['--import', '@swc-node/register/esm-register', runner, world.url, world.smtp.url, FROM, crashAt, now],
      { stdio: 'ignore' },
    )
    children.add(child)
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    children.delete(child)
    return signal
  }
})

describe('the database', () => {
  test('holds the same transitions as the program and refuses every other move', async () => {
    const rows = await readQuery<{ from: string; to: string }>(
      world.db,
      '/* test */ select from_state as "from", to_state as "to" from email_transition',
    )
    const inOrder = (pairs: readonly { from: string; to: string }[]) =>
      pairs.map(({ from, to }) => `${from} ${to}`).sort()
    expect(inOrder(rows)).toEqual(inOrder(transitionRows(emailTransitions)))

    const accountId = await anAccount(world)
    const { messageId } = await aFailedText(world, accountId)
    await world.work()
    const moved = readQuery(
      world.db,
      `/* test */ update email_fallback set state = 'waiting' where message_id = $1`,
      [messageId],
    )
    await expect(moved).rejects.toThrow(/illegal e-mail transition sent -> waiting/)
  })

  test('keeps each try for ever', async () => {
    await expect(readQuery(world.db, '/* test */ delete from email_attempt')).rejects.toThrow()
    await expect(readQuery(world.db, '/* test */ update email_attempt set n = 9')).rejects.toThrow()
  })
})

test('every outcome of a try is counted once, and what waits is told by the database', async () => {
  const counted: string[] = []
  const counting = { ...world.deps, count: (outcome: string) => counted.push(outcome) }
  const before = await countWaitingEmails(world.db)
  const accountId = await anAccount(world)
  await aFailedText(world, accountId)
  await findEndedTexts(world.deps, firstEndedPlace())
  expect((await countWaitingEmails(world.db)).waiting).toBe(before.waiting + 1)
  world.smtp.answers = { RCPT: '451 greylisted' }
  await sendDueEmails(counting)
  world.smtp.answers = {}
  world.clock.advance({ minutes: 1 })
  await sendDueEmails(counting)
  const { messageId } = await aFailedText(world, accountId)
  await findEndedTexts(world.deps, firstEndedPlace())
  await sendDueEmails({ ...counting, stillTrue: () => Promise.resolve(false) })

  expect(await world.emailOf(messageId)).toMatchObject({ state: 'withheld' })
  expect(counted).toEqual(['later', 'sent', 'withheld'])
  expect(await countWaitingEmails(world.db)).toMatchObject({ waiting: before.waiting })
})

test('after all of this the audit finds no e-mail for a text that had arrived, and none twice', async () => {
  const sent = await readQuery(world.db, "/* test */ select from email_fallback where state = 'sent'")
  expect(sent.length).toBeGreaterThan(5)
  for (const { id, sql } of emailInvariants)
    expect({ id, found: await readQuery(world.db, `/* audit.${id} */ ${sql}`) }).toEqual({ id, found: [] })
})
