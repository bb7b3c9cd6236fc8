import { asFieldValue } from '../../../kernel/render-template.js'

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

/**
 * A contact's value for a field, as one line without deceptive characters; null when there is none. Only the listed
 * fields and the contact's own attributes exist: no path, no inherited property, and a value is never read as a template.
 */
function fieldValue(contact: MergeContact, field: string): string | null {
  const value = contactFields.get(field)?.(contact) ?? ownAttribute(contact.attributes, field)
  return value === null ? null : asFieldValue(value)
}

/** The contact's values as a template asks for them. */
export function fieldsOf(contact: MergeContact): (field: string) => string | null {
  return (field) => fieldValue(contact, field)
}

function ownAttribute(attributes: Readonly<Record<string, unknown>>, field: string): string | null {
  if (!Object.hasOwn(attributes, field)) return null
  const value = attributes[field]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
