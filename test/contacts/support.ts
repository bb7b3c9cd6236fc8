import { readFile } from 'node:fs/promises'
import { newId, type AccountId, type ImportId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  defaultImportLimits,
  getImport,
  runDueImports,
  runImport,
  startImport,
  undoImport,
  uploadImportFile,
  type Attestation,
  type ContactImport,
  type ImportRequest,
  type RunImportDeps,
} from '../../src/slices/contacts/index.js'
import type { TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

export interface ContactsRig extends RunImportDeps {
  clock: FixedClock
  database: TestDatabase
}

/** After the dates in the example files, so that their consent dates are in the past. */
export function contactsRig(database: TestDatabase): ContactsRig {
  return {
    db: database.db,
    clock: fixedClock('2026-05-01T12:00:00Z'),
    limits: { ...defaultImportLimits, chunkRows: 100 },
    database,
  }
}

export async function openAccount(rig: ContactsRig, name = 'Test'): Promise<AccountId> {
  const id = newId<AccountId>()
  await readQuery(rig.db, '/* test.openAccount */ insert into account (id, name) values ($1, $2)', [id, name])
  return id
}

export const marketingAttestation: Attestation = {
  purposes: ['marketing'],
  level: 'express',
  statement: 'These people ticked the box for texts on our order form.',
  exactText: 'I agree to receive texts from Acme.',
}

export function exampleFile(name: 'contacts-crm-export.csv' | 'contacts-5000.csv'): Promise<Buffer> {
  return readFile(new URL(`../../examples/contacts/${name}`, import.meta.url))
}

export async function* inPieces(bytes: Uint8Array, pieceBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes)
    yield await Promise.resolve(bytes.subarray(from, from + pieceBytes))
}

export async function upload(
  rig: ContactsRig,
  accountId: AccountId,
  file: string | Uint8Array,
  fileName = 'people.csv',
): Promise<ImportId> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const result = await uploadImportFile(rig, {
    accountId,
    actor: 'user:test',
    fileName,
    source: inPieces(bytes),
  })
  if (!result.ok) throw new Error(`upload refused: ${result.reason}`)
  return result.importId
}

/** Uploads, starts and runs a file; the import must not be refused. */
export async function importFile(
  rig: ContactsRig,
  accountId: AccountId,
  file: string | Uint8Array,
  request: ImportRequest = {},
): Promise<ContactImport> {
  const importId = await upload(rig, accountId, file)
  const started = await startImport(rig, accountId, importId, request)
  if (!started.ok) throw new Error(`start refused: ${started.reason}`)
  const result = await runImport(rig, accountId, importId)
  if (!result.ok) throw new Error(`run refused: ${result.reason}`)
  return result.import
}

export async function importState(
  rig: ContactsRig,
  accountId: AccountId,
  importId: ImportId,
): Promise<ContactImport> {
  const found = await getImport(rig.db, accountId, importId)
  if (found === null) throw new Error('no such import')
  return found
}

/** Everything that an import leaves behind for people and gate, without ids and times. */
export async function contentsOf(rig: ContactsRig, accountId: AccountId): Promise<unknown> {
  const contacts = await readQuery(
    rig.db,
    `/* test.contacts */ select phone, country, number_type, first_name, last_name, email, zone, zone_source, region, tags, attributes, import_line
     from contact where account_id = $1 and deleted_at is null order by phone`,
    [accountId],
  )
  const consents = await readQuery(
    rig.db,
    `/* test.consents */ select s.phone, s.purpose, s.granted, e.level, e.method, e.source, e.exact_text, e.evidence - 'undoes' as evidence, e.occurred_at
     from consent s join consent_event e on e.id = s.event_id where s.account_id = $1 order by s.phone, s.purpose`,
    [accountId],
  )
  return { contacts, consents }
}

export async function rows<Row>(rig: ContactsRig, sql: string, params: unknown[] = []): Promise<Row[]> {
  return readQuery<Row>(rig.db, `/* test */ ${sql}`, params)
}

/** Takes an import back, as the API does, and lets the worker do all of it. */
export async function takeBack(rig: RunImportDeps, accountId: AccountId, importId: ImportId): Promise<void> {
  const decided = await undoImport(rig, accountId, importId)
  if (!decided.ok) throw new Error(decided.reason)
  await runDueImports({
    ...rig,
    onError: (error) => {
      throw error
    },
  })
}
