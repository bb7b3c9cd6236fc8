import type { ContactsQuery } from '../../../generated/graphql.js'

/** A contact as far as booking needs to know it. */
export interface Person {
  id: string
  name: string
  phone: string
  /** The zone of the contact, or as booked. */
  zone: string | null
}

type ContactRow = ContactsQuery['contacts']['edges'][number]['node']

export function personOf({ id, phone, firstName, lastName, timeZone }: ContactRow): Person {
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return { id, phone, name: name === '' ? phone : name, zone: timeZone ?? null }
}
