import type { AccountId, ImportId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { listImportRows, readImport, type ContactImport } from './store/import-rows.js'
import {
  listNoteRows,
  listRejectRows,
  type NoteKey,
  type StoredNote,
  type StoredReject,
} from './store/reject-rows.js'

/** One import of the account; null for any other id. */
export function getImport(db: Db, accountId: AccountId, importId: ImportId): Promise<ContactImport | null> {
  return readImport(db, accountId, importId)
}

/** Imports of the account, newest first. */
export function listImports(
  db: Db,
  accountId: AccountId,
  page: { beforeId: string | null; limit: number },
): Promise<ContactImport[]> {
  return listImportRows(db, accountId, page)
}

/** Rejected rows in the order of the file; empty for an import of another account. */
export async function listRejects(
  db: Db,
  accountId: AccountId,
  importId: ImportId,
  page: { afterLine: number; limit: number },
): Promise<StoredReject[]> {
  return (await readImport(db, accountId, importId)) === null ? [] : listRejectRows(db, importId, page)
}

/** Remarks and folded rows in the order of the file; empty for an import of another account. */
export async function listNotes(
  db: Db,
  accountId: AccountId,
  importId: ImportId,
  page: { after: NoteKey | null; limit: number },
): Promise<StoredNote[]> {
  return (await readImport(db, accountId, importId)) === null ? [] : listNoteRows(db, importId, page)
}

export type { ContactImport, UndoCounts } from './store/import-rows.js'
export type { StoredNote, StoredReject } from './store/reject-rows.js'
