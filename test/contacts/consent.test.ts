import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { inTransaction } from '../../src/platform/db/transaction.js'
import { readEvents } from '../../src/platform/realtime/event-log.js'
import {
  consentAt,
  getSendability,
  grantConsent,
  importContacts,
  listConsentEvents,
  restoreForPhone,
  revokeAllForPhone,
  revokeConsent,
  type ConsentGrant,
} from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import {
  contactsRig,
  importFile,
  inPieces,
  marketingAttestation,
  openAccount,
  rows,
  type ContactsRig,
} from './support.js'

let rig: ContactsRig
let accountId: AccountId
const phone = '+12125550123'

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

beforeEach(async () => {
  accountId = await openAccount(rig)
})

afterAll(() => rig.database.drop())

const grant: ConsentGrant = {
  phone,
  purposes: ['marketing'],
  level: 'written',
  method: 'web_form',
  source: 'https://example.test/signup',
  exactText: 'I agree to texts.',
  actor: 'user:test',
}

async function epoch(): Promise<number> {
  const [row] = await rows<{ gate_epoch: string }>(
    rig,
    'select gate_epoch from account_control where account_id = $1',
    [accountId],
  )
  return Number(row?.gate_epoch)
}

async function stop(): Promise<string[]> {
  rig.clock.advance({ minutes: 1 })
  return inTransaction(rig.db, { name: 'test.stop', accountId }, (tx) =>
    revokeAllForPhone(tx, accountId, phone, {
      method: 'inbound_sms',
      source: 'STOP',
      occurredAt: rig.clock.now().toJSDate(),
    }),
  )
}

test('tells for any moment whether there was consent, and what had been shown', async () => {
  const before = rig.clock.now()
  rig.clock.advance({ days: 1 })
  await grantConsent(rig, accountId, grant)
  const during = rig.clock.now()
  rig.clock.advance({ days: 1 })
  await revokeConsent(rig, accountId, { phone: '(212) 555-0123', method: 'verbal', actor: 'user:test' })
  const after = rig.clock.now()

  expect(await consentAt(rig.db, accountId, phone, 'marketing', before)).toEqual({
    granted: false,
    event: null,
  })
  expect(await consentAt(rig.db, accountId, phone, 'marketing', during)).toMatchObject({
    granted: true,
    event: { exactText: 'I agree to texts.', method: 'web_form', level: 'written' },
  })
  expect(await consentAt(rig.db, accountId, phone, 'transactional', during)).toEqual({
    granted: false,
    event: null,
  })
  expect(await consentAt(rig.db, accountId, phone, 'marketing', after)).toMatchObject({
    granted: false,
    event: { action: 'revoke' },
  })
})

test('what is recorded later does not change what was on record before, whenever it happened', async () => {
  const before = rig.clock.now()
  const agreedAt = before.minus({ days: 30 })
  rig.clock.advance({ days: 1 })
  await grantConsent(rig, accountId, { ...grant, occurredAt: agreedAt })

  expect(await consentAt(rig.db, accountId, phone, 'marketing', before)).toEqual({
    granted: false,
    event: null,
  })
  expect(await consentAt(rig.db, accountId, phone, 'marketing', rig.clock.now())).toMatchObject({
    granted: true,
    event: { occurredAt: agreedAt.toJSDate() },
  })
})

test('each revocation raises the gate epoch, so that claims which read the state before it fail', async () => {
  await grantConsent(rig, accountId, grant)
  const granted = await epoch()
  await revokeConsent(rig, accountId, { phone, method: 'api', actor: 'user:test' })
  const revoked = await epoch()
  await importFile(rig, accountId, 'phone,sms consent\n2125550177,no\n')

  expect(revoked).toBeGreaterThan(granted)
  expect(await epoch()).toBeGreaterThan(revoked)
})

