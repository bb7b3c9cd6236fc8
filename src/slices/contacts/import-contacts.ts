import { runImport, type RunImportDeps } from './run-import.js'
import type { ImportRequest } from './domain/import-options.js'
import type { UploadRefusal } from './open-upload.js'
import { startImport } from './start-import.js'
import type { ContactImport } from './store/import-rows.js'
import { uploadImportFile, type Upload, type UploadResult } from './upload-import-file.js'

export type ImportContactsResult =
  | { ok: true; import: ContactImport }
  | {
      ok: false
      reason:
        UploadRefusal | Exclude<UploadResult, { ok: true }>['reason'] | 'not-running' | 'taken' | 'stopped'
      column?: string
    }

/** Uploads, starts and runs one file to its end in this process: for commands and small files that somebody waits for. */
export async function importContacts(
  deps: RunImportDeps,
  upload: Upload,
  request: ImportRequest,
): Promise<ImportContactsResult> {
  const uploaded = await uploadImportFile(deps, upload)
  if (!uploaded.ok) return uploaded
  const started = await startImport(deps, upload.accountId, uploaded.importId, request)
  if (!started.ok) return started
  return runImport(deps, upload.accountId, uploaded.importId)
}
