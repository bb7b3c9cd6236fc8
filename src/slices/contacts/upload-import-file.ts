import { createHash } from 'node:crypto'
import { newId, type AccountId, type ImportId } from '../../kernel/ids.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { ImportLimits } from './domain/import-limits.js'
import { createUtf8Check, detectEncoding } from './domain/text-encoding.js'
import { cleanLine } from './domain/text.js'
import type { OnGranted } from './grant-consent.js'
import type { OnRevoked } from './revoke-consent.js'
import { insertFilePiece } from './store/import-files.js'
import { deleteImport, finishUpload, insertImport } from './store/import-rows.js'

export interface ContactDeps {
  db: Db
  clock: Clock
  limits: ImportLimits
  /** For what an import, or taking one back, revokes. */
  onRevoked?: OnRevoked
  /** For the numbers that an import lets be texted about appointments. */
  onGranted?: OnGranted
}

export interface Upload {
  accountId: AccountId
  actor: string
  fileName: string
  source: AsyncIterable<Uint8Array>
}

export type UploadResult =
  | { ok: true; importId: ImportId; sizeBytes: number; sha256: string }
  | { ok: false; reason: 'too-large' | 'empty-file' | 'spreadsheet' | 'binary' }

const PIECE_BYTES = 512 * 1024
const FILE_NAME_MAX = 200

/**
 * Takes a file piece by piece into the database and answers with the import it may become. Holds one piece in memory
 * whatever the size. Refuses more bytes than allowed, nothing at all, workbooks and other binary files, and then leaves
 * nothing behind; so does a connection that breaks off. Nothing is read as contacts before `startImport`.
 */
export async function uploadImportFile(deps: ContactDeps, upload: Upload): Promise<UploadResult> {
  const importId = newId<ImportId>()
  const { accountId, actor } = upload
  const fileName = cleanLine(upload.fileName, FILE_NAME_MAX) || 'contacts.csv'
  await inTransaction(deps.db, { name: 'contacts.beginUpload' }, (tx) =>
    insertImport(tx, {
      id: importId,
      accountId,
      fileName,
      startedBy: actor,
      now: deps.clock.now().toJSDate(),
    }),
  )
  try {
    const result = await storePieces(deps, importId, upload.source)
    if (!result.ok) await discard(deps, importId)
    return result
  } catch (error) {
    await discard(deps, importId)
    throw error
  }
}

async function storePieces(
  deps: ContactDeps,
  importId: ImportId,
  source: AsyncIterable<Uint8Array>,
): Promise<UploadResult> {
  const hash = createHash('sha256')
  const check = createUtf8Check()
  let sizeBytes = 0
  let place = 0
  for await (const piece of inPieces(source)) {
    sizeBytes += piece.length
    if (sizeBytes > deps.limits.fileBytesMax) return { ok: false, reason: 'too-large' }
    if (place === 0) {
      // Valid or not as UTF-8 is known at the end only; a workbook or binary file shows in the first bytes.
      const file = detectEncoding(piece, true)
      if (file.kind !== 'text') return { ok: false, reason: file.kind }
    }
    hash.update(piece)
    check.read(piece)
    const at = place
    await inTransaction(deps.db, { name: 'contacts.storePiece' }, (tx) =>
      insertFilePiece(tx, importId, at, piece),
    )
    place += 1
  }
  if (sizeBytes === 0) return { ok: false, reason: 'empty-file' }
  const file = {
    sizeBytes,
    sha256: hash.digest('hex'),
    isUtf8: check.isUtf8(),
    now: deps.clock.now().toJSDate(),
  }
  await inTransaction(deps.db, { name: 'contacts.finishUpload' }, (tx) => finishUpload(tx, importId, file))
  return { ok: true, importId, sizeBytes, sha256: file.sha256 }
}

/** Pieces of an even size, however the network cut them. */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const bytes of source) {
    waiting.push(bytes)
    size += bytes.length
    if (size < PIECE_BYTES) continue
    const joined = Buffer.concat(waiting)
    let from = 0
    for (; joined.length - from >= PIECE_BYTES; from += PIECE_BYTES)
      yield joined.subarray(from, from + PIECE_BYTES)
    waiting = from < joined.length ? [joined.subarray(from)] : []
    size = joined.length - from
  }
  if (size > 0) yield Buffer.concat(waiting)
}

function discard(deps: ContactDeps, importId: ImportId): Promise<void> {
  return inTransaction(deps.db, { name: 'contacts.discardUpload' }, (tx) => deleteImport(tx, importId))
}
