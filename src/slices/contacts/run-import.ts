import { assert } from '../../kernel/assert.js'
import type { AccountId, ImportId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { createDateReader } from './domain/consent-date.js'
import type { CsvRecord } from './domain/csv-records.js'
import { createPhoneReader } from './domain/phone-reader.js'
import { createRowReader } from './domain/read-row.js'
import { readRecords } from './read-import-file.js'
import { deleteFile } from './store/import-files.js'
import { dropLease, moveImport, readImport, takeLease, type ContactImport } from './store/import-rows.js'
import type { ContactDeps } from './upload-import-file.js'
import { writeChunk, type ChunkSetting } from './write-chunk.js'

export interface RunImportDeps extends ContactDeps {
  /** Asked between chunks: a process that is told to end leaves the rest to the next one. */
  shouldStop?: () => boolean
  /** Called after each durable chunk that another follows. Tests end a run here as a crash would. */
  afterChunk?: (chunk: number) => void
}

export type RunImportResult =
  | { ok: true; import: ContactImport }
  | { ok: false; reason: 'not-found' | 'not-running' | 'taken' | 'stopped' }

/**
 * Reads the file of a started import to its end, from where the last finished chunk left off: used for the first run and
 * for every resume. Chunks and their position commit together, so a killed run repeats nothing and skips nothing, and two
 * runs at once cannot double a row. `taken`: another process is at it. `stopped`: asked to stop, or undone meanwhile.
 */
export async function runImport(
  deps: RunImportDeps,
  accountId: AccountId,
  importId: ImportId,
): Promise<RunImportResult> {
  const found = await readImport(deps.db, accountId, importId)
  if (found === null) return { ok: false, reason: 'not-found' }
  if (found.state !== 'running') return { ok: false, reason: 'not-running' }
  const now = deps.clock.now()
  const leaseUntil = now.plus(deps.limits.leaseMs).toJSDate()
  const taken = await inTransaction(deps.db, { name: 'contacts.takeImport' }, (tx) =>
    takeLease(tx, importId, now.toJSDate(), leaseUntil),
  )
  if (!taken) return { ok: false, reason: 'taken' }
  // Read again under the lease: the holder before us may have got further.
  const current = await readImport(deps.db, accountId, importId)
  assert(current !== null, 'imports are not deleted while they run')
  const end = await writeAll(deps, current)
  if (end === 'lost') return { ok: false, reason: 'stopped' }
  if (end === 'stopped') {
    await inTransaction(deps.db, { name: 'contacts.leaveImport' }, (tx) => dropLease(tx, importId))
    return { ok: false, reason: 'stopped' }
  }
  await finish(deps, current, end === 'too-many-rows' ? end : null)
  const finished = await readImport(deps.db, accountId, importId)
  assert(finished !== null, 'a finished import stays')
  return { ok: true, import: finished }
}

type End = 'end' | 'too-many-rows' | 'stopped' | 'lost'

/** One chunk is written while the next one is read: parsing and the database overlap. */
async function writeAll(deps: RunImportDeps, current: ContactImport): Promise<End> {
  const { layout } = current
  assert(layout !== null, 'a running import has a layout')
  const setting = chunkSetting(deps, current)
  const batches = readRecords(deps.db, current.id, layout, deps.limits)
  let writing: Promise<boolean> = Promise.resolve(true)
  let chunks = 0
  for await (const chunk of inChunks(batches, { from: current.resumeRecord, ...deps.limits })) {
    if (!(await writing)) return 'lost'
    if (chunks > 0) deps.afterChunk?.(chunks)
    if (chunk.kind === 'too-many-rows') return 'too-many-rows'
    if (deps.shouldStop?.() === true) return 'stopped'
    chunks += 1
    writing = writeChunk(deps, setting, chunk.records, chunk.from)
    // Its failure surfaces at the next await; without this the process would call it unhandled until then.
    writing.catch(() => undefined)
  }
  return (await writing) ? 'end' : 'lost'
}

type Chunk = { kind: 'rows'; records: CsvRecord[]; from: number } | { kind: 'too-many-rows' }

/** Groups records into chunks of an even size, leaving out those that are settled already. */
async function* inChunks(
  batches: AsyncIterable<CsvRecord[]>,
  bounds: { from: number; chunkRows: number; rowsMax: number },
): AsyncGenerator<Chunk> {
  let { from } = bounds
  let toSkip = from
  let waiting: CsvRecord[] = []
  for await (const batch of batches) {
    const skipped = Math.min(toSkip, batch.length)
    toSkip -= skipped
    waiting = waiting.concat(batch.slice(skipped, skipped + bounds.rowsMax - from - waiting.length + 1))
    const overLimit = from + waiting.length > bounds.rowsMax
    if (overLimit) waiting.pop()
    while (waiting.length >= bounds.chunkRows || (overLimit && waiting.length > 0)) {
      const records = waiting.splice(0, bounds.chunkRows)
      yield { kind: 'rows', records, from }
      from += records.length
    }
    if (overLimit) {
      yield { kind: 'too-many-rows' }
      return
    }
  }
  if (waiting.length > 0) yield { kind: 'rows', records: waiting, from }
}

function chunkSetting(deps: RunImportDeps, current: ContactImport): ChunkSetting {
  const { options, layout } = current
  assert(options !== null, 'a running import has options')
  assert(layout !== null, 'a running import has a layout')
  const { defaultCountry, allowedCountries, allowVoip } = options
  return {
    accountId: current.accountId,
    importId: current.id,
    fileName: current.fileName,
    actor: current.startedBy,
    options,
    datesOptIns: layout.mapping.columns.some((column) => column.field === 'consent-date'),
    readRow: createRowReader({
      mapping: layout.mapping,
      readPhone: createPhoneReader({ defaultCountry, allowedCountries, allowVoip }),
      readDate: createDateReader(options.dateOrder, deps.clock.now()),
      tags: options.tags,
    }),
  }
}

async function finish(deps: RunImportDeps, current: ContactImport, failure: string | null): Promise<void> {
  const { accountId, id } = current
  const to = failure === null ? 'completed' : 'failed'
  await inTransaction(deps.db, { name: 'contacts.finishImport', accountId }, async (tx) => {
    const now = deps.clock.now().toJSDate()
    const moved = await moveImport(tx, id, {
      from: 'running',
      to,
      now,
      ...(failure === null ? {} : { failure }),
    })
    if (!moved) return
    // The file holds personal data that is nowhere needed any more: contacts and rejects have their own copies.
    await deleteFile(tx, id)
    await appendEvent(tx, { accountId, topic: 'imports', payload: { importId: id, state: to } })
  })
}
