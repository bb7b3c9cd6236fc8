import { attributeName, ATTRIBUTES_MAX } from './column-mapping.js'
import { ATTRIBUTE_MAX, NAME_MAX, type ContactDetails } from './contact.js'
import { emailFromText } from './email.js'
import { regionFromText } from './region.js'
import { tidyTags } from './tags.js'
import { cleanLine, cleanText } from './text.js'
import { zoneFromText } from './zone.js'

/** What a person or program says about a contact. Missing: leave as it is. Null or empty: clear. */
export interface ContactInput {
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  email?: string | null | undefined
  zone?: string | null | undefined
  region?: string | null | undefined
  tags?: readonly string[] | undefined
  attributes?: Readonly<Record<string, string>> | undefined
}

export type DetailsRefusal = 'zone-unknown' | 'email-unreadable' | 'too-many-attributes'
export type AppliedInput = { ok: true; details: ContactDetails } | { ok: false; reason: DetailsRefusal }

/** Puts the input over what is known. Unlike an import, it refuses what it cannot read: somebody is there to correct it. */
export function applyInput(before: ContactDetails, input: ContactInput): AppliedInput {
  const region = input.region === undefined ? before.region : regionFromText(input.region ?? '')
  const details: ContactDetails = {
    firstName: line(input.firstName, before.firstName),
    lastName: line(input.lastName, before.lastName),
    email: input.email === undefined ? before.email : emailFromText(input.email ?? ''),
    zone: input.zone === undefined ? before.zone : zoneFromText(input.zone ?? '', region),
    region,
    tags: input.tags === undefined ? before.tags : tidyTags(input.tags),
    attributes: input.attributes === undefined ? before.attributes : tidyAttributes(input.attributes),
  }
  if (isFilled(input.zone) && details.zone === null) return { ok: false, reason: 'zone-unknown' }
  if (isFilled(input.email) && details.email === null) return { ok: false, reason: 'email-unreadable' }
  if (Object.keys(details.attributes).length > ATTRIBUTES_MAX)
    return { ok: false, reason: 'too-many-attributes' }
  return { ok: true, details }
}

/** A zone that a person gave; null when there is none. */
export function zoneSourceOf(details: ContactDetails): 'person' | null {
  return details.zone === null ? null : 'person'
}

function isFilled(text: string | null | undefined): boolean {
  return (text ?? '').trim() !== ''
}

function line(given: string | null | undefined, before: string | null): string | null {
  return given === undefined ? before : cleanLine(given ?? '', NAME_MAX) || null
}

function tidyAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(attributes).map(
    ([name, value]) => [attributeName(name), cleanText(value, ATTRIBUTE_MAX)] as const,
  )
  return Object.fromEntries(entries.filter(([name, value]) => name !== '' && value !== ''))
}
