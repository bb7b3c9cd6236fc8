import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { newId, type AccountId, type ContactId } from '../../src/kernel/ids.js'
import {
  createContact,
  deleteContact,
  exportRejects,
  getContact,
  getImport,
  grantConsent,
  listContacts,
  listImports,
  listTags,
  runImport,
  startImport,
  tagContacts,
  undoImport,
  updateContact,
  type Contact,
  type ContactSearch,
} from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import { contactsRig, importFile, openAccount, rows, upload, type ContactsRig } from './support.js'

let rig: ContactsRig
let accountId: AccountId

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

beforeEach(async () => {
  accountId = await openAccount(rig)
})

afterAll(() => rig.database.drop())

async function make(phone: string, input: Parameters<typeof updateContact>[3] = {}): Promise<Contact> {
  const result = await createContact(rig, accountId, { phone, ...input })
  if (!result.ok) throw new Error(result.reason)
  return result.contact
}

function idOf(contact: Contact): ContactId {
  return contact.id as ContactId
}

async function names(search: ContactSearch): Promise<(string | null)[]> {
  const found = await listContacts(rig.db, accountId, search, { beforeId: null, limit: 50 })
  return found.map((contact) => contact.firstName)
}

test('a contact is made with its number in E.164 and its zone as a place', async () => {
  const contact = await make('(212) 555-0123', {
    firstName: ' Ana ',
    zone: 'Eastern',
    region: 'new york',
    tags: ['VIP', 'vip'],
    attributes: { 'Pet Name': 'Rex' },
  })

  expect(contact).toMatchObject({
    phone: '+12125550123', country: 'US', numberType: 'fixed-line-or-mobile', firstName: 'Ana', zone: 'America/New_York', zoneSource: 'person',
    region: 'NY', tags: ['vip'], attributes: { pet_name: 'Rex' },
  }) // prettier-ignore
  expect(await getContact(rig.db, accountId, idOf(contact))).toEqual(contact)
})

test.each([
  [{ phone: '+1 900 555 0123' }, 'number-premium'],
  [{ phone: 'nobody' }, 'phone-unreadable'],
  [{ phone: '+49 1512 3456789' }, 'country-not-allowed'],
  [{ phone: '2125550123', zone: 'Mars' }, 'zone-unknown'],
  [{ phone: '2125550123', email: 'nowhere' }, 'email-unreadable'],
  [
    {
      phone: '2125550123',
      attributes: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, 'v'])),
    },
    'too-many-attributes',
  ],
])('a contact with %j is refused', async (input, reason) => {
  expect(await createContact(rig, accountId, input)).toEqual({ ok: false, reason })
})

test('one number is one contact in an account, also when two ask at once', async () => {
  const both = await Promise.all([
    createContact(rig, accountId, { phone: '2125550123' }),
    createContact(rig, accountId, { phone: '+12125550123' }),
  ])

  expect(both.map((result) => (result.ok ? 'made' : result.reason)).sort()).toEqual(['made', 'number-taken'])
})

test('an update changes what it names and leaves the rest', async () => {
  const contact = await make('2125550123', { firstName: 'Ana', lastName: 'Silva', tags: ['a'] })
  rig.clock.advance({ minutes: 1 })

  const result = await updateContact(rig, accountId, idOf(contact), {
    lastName: null,
    email: 'ana@example.test',
  })

  expect(result).toMatchObject({
    ok: true,
    contact: { firstName: 'Ana', lastName: null, email: 'ana@example.test', tags: ['a'] },
  })
  expect(await getContact(rig.db, accountId, idOf(contact))).toEqual(result.ok && result.contact)
})

test('deleting forgets the person and keeps the opt-out of the number', async () => {
  const contact = await make('2125550123', {
    firstName: 'Ana',
    email: 'ana@example.test',
    attributes: { pet: 'Rex' },
  })
  await importFile(rig, accountId, 'phone,sms consent\n2125550123,no\n')

  expect(await deleteContact(rig, accountId, idOf(contact))).toEqual({ ok: true, contactId: contact.id })

  expect(await getContact(rig.db, accountId, idOf(contact))).toBeNull()
  expect(
    await rows(rig, 'select first_name, email, attributes from contact where id = $1', [contact.id]),
  ).toEqual([{ first_name: null, email: null, attributes: {} }])
  expect(
    await rows(rig, 'select previous from contact_import_change where contact_id = $1', [contact.id]),
  ).toEqual([])
  expect(
    await rows(rig, "select granted from consent where account_id = $1 and phone = '+12125550123'", [
      accountId,
    ]),
  ).toEqual([{ granted: false }, { granted: false }])
  expect(await deleteContact(rig, accountId, idOf(contact))).toEqual({ ok: false, reason: 'not-found' })
})

