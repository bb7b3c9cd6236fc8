import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import { invariants } from '../../src/app/audit/invariants.js'
import type { AccountId, ContactId } from '../../src/kernel/ids.js'
import { inTransaction } from '../../src/platform/db/transaction.js'
import {
  consentAt,
  getSendability,
  grantConsent,
  listContacts,
  revokeAllForPhone,
  runDueImports,
  runImport,
  startImport,
  undoImport,
  updateContact,
  type ContactImport,
} from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import {
  contactsRig,
  contentsOf,
  exampleFile,
  importFile,
  importState,
  marketingAttestation,
  openAccount,
  rows,
  upload,
  type ContactsRig,
} from './support.js'

let rig: ContactsRig
let accountId: AccountId

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

beforeEach(async () => {
  accountId = await openAccount(rig)
})

afterAll(() => rig.database.drop())

const request = { attestation: marketingAttestation }

async function undo(imported: ContactImport, by = rig): Promise<ContactImport> {
  rig.clock.advance({ minutes: 1 })
  const decided = await undoImport(rig, accountId, imported.id)
  if (!decided.ok) throw new Error(decided.reason)
  await runDueImports({
    ...by,
    onError: (error) => {
      throw error
    },
  })
  return importState(rig, accountId, imported.id)
}

async function contacts(): Promise<unknown[]> {
  return listContacts(rig.db, accountId, {}, { beforeId: null, limit: 10_000 })
}

test('undoing the only import leaves no contact, no consent, and the whole history of both', async () => {
  const imported = await importFile(rig, accountId, await exampleFile('contacts-crm-export.csv'), request)

  const undone = await undo(imported)

  expect(undone).toMatchObject({
    state: 'undone',
    undo: { removed: 1295, restored: 0, kept: 0, consentsRevoked: 776 },
  })
  expect(await contacts()).toEqual([])
  expect(await rows(rig, 'select 1 from consent where account_id = $1 and granted', [accountId])).toEqual([])
  const events = await rows<{ action: string; count: number }>(
    rig,
    'select action, count(*)::int from consent_event where account_id = $1 group by 1 order by 1',
    [accountId],
  )
  expect(events).toEqual([
    // One number says yes in an early chunk and no in a later one.
    { action: 'grant', count: 776 + 1 },
    { action: 'revoke', count: 776 + 594 },
  ])
})

test('contacts from before the import get their earlier values back', async () => {
  await importFile(rig, accountId, 'phone,first name,tags\n2125550123,Ana,old\n2125550124,Ben,old\n')
  const before = await contentsOf(rig, accountId)
  const second = await importFile(
    rig,
    accountId,
    'phone,first name,last name,tags\n(212) 555-0123,Anna,Silva,new\n2125550125,Cem,,new\n',
  )
  expect(second.counts).toMatchObject({ created: 1, updated: 1 })

  const undone = await undo(second)

  expect(undone.undo).toEqual({ removed: 1, restored: 1, kept: 0, consentsRevoked: 0 })
  expect(await contentsOf(rig, accountId)).toEqual(before)
})

test('what somebody changed since the import stays', async () => {
  const imported = await importFile(rig, accountId, 'phone,first name\n2125550123,Ana\n2125550124,Ben\n')
  const [ben] = await listContacts(rig.db, accountId, { search: 'ben' }, { beforeId: null, limit: 1 })
  await updateContact(rig, accountId, ben?.id as ContactId, { lastName: 'Ng' })

  const undone = await undo(imported)

  expect(undone.undo).toMatchObject({ removed: 1, kept: 1 })
  expect(await contacts()).toMatchObject([{ firstName: 'Ben', lastName: 'Ng' }])
})

test('a later import counts as a change: its contacts stay until it is undone itself, and then have their earlier values', async () => {
  const first = await importFile(rig, accountId, 'phone,first name\n2125550123,Ana\n')
  const second = await importFile(rig, accountId, 'phone,first name\n2125550123,Anna\n')

  expect((await undo(first)).undo).toMatchObject({ removed: 0, kept: 0 })
  expect(await contacts()).toMatchObject([{ firstName: 'Anna' }])
  expect((await undo(second)).undo).toMatchObject({ restored: 1 })
  expect(await contacts()).toMatchObject([{ firstName: 'Ana' }])
})

test('an opt-out by text outlives the undo, and a corrected file may grant again only where nobody opted out', async () => {
  const file = 'phone,sms consent\n2125550123,yes\n2125550124,yes\n'
  const imported = await importFile(rig, accountId, file, request)
  await inTransaction(rig.db, { name: 'test.stop', accountId }, (tx) =>
    revokeAllForPhone(tx, accountId, '+12125550124', {
      method: 'inbound_sms',
      source: 'STOP',
      occurredAt: rig.clock.now().toJSDate(),
    }),
  )

  const undone = await undo(imported)
  const again = await importFile(rig, accountId, file, request)

  expect(undone.undo).toMatchObject({ consentsRevoked: 1 })
  expect(again).toMatchObject({ consentsGranted: 1, warnings: { 'opted-out-kept': 1 } })
  const words = await getSendability(rig.db, accountId, ['+12125550123', '+12125550124'])
  expect([...words.values()].map((list) => list.find((one) => one.purpose === 'marketing')?.mayText)).toEqual(
    [true, false],
  )
})