test('a revocation waits for a claim that is running', async () => {
  await grantConsent(rig, accountId, grant)
  const order: string[] = []
  const claim = rig.db.dataSource.createQueryRunner()
  await claim.connect()
  await claim.startTransaction()
  await claim.query('/* test.claim */ select 1 from account_control where account_id = $1 for share', [
    accountId,
  ])

  const revoked = revokeConsent(rig, accountId, { phone, method: 'api', actor: 'user:test' }).then(() =>
    order.push('revoked'),
  )
  const waiting = async (): Promise<boolean> => {
    const found = await rows(
      rig,
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insertConsentEvents%'",
    )
    return found.length > 0
  }
  await eventually(waiting, { what: 'the revocation waits' })
  order.push('claimed')
  await claim.commitTransaction()
  await claim.release()
  await revoked

  expect(order).toEqual(['claimed', 'revoked'])
})

test('STOP revokes every purpose at once, also for a number that nobody knows, and once only', async () => {
  expect(await stop()).toHaveLength(2)
  expect(await stop()).toEqual([])

  const states = await rows(
    rig,
    'select purpose, granted from consent where account_id = $1 order by purpose',
    [accountId],
  )
  expect(states).toEqual([
    { purpose: 'marketing', granted: false },
    { purpose: 'transactional', granted: false },
  ])
})

test('START gives back what STOP took and nothing more', async () => {
  await grantConsent(rig, accountId, grant)
  await stop()

  const restored = await inTransaction(rig.db, { name: 'test.start', accountId }, (tx) =>
    restoreForPhone(tx, accountId, phone, { source: 'START', occurredAt: rig.clock.now().toJSDate() }),
  )

  expect(restored).toHaveLength(1)
  const words = await getSendability(rig.db, accountId, [phone])
  expect(words.get(phone)?.map((one) => [one.purpose, one.mayText])).toEqual([
    ['transactional', false],
    ['marketing', true],
  ])
})

test('no file can grant over a STOP, and over another opt-out only with a later date', async () => {
  const other = '+12125550124'
  await stop()
  await revokeConsent(rig, accountId, { phone: other, method: 'verbal', actor: 'user:test' })
  const file = (date: string): string =>
    `phone,sms consent,consent date\n${phone},yes,${date}\n${other},yes,${date}\n`

  const earlier = await importFile(rig, accountId, file('2026-04-01'), { attestation: marketingAttestation })
  rig.clock.set('2026-07-01T00:00:00Z')
  const later = await importFile(rig, accountId, file('2026-06-01'), { attestation: marketingAttestation })

  expect(earlier).toMatchObject({ consentsGranted: 0, warnings: { 'opted-out-kept': 2 } })
  expect(later).toMatchObject({ consentsGranted: 1, warnings: { 'opted-out-kept': 1 } })
})

test('the history can only grow', async () => {
  await grantConsent(rig, accountId, grant)
  const attempts = [
    "update consent_event set action = 'revoke', level = null",
    'delete from consent_event',
    'truncate consent_event',
    'update consent set granted = false',
    'delete from consent',
    'truncate consent',
    `insert into consent values ('${accountId}', '+12125550199', 'marketing', true, gen_random_uuid(), 1)`,
  ]

  for (const sql of attempts) {
    await expect(rows(rig, sql)).rejects.toMatchObject({ driverError: { code: '23001' } })
  }
})

test('the current state is always the newest event by order', async () => {
  const wrong = await rows(
    rig,
    `select 1 from consent s join lateral (
       select * from consent_event e where e.account_id = s.account_id and e.phone = s.phone and e.purpose = s.purpose
       order by e.ord desc limit 1) e on true
     where s.event_id <> e.id or s.ord <> e.ord or s.granted <> (e.action = 'grant')`,
  )

  expect(wrong).toEqual([])
})

