import type { ConsentLevel } from './consent.js'
import type { DateOrder } from './consent-date.js'
import type { MappingOverride } from './column-mapping.js'
import type { Purpose } from './contact.js'
import { isCountry } from './country.js'
import { tidyTags } from './tags.js'
import { cleanText } from './text.js'

/** What the person who imports states about the consent in the file. Without it, a yes in the file grants nothing. */
export interface Attestation {
  purposes: Purpose[]
  level: ConsentLevel
  /** How these people agreed, in the person's own words. */
  statement: string
  /** What the people were shown, when the file itself does not say. */
  exactText: string | null
}

/** Choices of the person who imports; everything may be left out. */
export interface ImportRequest {
  mapping?: MappingOverride[] | undefined
  /** ISO code; US unless said. */
  defaultCountry?: string | undefined
  /** Further limits the account's own list; never widens it. */
  allowedCountries?: string[] | undefined
  allowVoip?: boolean | undefined
  tags?: string[] | undefined
  attestation?: Attestation | null | undefined
  existing?: 'update' | 'fill' | undefined
  dateOrder?: DateOrder | undefined
}

/** Everything that decides what the rows of a file become. Stored with the import, so that a resumed run decides alike. */
export interface ImportOptions {
  mapping: MappingOverride[]
  defaultCountry: string
  allowedCountries: string[]
  allowVoip: boolean
  /** Added to every contact of the file. */
  tags: string[]
  attestation: Attestation | null
  /** `update`: the file's values replace known ones; `fill`: they only fill gaps. An empty cell never erases. */
  existing: 'update' | 'fill'
  dateOrder: DateOrder
}

export type OptionsRefusal = 'unknown-country' | 'attestation-incomplete'
export type SettledOptions = { ok: true; options: ImportOptions } | { ok: false; reason: OptionsRefusal }

const ATTESTATION_MAX = 2_000

/** Fills in what was left out. Refuses countries that are none, and an attestation that names no purpose or says nothing. */
export function settleOptions(request: ImportRequest, accountCountries: readonly string[]): SettledOptions {
  const defaultCountry = (request.defaultCountry ?? 'US').toUpperCase()
  const wanted = request.allowedCountries?.map((country) => country.toUpperCase()) ?? accountCountries
  if (!isCountry(defaultCountry) || !wanted.every(isCountry)) return { ok: false, reason: 'unknown-country' }
  const attestation = tidyAttestation(request.attestation ?? null)
  if (attestation !== null && (attestation.purposes.length === 0 || attestation.statement === '')) {
    return { ok: false, reason: 'attestation-incomplete' }
  }
  const options: ImportOptions = {
    mapping: request.mapping ?? [],
    defaultCountry,
    allowedCountries: accountCountries.filter((country) => wanted.includes(country)),
    allowVoip: request.allowVoip ?? false,
    tags: tidyTags(request.tags ?? []),
    attestation,
    existing: request.existing ?? 'update',
    // Only American files put the month first.
    dateOrder: request.dateOrder ?? (defaultCountry === 'US' ? 'month-first' : 'day-first'),
  }
  return { ok: true, options }
}

function tidyAttestation(attestation: Attestation | null): Attestation | null {
  if (attestation === null) return null
  return {
    ...attestation,
    statement: cleanText(attestation.statement, ATTESTATION_MAX),
    exactText: cleanText(attestation.exactText ?? '', ATTESTATION_MAX) || null,
  }
}
