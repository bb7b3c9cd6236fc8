import type { AccountId, ImportId } from '../../kernel/ids.js'
import type { FileLayout } from './domain/file-layout.js'
import {
  settleOptions,
  type ImportOptions,
  type ImportRequest,
  type OptionsRefusal,
} from './domain/import-options.js'
import { decideLayout, type LayoutRefusal } from './read-import-file.js'
import { readAllowedCountries, readImport } from './store/import-rows.js'
import type { ContactDeps } from './upload-import-file.js'

export type UploadRefusal =
  LayoutRefusal | OptionsRefusal | 'not-found' | 'already-started' | 'upload-incomplete'

export type OpenedUpload =
  | { ok: true; layout: FileLayout; options: ImportOptions }
  | { ok: false; reason: UploadRefusal; column?: string }

/** What preview and start need alike: an uploaded file that nobody has started, the settled choices, and how to read it. */
export async function openUpload(
  deps: ContactDeps,
  accountId: AccountId,
  importId: ImportId,
  request: ImportRequest,
): Promise<OpenedUpload> {
  const upload = await readImport(deps.db, accountId, importId)
  if (upload === null) return { ok: false, reason: 'not-found' }
  if (upload.state === 'uploading') return { ok: false, reason: 'upload-incomplete' }
  if (upload.state !== 'uploaded') return { ok: false, reason: 'already-started' }
  const settled = settleOptions(request, await readAllowedCountries(deps.db, accountId))
  if (!settled.ok) return settled
  const { options } = settled
  const choice = { overrides: options.mapping, defaultCountry: options.defaultCountry }
  const decided = await decideLayout(deps.db, upload, choice, deps.limits)
  return decided.ok ? { ok: true, layout: decided.layout, options } : decided
}
