import type { AccountId, ImportId } from '../../kernel/ids.js'
import type { MappedColumn } from './domain/column-mapping.js'
import type { CsvRecord } from './domain/csv-records.js'
import type { ImportRequest } from './domain/import-options.js'
import { tally } from './domain/tally.js'
import { createDateReader } from './domain/consent-date.js'
import { foldRows } from './domain/fold-rows.js'
import type { ImportCounts } from './domain/import-state.js'
import { createPhoneReader } from './domain/phone-reader.js'
import { createRowReader, type RowReject } from './domain/read-row.js'
import { readRecords } from './read-import-file.js'
import { openUpload, type UploadRefusal } from './open-upload.js'
import type { ContactDeps } from './upload-import-file.js'

export interface ImportPreview {
  columns: MappedColumn[]
  hasHeader: boolean
  encoding: string
  delimiter: string
  /** The first rows as they stand in the file. */
  rows: string[][]
  /** What the rows looked at would become, without looking at contacts that exist already. */
  counts: ImportCounts
  /** False: the file goes on after the rows that were counted. */
  wholeFile: boolean
  reasons: Record<string, number>
  optIns: number
  optOuts: number
  rejects: RowReject[]
}

export type PreviewResult =
  { ok: true; preview: ImportPreview } | { ok: false; reason: UploadRefusal; column?: string }

const ROWS_SHOWN = 10
const REJECTS_SHOWN = 20
const ROWS_COUNTED_MAX = 10_000

/**
 * Shows what an uploaded file would become under these choices: guessed columns, first rows, and a dry run over at most
 * 10,000 rows. Writes nothing. Refuses what `startImport` refuses.
 */
export async function previewImport(
  deps: ContactDeps,
  accountId: AccountId,
  importId: ImportId,
  request: ImportRequest,
): Promise<PreviewResult> {
  const opened = await openUpload(deps, accountId, importId, request)
  if (!opened.ok) return opened
  const { layout, options } = opened
  const readRow = createRowReader({
    mapping: layout.mapping,
    readPhone: createPhoneReader(options),
    readDate: createDateReader(options.dateOrder, deps.clock.now()),
    tags: options.tags,
  })
  const { records, wholeFile } = await firstRecords(readRecords(deps.db, importId, layout, deps.limits))
  const readings = records.map(readRow)
  const drafts = readings.flatMap((reading) => (reading.ok ? [reading.draft] : []))
  const rejects = readings.flatMap((reading) => (reading.ok ? [] : [reading.reject]))
  const folded = foldRows(drafts, new Map(), importId, options.existing)
  const preview: ImportPreview = {
    columns: layout.mapping.columns,
    hasHeader: layout.mapping.hasHeader,
    encoding: layout.encoding,
    delimiter: layout.dialect.delimiter,
    rows: records.slice(0, ROWS_SHOWN).map((record) => record.cells),
    counts: { ...folded.counts, rowsRead: records.length, rejected: rejects.length },
    wholeFile,
    reasons: tally(rejects.map((reject) => reject.reason)),
    optIns: countPhones(folded.claims.filter((row) => row.claim.kind === 'yes')),
    optOuts: countPhones(folded.claims.filter((row) => row.claim.kind === 'no')),
    rejects: rejects.slice(0, REJECTS_SHOWN),
  }
  return { ok: true, preview }
}

async function firstRecords(
  batches: AsyncIterable<CsvRecord[]>,
): Promise<{ records: CsvRecord[]; wholeFile: boolean }> {
  const records: CsvRecord[] = []
  for await (const batch of batches) {
    records.push(...batch.slice(0, ROWS_COUNTED_MAX + 1 - records.length))
    if (records.length > ROWS_COUNTED_MAX) return { records: records.slice(0, -1), wholeFile: false }
  }
  return { records, wholeFile: true }
}

function countPhones(rows: readonly { phone: string }[]): number {
  return new Set(rows.map((row) => row.phone)).size
}
