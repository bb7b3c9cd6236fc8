/** What a text may be about. Consent is given and withdrawn per purpose. */
export const purposes = ['transactional', 'marketing'] as const
export type Purpose = (typeof purposes)[number]

/** Where a contact's time zone came from; a guess from the number is never stored. */
export type ZoneSource = 'import' | 'person'

/** What is known about a person besides the number. */
export interface ContactDetails {
  firstName: string | null
  lastName: string | null
  email: string | null
  /** IANA name of a place, never an offset. */
  zone: string | null
  /** State, province or region; two letters for the US and Canada. */
  region: string | null
  tags: string[]
  /** Everything else a file said, for merge fields. */
  attributes: Record<string, string>
}

export interface Contact extends ContactDetails {
  id: string
  accountId: string
  /** E.164. */
  phone: string
  country: string
  numberType: string
  zoneSource: ZoneSource | null
  importId: string | null
  createdAt: Date
  updatedAt: Date
}

export const noDetails: ContactDetails = {
  firstName: null,
  lastName: null,
  email: null,
  zone: null,
  region: null,
  tags: [],
  attributes: {},
}

export const NAME_MAX = 100
export const ATTRIBUTE_MAX = 1_000
