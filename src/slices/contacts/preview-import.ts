import type { AccountId, ImportId } from '../../kernel/ids.js'
import type { MappedColumn } from './domain/column-mapping.js'
import { createDateReader } from './domain/consent-date.js'
import { foldRows } from './domain/fold-rows.js'
import type { ImportCounts } from './domain/import-state.js'
import { createPhoneReader } from './domain/phone-reader.js'
import { createRowReader, type ContactDraft, type RowReject } from './domain/read-row.js'
import { decideLayout, readRecords } from './read-import-file.js'
import { settleOptions, type ImportRequest, type StartImportRefusal } from './start-import.js'
import { readAllowedCountries, readImport } from './store/import-rows.js'
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
  { ok: true; preview: ImportPreview } | { ok: false; reason: StartImportRefusal; column?: string }

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
  const upload = await readImport(deps.db, accountId, importId)
  if (upload === null) return { ok: false, reason: 'not-found' }
  if (upload.state === 'uploading') return { ok: false, reason: 'upload-incomplete' }
  if (upload.state !== 'uploaded') return { ok: false, reason: 'already-started' }
  const settled = settleOptions(request, await readAllowedCountries(deps.db, accountId))
  if (!settled.ok) return settled
  const { options } = settled
  const decided = await decideLayout(
    deps.db,
    upload,
    { overrides: options.mapping, defaultCountry: options.defaultCountry },
    deps.limits,
  )
  if (!decided.ok) return decided
  const { layout } = decided
  const readRow = createRowReader({
    mapping: layout.mapping,
    readPhone: createPhoneReader(options),
    readDate: createDateReader(options.dateOrder, deps.clock.now()),
    tags: options.tags,
  })

  const rows: string[][] = []
  const drafts: ContactDraft[] = []
  const rejects: RowReject[] = []
  let wholeFile = true
  for await (const batch of readRecords(deps.db, importId, layout, deps.limits)) {
    for (const record of batch) {
      if (drafts.length + rejects.length >= ROWS_COUNTED_MAX) wholeFile = false
      if (!wholeFile) break
      if (rows.length < ROWS_SHOWN) rows.push(record.cells)
      const reading = readRow(record)
      if (reading.ok) drafts.push(reading.draft)
      else rejects.push(reading.reject)
    }
    if (!wholeFile) break
  }
  const folded = foldRows(drafts, new Map(), importId, options.existing)
  const reasons: Record<string, number> = {}
  for (const reject of rejects) reasons[reject.reason] = (reasons[reject.reason] ?? 0) + 1
  return {
    ok: true,
    preview: {
      columns: layout.mapping.columns,
      hasHeader: layout.mapping.hasHeader,
      encoding: layout.encoding,
      delimiter: layout.dialect.delimiter,
      rows,
      counts: { ...folded.counts, rowsRead: drafts.length + rejects.length, rejected: rejects.length },
      wholeFile,
      reasons,
      optIns: countPhones(folded.claims.filter((row) => row.claim.kind === 'yes')),
      optOuts: countPhones(folded.claims.filter((row) => row.claim.kind === 'no')),
      rejects: rejects.slice(0, REJECTS_SHOWN),
    },
  }
}

function countPhones(rows: readonly { phone: string }[]): number {
  return new Set(rows.map((row) => row.phone)).size
}
