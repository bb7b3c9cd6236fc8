import type { ImportId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

/** The pieces of an uploaded file, in order. Kept in Postgres so that any process can resume an import. */
export async function insertFilePiece(
  tx: Tx,
  importId: ImportId,
  place: number,
  bytes: Uint8Array,
): Promise<void> {
  await tx.query(
    '/* contacts.insertFilePiece */ insert into contact_import_file (import_id, place, bytes) values ($1, $2, $3)',
    [importId, place, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
  )
}

export async function readFilePiece(db: Db, importId: ImportId, place: number): Promise<Uint8Array | null> {
  const [row] = await readQuery<{ bytes: Buffer }>(
    db,
    '/* contacts.readFilePiece */ select bytes from contact_import_file where import_id = $1 and place = $2',
    [importId, place],
  )
  return row?.bytes ?? null
}

export async function deleteFile(tx: Tx, importId: ImportId): Promise<void> {
  await tx.query('/* contacts.deleteFile */ delete from contact_import_file where import_id = $1', [importId])
}
