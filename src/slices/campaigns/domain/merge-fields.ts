/** What a template may say about a contact. */
export interface MergeContact {
  phone: string
  country: string
  firstName: string | null
  lastName: string | null
  email: string | null
  zone: string | null
  region: string | null
  /** Everything else that an import said about the contact. */
  attributes: Readonly<Record<string, unknown>>
}

const contactFields: ReadonlyMap<string, (contact: MergeContact) => string | null> = new Map([
  ['first_name', (contact: MergeContact) => contact.firstName],
  ['last_name', (contact: MergeContact) => contact.lastName],
  ['email', (contact: MergeContact) => contact.email],
  ['phone', (contact: MergeContact) => contact.phone],
  ['country', (contact: MergeContact) => contact.country],
  ['zone', (contact: MergeContact) => contact.zone],
  ['region', (contact: MergeContact) => contact.region],
])

export const contactFieldNames: readonly string[] = [...contactFields.keys()]

/** Invisible characters that reorder or hide what surrounds them. Joiners stay: emoji and some scripts need them. */
const deceptive = /[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
const plainAscii = /^[\x20-\x7e]*$/

/**
 * A contact's value for a field, as one line without deceptive characters; null when there is none. Only the listed
 * fields and the contact's own attributes exist: no path, no inherited property, and a value is never read as a template.
 */
export function fieldValue(contact: MergeContact, field: string): string | null {
  const value = contactFields.get(field)?.(contact) ?? ownAttribute(contact.attributes, field)
  if (value === null) return null
  const clean = plainAscii.test(value)
    ? value.trim()
    : value.replace(deceptive, '').replace(control, ' ').trim()
  return clean === '' ? null : clean
}

function ownAttribute(attributes: Readonly<Record<string, unknown>>, field: string): string | null {
  if (!Object.hasOwn(attributes, field)) return null
  const value = attributes[field]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
