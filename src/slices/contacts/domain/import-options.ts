import type { ConsentLevel } from './consent.js'
import type { DateOrder } from './consent-date.js'
import type { MappingOverride } from './column-mapping.js'
import type { Purpose } from './contact.js'

/** What the person who imports states about the consent in the file. Without it, a yes in the file grants nothing. */
export interface Attestation {
  purposes: Purpose[]
  level: ConsentLevel
  /** How these people agreed, in the person's own words. */
  statement: string
  /** What the people were shown, when the file itself does not say. */
  exactText: string | null
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