const written = { attestation: { ...marketingAttestation, level: 'written' as const } }

async function webForm(phone: string): Promise<void> {
  const granted = await grantConsent(rig, accountId, {
    ...{ phone, purposes: ['marketing'], level: 'express', method: 'web_form', exactText: 'Texts, please.' },
    ...{ language: 'en', actor: 'user:test' },
  })
  if (!granted.ok) throw new Error(granted.reason)
  rig.clock.advance({ minutes: 1 })
}

async function history(): Promise<unknown[]> {
  return rows(
    rig,
    `select action, level, method, exact_text, language, evidence ? 'restores' as restored from consent_event
     where account_id = $1 order by ord`,
    [accountId],
  )
}

test('undo gives people the consent back that they had given before the import, however many they are', async () => {
  for (const phone of ['+12125550123', '+12125550124']) await webForm(phone)
  const small = { ...rig, limits: { ...rig.limits, chunkRows: 1 } }
  const file = 'phone,sms consent\n2125550123,yes\n2125550124,yes\n2125550125,yes\n'
  const imported = await importFile(rig, accountId, file, written)

  const undone = await undo(imported, small)

  expect(imported.consentsGranted).toBe(3)
  expect(undone).toMatchObject({ state: 'undone', undo: { consentsRevoked: 1 } })
  const sendable = await getSendability(rig.db, accountId, ['+12125550123', '+12125550124', '+12125550125'])
  const marketing = [...sendable.values()].map((list) => list.find((one) => one.purpose === 'marketing'))
  expect(marketing).toMatchObject([{ mayText: true }, { mayText: true }, { mayText: false }])
  expect(await history()).toContainEqual({
    ...{ action: 'grant', level: 'express', method: 'web_form', exact_text: 'Texts, please.' },
    ...{ language: 'en', restored: true },
  })
  for (const { sql } of invariants.filter(({ id }) => ['I10', 'I27'].includes(id)))
    expect(await rows(rig, sql)).toEqual([])
})

test.each([
  ['the older first', [0, 1]],
  ['the newer first', [1, 0]],
] as const)('of two imports that are both undone, %s, no consent is left', async (_name, order) => {
  const file = 'phone,sms consent\n2125550123,yes\n'
  const first = await importFile(rig, accountId, file, request)
  const second = await importFile(rig, accountId, file, written)

  for (const place of order) await undo([first, second][place]!)

  expect(await rows(rig, 'select granted from consent where account_id = $1', [accountId])).toEqual([
    { granted: false },
  ])
})

test('an import that is undone while it runs writes no further row', async () => {
  const importId = await upload(rig, accountId, await exampleFile('contacts-crm-export.csv'))
  await startImport(rig, accountId, importId, request)
  let decided: Promise<unknown> | undefined
  const run = runImport(
    {
      ...rig,
      afterChunk: (chunk) => {
        if (chunk === 2) decided = undoImport(rig, accountId, importId)
      },
    },
    accountId,
    importId,
  )

  expect(await run).toEqual({ ok: false, reason: 'stopped' })
  expect(await decided).toMatchObject({ ok: true })
  await runDueImports({
    ...rig,
    onError: (error) => {
      throw error
    },
  })

  expect(await importState(rig, accountId, importId)).toMatchObject({ state: 'undone' })
  expect(await contacts()).toEqual([])
})

test('undo says no to what cannot be undone', async () => {
  const stranger = await openAccount(rig)
  const waiting = await upload(rig, accountId, 'phone\n2125550123\n')
  const imported = await importFile(rig, accountId, 'phone\n2125550123\n')

  expect(await undoImport(rig, stranger, imported.id)).toEqual({ ok: false, reason: 'not-found' })
  expect(await undoImport(rig, accountId, waiting)).toEqual({ ok: false, reason: 'not-started' })
  await undo(imported)
  expect(await undoImport(rig, accountId, imported.id)).toEqual({ ok: false, reason: 'already-undone' })
})

test('what an undone import had granted was consent at the time, and is none afterwards', async () => {
  const imported = await importFile(rig, accountId, 'phone,sms consent\n2125550123,yes\n', request)
  const during = rig.clock.now()
  await undo(imported)

  expect(await consentAt(rig.db, accountId, '212-555-0123', 'marketing', during)).toMatchObject({
    granted: true,
    event: { exactText: 'I agree to receive texts from Acme.' },
  })
  expect(await consentAt(rig.db, accountId, '212-555-0123', 'marketing', rig.clock.now())).toMatchObject({
    granted: false,
  })
  expect(
    await consentAt(rig.db, accountId, '212-555-0123', 'marketing', DateTime.fromISO('2020-01-01T00:00:00Z')),
  ).toEqual({ granted: false, event: null })
})
