import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { exportRejects, startImport, uploadImportFile } from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import { contactsRig, importFile, inPieces, openAccount, rows, upload, type ContactsRig } from './support.js'

let rig: ContactsRig
let accountId: AccountId

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
  accountId = await openAccount(rig)
})

afterAll(() => rig.database.drop())

test('rows that no program could read are rejected one by one, and the rows around them arrive', async () => {
  const fresh = await openAccount(rig)
  const file = [
    'phone,name,notes',
    `2125550101,Big,${'z'.repeat(1_000_000)}`,
    '2125550102,Fine,"two\nlines"',
    '2125550103,Nul,a\0b',
    '2125550104,Open,"never closed',
    '2125550105,Fine,x',
    '2125550106,Extra,x,y,z',
    '2125550107,Short',
    '2125550108,Controls,\u0001\u0002\u200b\ud800',
    ',,',
    '"2125550109","Quo""ted","a"b"c"',
    `2125550110,${'n'.repeat(5_000)},${'v'.repeat(5_000)}`,
    '2125550111,Emoji🌟,=cmd|’/C calc’!A0',
    '2125550112,"unterminated at the end',
  ].join('\r\n')

  const imported = await importFile(rig, fresh, file)

  expect(imported.state).toBe('completed')
  expect(imported.reasons).toEqual({
    'row-too-large': 1,
    'row-not-text': 1,
    'quote-not-closed': 2,
    'wrong-column-count': 1,
    'phone-missing': 1,
  })
  expect(
    await rows(
      rig,
      'select right(phone, 2) as phone, length(first_name) as name from contact where account_id = $1 order by 1',
      [fresh],
    ),
  ).toEqual([
    { phone: '02', name: 4 },
    { phone: '05', name: 4 },
    { phone: '07', name: 5 },
    { phone: '08', name: 8 },
    { phone: '09', name: 7 },
    { phone: '10', name: 100 },
    { phone: '11', name: 6 },
  ])
  expect(imported.warnings).toMatchObject({ 'short-row': 1, 'value-cut': 1 })
})

test('a row that Postgres refuses is rejected alone', async () => {
  const fresh = await openAccount(rig)
  await rig.db.dataSource.query(
    "/* test */ alter table contact add constraint only_here check (first_name is distinct from 'Mallory')",
  )

  const imported = await importFile(
    rig,
    fresh,
    `phone,first name\n${['Ana', 'Ben', 'Mallory', 'Dee'].map((name, index) => `212555010${index},${name}\n`).join('')}`,
  )

  await rig.db.dataSource.query('/* test */ alter table contact drop constraint only_here')
  expect(imported).toMatchObject({ counts: { created: 3, rejected: 1 }, reasons: { 'row-not-storable': 1 } })
  expect(
    await rows(rig, 'select line, raw from import_row_reject where import_id = $1', [imported.id]),
  ).toEqual([{ line: 4, raw: '2125550102,Mallory' }])
})

test.each([
  ['nothing', '', 'empty-file'],
  ['a workbook', 'PK\u0003\u0004 xl/workbook.xml', 'spreadsheet'],
  ['binary data', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 31) % 29)), 'binary'],
])('an upload of %s is refused and leaves nothing behind', async (_what, file, reason) => {
  const result = await uploadImportFile(rig, {
    accountId,
    actor: 'user:test',
    fileName: 'x.csv',
    source: inPieces(Buffer.from(file)),
  })

  expect(result).toEqual({ ok: false, reason })
  expect(await rows(rig, "select 1 from contact_import where state = 'uploading'")).toEqual([])
})

test('an upload larger than allowed is refused while it comes in', async () => {
  const small = { ...rig, limits: { ...rig.limits, fileBytesMax: 1_000_000 } }
  let sent = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      sent += 64 * 1024
      yield await Promise.resolve(Buffer.alloc(64 * 1024, 'phone\n'))
    }
  }

  const result = await uploadImportFile(small, {
    accountId,
    actor: 'user:test',
    fileName: 'x.csv',
    source: endless(),
  })

  expect(result).toEqual({ ok: false, reason: 'too-large' })
  expect(sent).toBeLessThan(2_000_000)
})

