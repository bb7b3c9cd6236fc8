import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { importTransitions } from '../../src/slices/contacts/domain/import-state.js'
import { transitionRows } from '../../src/kernel/transitions.js'
import { previewImport, startImport } from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import {
  contactsRig,
  exampleFile,
  importFile,
  marketingAttestation,
  openAccount,
  rows,
  upload,
  type ContactsRig,
} from './support.js'

let rig: ContactsRig

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

afterAll(() => rig.database.drop())

test('a preview says what the import will do, and does nothing', async () => {
  const accountId = await openAccount(rig)
  const file = await exampleFile('contacts-crm-export.csv')
  const importId = await upload(rig, accountId, file)

  const result = await previewImport(rig, accountId, importId, { attestation: marketingAttestation })

  expect(await rows(rig, 'select 1 from contact where account_id = $1', [accountId])).toEqual([])
  const imported = await importFile(rig, accountId, file, { attestation: marketingAttestation })
  expect(result).toMatchObject({
    ok: true,
    preview: {
      counts: imported.counts,
      reasons: imported.reasons,
      encoding: 'utf-8',
      delimiter: ',',
      hasHeader: true,
      wholeFile: true,
      optIns: 776,
      optOuts: 297,
    },
  })
  expect(result.ok && result.preview.rows[0]?.[0]).toBe('2216')
})

test('the person’s own columns and countries decide', async () => {
  const accountId = await openAccount(rig)
  const importId = await upload(rig, accountId, 'who,nr,home\nAna,07400 123456,2125550123\n')

  const guessed = await previewImport(rig, accountId, importId, {})
  const chosen = await previewImport(rig, accountId, importId, {
    mapping: [
      { column: 'nr', field: 'phone' },
      { column: 'who', field: 'first-name' },
    ],
    defaultCountry: 'gb',
  })

  expect(guessed).toEqual({ ok: false, reason: 'no-phone-column' })
  expect(chosen).toMatchObject({ ok: true, preview: { counts: { created: 1 } } })
})

test.each([
  [{ defaultCountry: 'XX' }, 'unknown-country'],
  [{ attestation: { ...marketingAttestation, purposes: [] } }, 'attestation-incomplete'],
  [{ attestation: { ...marketingAttestation, statement: ' ' } }, 'attestation-incomplete'],
  [{ mapping: [{ column: 'nowhere', field: 'phone' as const }] }, 'unknown-column'],
])('choices like %j are refused', async (request, reason) => {
  const accountId = await openAccount(rig)
  const importId = await upload(rig, accountId, 'phone\n2125550123\n')

  expect(await previewImport(rig, accountId, importId, request)).toMatchObject({ ok: false, reason })
  expect(await startImport(rig, accountId, importId, request)).toMatchObject({ ok: false, reason })
})

test('an import never widens the countries of its account', async () => {
  const accountId = await openAccount(rig)
  await readQuery(
    rig.db,
    "/* test */ update account_control set allowed_countries = '{US}' where account_id = $1",
    [accountId],
  )

  const imported = await importFile(rig, accountId, 'phone\n2125550123\n4165550123\n', {
    allowedCountries: ['US', 'CA'],
  })

  expect(imported).toMatchObject({ counts: { created: 1 }, reasons: { 'country-not-allowed': 1 } })
})

test('the database allows the same moves of an import as the program', async () => {
  const inDatabase = await rows<{ from: string; to: string }>(
    rig,
    'select from_state as "from", to_state as "to" from import_transition',
  )

  const text = (list: readonly { from: string; to: string }[]): string[] =>
    list.map((row) => `${row.from} -> ${row.to}`).sort()
  expect(text(inDatabase)).toEqual(text(transitionRows(importTransitions)))
})
