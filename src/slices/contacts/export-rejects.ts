import type { AccountId, ImportId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { csvLine } from './domain/csv-cell.js'
import { createCsvReader } from './domain/csv-records.js'
import type { FileLayout } from './domain/file-layout.js'
import { RAW_MAX } from './domain/read-row.js'
import { rejectReasons } from './domain/reject-reasons.js'
import { listRejectRows, type StoredReject } from './store/reject-rows.js'
import { readImport } from './store/import-rows.js'

const PAGE_ROWS = 1_000

/**
 * The rejected rows of an import as a CSV file, in pieces: line, reason in words and code, then the columns as they were, so that
 * it can be corrected and uploaded again. No cell of it runs as a formula. Null: no such import in this account.
 */
export async function exportRejects(
  db: Db,
  accountId: AccountId,
  importId: ImportId,
): Promise<AsyncIterable<string> | null> {
  const found = await readImport(db, accountId, importId)
  if (found === null) return null
  const { layout } = found
  return layout === null ? nothing() : lines(db, importId, layout)
}

// eslint-disable-next-line @typescript-eslint/require-await -- an import that never started has no rejects to wait for
async function* nothing(): AsyncGenerator<string> {
  yield csvLine(['line', 'reason', 'code'])
}

async function* lines(db: Db, importId: ImportId, layout: FileLayout): AsyncGenerator<string> {
  const headers = layout.mapping.columns.map((column) => column.header)
  yield `\ufeff${csvLine(['Rejected line', 'Rejected because', 'Rejected code', ...headers])}`
  for (let afterLine = 0; ;) {
    const page = await listRejectRows(db, importId, { afterLine, limit: PAGE_ROWS })
    const last = page.at(-1)
    if (last === undefined) return
    yield page.map((reject) => csvLine(cellsOf(reject, layout))).join('')
    afterLine = last.line
  }
}

/** A row that cannot be split is shown whole in its first column. */
function cellsOf(reject: StoredReject, layout: FileLayout): string[] {
  const { delimiter, newline } = layout.dialect
  const reader = createCsvReader(delimiter, newline, {
    recordCharactersMax: RAW_MAX + 1,
    recordLinesMax: RAW_MAX,
  })
  const [record, ...others] = [...reader.push(reject.raw), ...reader.end()]
  const whole = record === undefined || record.problem !== null || others.length > 0
  return [
    String(reject.line),
    rejectReasons[reject.reason],
    reject.reason,
    ...(whole ? [reject.raw] : record.cells),
  ]
}