test('an upload that breaks off leaves nothing behind', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from('phone\n'))
    throw new Error('connection lost')
  }

  await expect(
    uploadImportFile(rig, { accountId, actor: 'user:test', fileName: 'x.csv', source: broken() }),
  ).rejects.toThrow('connection lost')
  expect(await rows(rig, "select 1 from contact_import where state = 'uploading'")).toEqual([])
})

test.each([
  ['has no phone column', 'city,email\nBoston,a@example.test\n', 'no-phone-column'],
  [
    'has ten thousand columns',
    `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}\n`,
    'too-many-columns',
  ],
  ['begins with a heading that never ends', `"phone${'x'.repeat(400_000)}`, 'unreadable-header'],
  ['has blank lines only', '\n\r\n\n', 'empty-file'],
])('a file that %s is refused before anything is written', async (_what, file, reason) => {
  const importId = await upload(rig, accountId, file)

  expect(await startImport(rig, accountId, importId)).toEqual({ ok: false, reason })
})

test('a file with only a heading completes with nothing', async () => {
  expect(await importFile(rig, await openAccount(rig), 'phone,name')).toMatchObject({
    state: 'completed',
    counts: { rowsRead: 0 },
  })
})

test('a file without a heading is read from its first line', async () => {
  const imported = await importFile(rig, await openAccount(rig), 'Ana,212 555 0123\nBen,212 555 0124\n')

  expect(imported.counts).toMatchObject({ rowsRead: 2, created: 2 })
})

test.each([
  ['semicolons', Buffer.from('phone;name\n2125550123;Zoë\n')],
  ['tabs', Buffer.from('phone\tname\n2125550123\tZoë\n')],
  [
    'UTF-16 with its mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('phone,name\r\n2125550123,Zoë\r\n', 'utf16le')]),
  ],
  ['UTF-16 without', Buffer.from('phone,name\n2125550123,Zoë\n', 'utf16le')],
  ['the encoding of Windows', Buffer.from('phone,name\n2125550123,Zo\xeb\n', 'latin1')],
  ['line ends of an old Mac', Buffer.from('phone,name\r2125550123,Zoë\r')],
])('a file with %s is read as it was meant', async (_what, file) => {
  const fresh = await openAccount(rig)
  await importFile(rig, fresh, file)

  expect(await rows(rig, 'select phone, first_name from contact where account_id = $1', [fresh])).toEqual([
    { phone: '+12125550123', first_name: 'Zoë' },
  ])
})

test('an import stops at the row limit, keeps what it has, and says why', async () => {
  const limited = { ...rig, limits: { ...rig.limits, rowsMax: 3, chunkRows: 2 } }
  const imported = await importFile(
    limited,
    await openAccount(rig),
    `phone\n${Array.from({ length: 9 }, (_, index) => `212555010${index}\n`).join('')}`,
  )

  expect(imported).toMatchObject({
    state: 'failed',
    failure: 'too-many-rows',
    counts: { rowsRead: 3, created: 3 },
  })
})

test('a corrected reject file can be uploaded as it is', async () => {
  const fresh = await openAccount(rig)
  const first = await importFile(rig, fresh, 'phone,name\n+1 212 555 01,=Ana\n')
  let rejects = ''
  for await (const piece of (await exportRejects(rig.db, fresh, first.id)) ?? []) rejects += piece

  const second = await importFile(rig, fresh, rejects.replace('555 01', '555 0123'))

  expect(rejects).toContain("'+1 212 555 01,'=Ana")
  expect(second.counts).toMatchObject({ created: 1 })
  expect(await rows(rig, 'select phone, first_name from contact where account_id = $1', [fresh])).toEqual([
    { phone: '+12125550123', first_name: '=Ana' },
  ])
})

test('remarks are kept up to their bound and counted beyond it', async () => {
  const limited = { ...rig, limits: { ...rig.limits, notesMax: 3, chunkRows: 2 } }
  const imported = await importFile(
    limited,
    await openAccount(rig),
    `phone,zone\n${Array.from({ length: 8 }, (_, index) => `212555010${index},Mars\n`).join('')}`,
  )

  expect(imported.warnings).toEqual({ 'zone-unknown': 8 })
  expect(await rows(rig, 'select 1 from import_row_note where import_id = $1', [imported.id])).toHaveLength(3)
})
