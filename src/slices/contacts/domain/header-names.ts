import type { ColumnField } from './column-mapping.js'
import { plainWords } from './text.js'

export interface HeaderMeaning {
  field: ColumnField
  /** Lower is tried first when several columns mean the same. */
  preference: number
}

/**
 * Headings of the exports people really have (HubSpot, Salesforce, Mailchimp, Google Contacts, Outlook, plain lists),
 * reduced to plain words. Within one field, earlier is preferred: a mobile number before any other phone.
 */
const headings: Readonly<Partial<Record<ColumnField, readonly string[]>>> = {
  phone: [
    'mobile phone number', 'mobile phone', 'mobile number', 'mobile', 'mobile no', 'cell phone number', 'cell phone', 'cell number', 'cell', 'cellphone',
    'sms phone number', 'sms phone', 'sms number', 'sms', 'text number', 'whatsapp number', 'phone number', 'phone', 'telephone', 'telephone number',
    'phone no', 'tel', 'contact number', 'contact phone', 'number', 'msisdn', 'recipient', 'to', 'primary phone', 'phone 1', 'phone 1 value',
    'phone 2 value', 'phone 3 value', 'other phone', 'home phone', 'work phone', 'business phone',
  ],
  'first-name': ['first name', 'firstname', 'first', 'given name', 'forename', 'fname'],
  'last-name': ['last name', 'lastname', 'last', 'family name', 'surname', 'lname'],
  'full-name': ['full name', 'name', 'contact name', 'customer name', 'client name', 'display name', 'customer', 'client'],
  email: ['email', 'email address', 'e mail', 'e mail address', 'e mail 1 value', 'email 1 value', 'primary email', 'mail'],
  zone: ['time zone', 'timezone', 'tz', 'zone', 'iana time zone', 'time zone id', 'timezone sid key'],
  region: ['state region', 'state', 'region', 'province', 'state province', 'mailing state', 'mailing state province', 'address 1 region', 'billing state', 'state code'],
  country: ['country region', 'country', 'country code', 'mailing country', 'address 1 country', 'billing country', 'iso country'],
  tags: ['tags', 'tag', 'labels', 'label', 'groups', 'group', 'group membership', 'segments', 'segment', 'lists', 'list', 'categories'],
  consent: [
    'sms consent', 'text consent', 'sms marketing consent', 'marketing consent', 'marketing sms consent', 'consent', 'consent status', 'sms opt in',
    'text opt in', 'opt in', 'optin', 'opted in', 'opted in to sms', 'sms marketing opt in', 'marketing opt in', 'marketing sms opt in', 'sms permission',
    'sms marketing status', 'sms status', 'sms subscription status', 'accepts sms', 'accepts sms marketing', 'sms subscribed', 'receive texts', 'transactional consent',
  ],
  'opt-out': [
    'sms opt out', 'text opt out', 'opt out', 'optout', 'opted out', 'has opted out of sms', 'sms unsubscribed', 'unsubscribed', 'unsubscribed from sms',
    'do not text', 'do not sms', 'do not contact', 'dnd', 'sms dnd', 'stop',
  ],
  'consent-date': [
    'consent date', 'consent at', 'consent time', 'consent timestamp', 'sms consent date', 'consented at', 'date of consent', 'opt in date', 'opt in time',
    'optin time', 'optin date', 'opted in at', 'sms opt in date', 'sms opt in time', 'confirm time',
  ],
  'consent-source': ['consent source', 'sms consent source', 'opt in source', 'optin source', 'consent method', 'opt in method', 'source of consent'],
  'consent-text': ['consent text', 'consent language', 'consent wording', 'disclosure', 'disclosure text', 'exact text', 'opt in text', 'terms shown'],
} // prettier-ignore

const meanings = new Map<string, HeaderMeaning>()
for (const field of Object.keys(headings) as ColumnField[]) {
  headings[field]?.forEach((heading, preference) => meanings.set(heading, { field, preference }))
}

/** What a heading means, or null when it is not a known one. A permission about e-mail or calls is never one about texts. */
export function fieldOfHeader(header: string): HeaderMeaning | null {
  return meanings.get(plainWords(header)) ?? null
}
