import type { ImportId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { RejectReason, RowWarning } from '../domain/reject-reasons.js'

export interface StoredReject {
  line: number
  raw: string
  column: string | null
  reason: RejectReason
}

/** In the order of the file. */
export async function listRejectRows(
  db: Db,
  importId: ImportId,
  page: { afterLine: number; limit: number },
): Promise<StoredReject[]> {
  return readQuery<StoredReject>(
    db,
    `/* contacts.listRejects */ select line, raw, column_name as "column", reason from import_row_reject
     where import_id = $1 and line > $2 order by line limit $3`,
    [importId, page.afterLine, page.limit],
  )
}

export interface StoredNote {
  line: number
  code: RowWarning | 'folded'
  column: string | null
  detail: string
  /** For `folded`: the line that this row became part of. */
  intoLine: number | null
}

/** A note's place: line, code and column. */
export type NoteKey = readonly [number, string, string]

/** In the order of the file. */
export async function listNoteRows(
  db: Db,
  importId: ImportId,
  page: { after: NoteKey | null; limit: number },
): Promise<StoredNote[]> {
  const [line, code, column] = page.after ?? [0, '', '']
  return readQuery<StoredNote>(
    db,
    `/* contacts.listNotes */
     select line, code, column_name as "column", detail, into_line as "intoLine" from import_row_note
     where import_id = $1 and (line, code, coalesce(column_name, '')) > ($2, $3, $4)
     order by line, code, coalesce(column_name, '') limit $5`,
    [importId, line, code, column, page.limit],
  )
}
