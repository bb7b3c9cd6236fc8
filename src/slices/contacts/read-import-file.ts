import type { ImportId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { mapColumns, type MappingOverride, type MappingResult } from './domain/column-mapping.js'
import { guessDialect } from './domain/csv-dialect.js'
import { createCsvReader, type CsvLimits, type CsvRecord } from './domain/csv-records.js'
import type { FileLayout } from './domain/file-layout.js'
import { createPhoneReader } from './domain/phone-reader.js'
import { createTextReader, detectEncoding } from './domain/text-encoding.js'
import { readFilePiece } from './store/import-files.js'
import type { ContactImport } from './store/import-rows.js'

export type LayoutRefusal =
  | 'empty-file'
  | 'spreadsheet'
  | 'binary'
  | 'unreadable-header'
  | Exclude<MappingResult, { ok: true }>['reason']

export type LayoutResult =
  { ok: true; layout: FileLayout } | { ok: false; reason: LayoutRefusal; column?: string }

/** A first piece of at most this many characters decides delimiter and header. */
const SAMPLE_CHARACTERS = 256 * 1024

/**
 * Decides from the first piece of an uploaded file how to read all of it: encoding, delimiter, line ends, whether the
 * first line is a heading, and what each column is.
 */
export async function decideLayout(
  db: Db,
  upload: ContactImport,
  choice: { overrides: readonly MappingOverride[]; defaultCountry: string },
  limits: CsvLimits,
): Promise<LayoutResult> {
  const head = await readFilePiece(db, upload.id, 0)
  if (head === null || head.length === 0) return { ok: false, reason: 'empty-file' }
  const file = detectEncoding(head, upload.isUtf8)
  if (file.kind !== 'text') return { ok: false, reason: file.kind }
  const sample = createTextReader(file.encoding).read(head).slice(0, SAMPLE_CHARACTERS)
  const dialect = guessDialect(sample, limits)
  const reader = createCsvReader(dialect.delimiter, dialect.newline, limits)
  const first = [...reader.push(sample), ...reader.end()][0]
  if (first === undefined) return { ok: false, reason: 'empty-file' }
  if (first.problem !== null) return { ok: false, reason: 'unreadable-header' }
  const { defaultCountry } = choice
  const readPhone = createPhoneReader({ defaultCountry, allowedCountries: [defaultCountry], allowVoip: true })
  const mapped = mapColumns(first.cells, choice.overrides, (cell) => readPhone(cell).ok)
  return mapped.ok
    ? { ok: true, layout: { encoding: file.encoding, dialect, mapping: mapped.mapping } }
    : mapped
}

/** The records of an uploaded file, heading left out, in batches as the pieces come; one piece in memory at a time. */
export async function* readRecords(
  db: Db,
  importId: ImportId,
  layout: FileLayout,
  limits: CsvLimits,
): AsyncGenerator<CsvRecord[]> {
  const text = createTextReader(layout.encoding)
  const reader = createCsvReader(layout.dialect.delimiter, layout.dialect.newline, limits)
  let headerLeft = layout.mapping.hasHeader ? 1 : 0
  const withoutHeader = (records: CsvRecord[]): CsvRecord[] => {
    if (headerLeft === 0 || records.length === 0) return records
    headerLeft = 0
    return records.slice(1)
  }
  const ask = (place: number): Promise<Uint8Array | null> => {
    const piece = readFilePiece(db, importId, place)
    // A reader that stops early never awaits the piece it had asked for; a failure of it then concerns nobody.
    piece.catch(() => undefined)
    return piece
  }
  let next = ask(0)
  for (let place = 1; ; place += 1) {
    const bytes = await next
    if (bytes === null) break
    // Asked for before the present piece is worked on, so that reading and writing overlap.
    next = ask(place)
    yield withoutHeader(reader.push(text.read(bytes)))
  }
  yield withoutHeader([...reader.push(text.end()), ...reader.end()])
}
