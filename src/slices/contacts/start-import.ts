import type { AccountId, ImportId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { ImportRequest } from './domain/import-options.js'
import { openUpload, type UploadRefusal } from './open-upload.js'
import { lockImport, setRunning } from './store/import-rows.js'
import type { ContactDeps } from './upload-import-file.js'

export type StartImportResult =
  { ok: true; importId: ImportId } | { ok: false; reason: UploadRefusal; column?: string }

/**
 * Decides how the uploaded file is read and hands it to whoever runs imports (`runImport`, `runDueImports`): from then
 * on it ends as completed or failed even if this process dies. Refuses files without a usable heading or phone column, a
 * second start, unknown countries, and an attestation that names no purpose or says nothing. Writes no contact itself.
 */
export async function startImport(
  deps: ContactDeps,
  accountId: AccountId,
  importId: ImportId,
  request: ImportRequest = {},
): Promise<StartImportResult> {
  const opened = await openUpload(deps, accountId, importId, request)
  if (!opened.ok) return opened
  const { layout, options } = opened
  const transaction = { name: 'contacts.startImport', accountId }
  return inTransaction(deps.db, transaction, async (tx): Promise<StartImportResult> => {
    const locked = await lockImport(tx, accountId, importId)
    if (locked?.state !== 'uploaded') return { ok: false, reason: 'already-started' }
    await setRunning(tx, importId, layout, options, deps.clock.now().toJSDate())
    await appendEvent(tx, { accountId, topic: 'imports', payload: { importId, state: 'running' } })
    return { ok: true, importId }
  })
}