test('a deleted number can come back, by hand and by file, without what was forgotten', async () => {
  const contact = await make('2125550123', { firstName: 'Ana' })
  await deleteContact(rig, accountId, idOf(contact))
  const again = await make('2125550123', { lastName: 'Silva' })
  await deleteContact(rig, accountId, idOf(again))

  const imported = await importFile(rig, accountId, 'phone,tags\n2125550123,new\n')

  expect(again).toMatchObject({ firstName: null, lastName: 'Silva' })
  expect(imported.counts).toMatchObject({ created: 1 })
  expect(await listContacts(rig.db, accountId, {}, { beforeId: null, limit: 5 })).toMatchObject([
    { firstName: null, lastName: null, tags: ['new'] },
  ])
})

test('contacts are found by tag, name, e-mail, number and consent', async () => {
  await make('2125550101', { firstName: 'Ana', tags: ['vip'], email: 'ana@example.test' })
  await make('2125550102', { firstName: 'Ben', lastName: 'O’Neil_%' })
  await make('3125550103', { firstName: 'Cem', tags: ['vip'] })
  await grantConsent(rig, accountId, {
    phone: '2125550101',
    purposes: ['marketing'],
    level: 'express',
    method: 'verbal',
    actor: 'user:test',
  })
  await importFile(rig, accountId, 'phone,sms consent\n2125550102,no\n')

  expect(await names({ tag: 'VIP' })).toEqual(['Cem', 'Ana'])
  expect(await names({ search: 'o’neil_%' })).toEqual(['Ben'])
  expect(await names({ search: '%' })).toEqual(['Ben'])
  expect(await names({ search: 'ANA@' })).toEqual(['Ana'])
  expect(await names({ search: '(312) 555' })).toEqual(['Cem'])
  expect(await names({ consent: { purpose: 'marketing', is: 'granted' } })).toEqual(['Ana'])
  expect(await names({ consent: { purpose: 'marketing', is: 'revoked' } })).toEqual(['Ben'])
  expect(await names({ consent: { purpose: 'marketing', is: 'unknown' } })).toEqual(['Cem'])
})

test('pages follow each other without a gap', async () => {
  for (const last of ['1', '2', '3']) await make(`212555010${last}`, { firstName: last })
  const first = await listContacts(rig.db, accountId, {}, { beforeId: null, limit: 2 })
  const second = await listContacts(rig.db, accountId, {}, { beforeId: first.at(-1)?.id ?? null, limit: 2 })

  expect([...first, ...second].map((contact) => contact.firstName)).toEqual(['3', '2', '1'])
})

test('tags are added and removed for many at once, and only real changes count', async () => {
  const [ana, ben] = [
    await make('2125550101', { tags: ['old', 'vip'] }),
    await make('2125550102', { tags: ['new'] }),
  ]

  const result = await tagContacts(rig, accountId, {
    contactIds: [idOf(ana), idOf(ben), newId<ContactId>()],
    add: ['New'],
    remove: ['old'],
  })

  expect(result).toEqual({ ok: true, changed: 1 })
  expect(await listTags(rig.db, accountId)).toEqual([
    { tag: 'new', contacts: 2 },
    { tag: 'vip', contacts: 1 },
  ])
  expect(await tagContacts(rig, accountId, { contactIds: [], add: [' '], remove: [] })).toEqual({
    ok: false,
    reason: 'no-tags',
  })
  expect(
    await tagContacts(rig, accountId, {
      contactIds: Array.from({ length: 1_001 }, () => idOf(ana)),
      add: ['x'],
      remove: [],
    }),
  ).toEqual({ ok: false, reason: 'too-many-contacts' })
})

test('another account’s ids lead nowhere', async () => {
  const contact = await make('2125550123', { firstName: 'Ana', tags: ['a'] })
  const waiting = await upload(rig, accountId, 'phone\n2125550123\n')
  const running = await upload(rig, accountId, 'phone\n2125550123\n')
  await startImport(rig, accountId, running)
  const stranger = await openAccount(rig)

  expect(await getContact(rig.db, stranger, idOf(contact))).toBeNull()
  expect(await updateContact(rig, stranger, idOf(contact), { firstName: 'Eve' })).toEqual({
    ok: false,
    reason: 'not-found',
  })
  expect(await deleteContact(rig, stranger, idOf(contact))).toEqual({ ok: false, reason: 'not-found' })
  expect(await tagContacts(rig, stranger, { contactIds: [idOf(contact)], add: ['eve'], remove: [] })).toEqual(
    { ok: true, changed: 0 },
  )
  expect(await listContacts(rig.db, stranger, {}, { beforeId: null, limit: 5 })).toEqual([])
  expect(await getImport(rig.db, stranger, waiting)).toBeNull()
  expect(await listImports(rig.db, stranger, { beforeId: null, limit: 5 })).toEqual([])
  expect(await startImport(rig, stranger, waiting)).toEqual({ ok: false, reason: 'not-found' })
  expect(await runImport(rig, stranger, running)).toEqual({ ok: false, reason: 'not-found' })
  expect(await undoImport(rig, stranger, running)).toEqual({ ok: false, reason: 'not-found' })
  expect(await exportRejects(rig.db, stranger, running)).toBeNull()
  expect(await getContact(rig.db, accountId, idOf(contact))).toEqual(contact)
})
