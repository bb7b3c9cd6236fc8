import { isSupportedCountry } from './domain/country.js'
import type { AccountId, ImportId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { MappingOverride } from './domain/column-mapping.js'
import type { DateOrder } from './domain/consent-date.js'
import type { Attestation, ImportOptions } from './domain/import-options.js'
import { tidyTags } from './domain/tags.js'
import { cleanText } from './domain/text.js'
import { decideLayout, type LayoutRefusal } from './read-import-file.js'
import { lockImport, readAllowedCountries, readImport, setRunning } from './store/import-rows.js'
import type { ContactDeps } from './upload-import-file.js'

export interface ImportRequest {
  mapping?: MappingOverride[]
  /** ISO code; US unless said. */
  defaultCountry?: string
  /** Further limits the account's own list; never widens it. */
  allowedCountries?: string[]
  allowVoip?: boolean
  tags?: string[]
  attestation?: Attestation | null
  existing?: 'update' | 'fill'
  dateOrder?: DateOrder
}

export type StartImportRefusal =
  | LayoutRefusal
  | 'not-found'
  | 'already-started'
  | 'upload-incomplete'
  | 'unknown-country'
  | 'attestation-incomplete'
export type StartImportResult =
  { ok: true; importId: ImportId } | { ok: false; reason: StartImportRefusal; column?: string }

const ATTESTATION_MAX = 2_000

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
  const upload = await readImport(deps.db, accountId, importId)
  if (upload === null) return { ok: false, reason: 'not-found' }
  if (upload.state === 'uploading') return { ok: false, reason: 'upload-incomplete' }
  if (upload.state !== 'uploaded') return { ok: false, reason: 'already-started' }
  const settled = settleOptions(request, await readAllowedCountries(deps.db, accountId))
  if (!settled.ok) return settled
  const { options } = settled
  const layout = await decideLayout(
    deps.db,
    upload,
    { overrides: options.mapping, defaultCountry: options.defaultCountry },
    deps.limits,
  )
  if (!layout.ok) return layout
  return inTransaction(
    deps.db,
    { name: 'contacts.startImport', accountId },
    async (tx): Promise<StartImportResult> => {
      const locked = await lockImport(tx, accountId, importId)
      if (locked?.state !== 'uploaded') return { ok: false, reason: 'already-started' }
      await setRunning(tx, importId, layout.layout, options, deps.clock.now().toJSDate())
      await appendEvent(tx, { accountId, topic: 'imports', payload: { importId, state: 'running' } })
      return { ok: true, importId }
    },
  )
}

type SettledOptions =
  { ok: true; options: ImportOptions } | { ok: false; reason: 'unknown-country' | 'attestation-incomplete' }

export function settleOptions(request: ImportRequest, accountCountries: readonly string[]): SettledOptions {
  const defaultCountry = (request.defaultCountry ?? 'US').toUpperCase()
  const wanted = request.allowedCountries?.map((country) => country.toUpperCase())
  if (![defaultCountry, ...(wanted ?? [])].every((country) => isSupportedCountry(country)))
    return { ok: false, reason: 'unknown-country' }
  const attestation = request.attestation ?? null
  const statement = attestation === null ? '' : cleanText(attestation.statement, ATTESTATION_MAX)
  if (attestation !== null && (attestation.purposes.length === 0 || statement === ''))
    return { ok: false, reason: 'attestation-incomplete' }
  return {
    ok: true,
    options: {
      mapping: request.mapping ?? [],
      defaultCountry,
      allowedCountries:
        wanted === undefined
          ? [...accountCountries]
          : accountCountries.filter((country) => wanted.includes(country)),
      allowVoip: request.allowVoip ?? false,
      tags: tidyTags(request.tags ?? []),
      attestation:
        attestation === null
          ? null
          : {
              ...attestation,
              statement,
              exactText: cleanText(attestation.exactText ?? '', ATTESTATION_MAX) || null,
            },
      existing: request.existing ?? 'update',
      // Only American files put the month first.
      dateOrder: request.dateOrder ?? (defaultCountry === 'US' ? 'month-first' : 'day-first'),
    },
  }
}