test('says no to consent that proves nothing', async () => {
  const tomorrow = rig.clock.now().plus({ days: 1 })

  expect(await grantConsent(rig, accountId, { ...grant, phone: 'call me' })).toEqual({
    ok: false,
    reason: 'phone-unreadable',
  })
  expect(await grantConsent(rig, accountId, { ...grant, purposes: [] })).toEqual({
    ok: false,
    reason: 'no-purpose',
  })
  expect(await grantConsent(rig, accountId, { ...grant, occurredAt: tomorrow })).toEqual({
    ok: false,
    reason: 'in-the-future',
  })
  expect(await grantConsent(rig, accountId, { ...grant, exactText: ' ' })).toEqual({
    ok: false,
    reason: 'text-missing',
  })
  expect(await revokeConsent(rig, accountId, { phone, purposes: [], method: 'api', actor: 'x' })).toEqual({
    ok: false,
    reason: 'no-purpose',
  })
})

test('another account’s consent is not ours', async () => {
  await grantConsent(rig, accountId, grant)
  const stranger = await openAccount(rig)

  expect(await consentAt(rig.db, stranger, phone, 'marketing', rig.clock.now())).toEqual({
    granted: false,
    event: null,
  })
  expect(await listConsentEvents(rig.db, stranger, phone, { beforeOrd: null, limit: 10 })).toEqual([])
})

test('live clients learn of consent and of the progress of imports, without numbers in the events', async () => {
  await grantConsent(rig, accountId, grant)
  await revokeConsent(rig, accountId, { phone, method: 'api', actor: 'user:test' })
  const imported = await importContacts(
    rig,
    {
      accountId,
      actor: 'user:test',
      fileName: 'x.csv',
      source: inPieces(Buffer.from('phone\n2125550124\n')),
    },
    {},
  )

  const events = await readEvents(rig.db, { accountId, afterSeq: 0, limit: 100 })
  expect(imported.ok).toBe(true)
  expect(events.map((event) => [event.topic, event.payload['action'] ?? event.payload['state']])).toEqual([
    ['consent', 'grant'],
    ['consent', 'revoke'],
    ['imports', 'running'],
    ['imports', 'running'],
    ['imports', 'completed'],
  ])
  expect(JSON.stringify(events)).not.toContain('5550')
})

test.each(['0412 345 678', '04123 45678', '020 7946 0958'])(
  'a number without a plus that does not exist in North America, %s, is refused: its opt-out would be nobody’s',
  async (local) => {
    const said = { purposes: ['marketing'], method: 'verbal', actor: 'user:test' } as const

    expect(await revokeConsent(rig, accountId, { ...said, phone: local })).toEqual({
      ok: false,
      reason: 'phone-unreadable',
    })
    expect(await grantConsent(rig, accountId, { ...said, phone: local, level: 'express' })).toEqual({
      ok: false,
      reason: 'phone-unreadable',
    })
    expect(await rows(rig, 'select 1 from consent_event where account_id = $1', [accountId])).toEqual([])
  },
)

test('with a plus and the country code, or in North America, a number is the one that is meant', async () => {
  for (const [written, meant] of [
    ['+61 412 345 678', '+61412345678'],
    ['＋61 (0)412 345 678', '+61412345678'],
    ['(212) 555-0123', '+12125550123'],
    ['1 212 555 0123', '+12125550123'],
    ['924 555 0123', '+19245550123'],
  ] as const) {
    await revokeConsent(rig, accountId, { phone: written, method: 'verbal', actor: 'user:test' })
    expect(await consentAt(rig.db, accountId, meant, 'marketing', rig.clock.now())).toMatchObject({
      event: { action: 'revoke' },
    })
  }
})

test('the history of an account is paged through in its order without reading the rest of it', async () => {
  const plan = await inTransaction(rig.db, { name: 'test.plan' }, async (tx) => {
    await tx.query('/* test */ set local enable_seqscan = off')
    await tx.query('/* test */ set local enable_sort = off')
    return tx.query(
      '/* test */ explain select * from consent_event where account_id = $1 and ord > 5 order by ord limit 10',
      [accountId],
    )
  })

  expect(JSON.stringify(plan)).toContain('Index Cond: ((account_id =')
  expect(JSON.stringify(plan)).toContain('AND (ord > ')
  expect(JSON.stringify(plan)).not.toContain('Sort')
})
