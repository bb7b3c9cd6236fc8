import type { AccountId, ContactId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { Contact, Purpose } from './domain/contact.js'
import { tidyTags } from './domain/tags.js'
import {
  countContactRows,
  listContactRows,
  listTagCounts,
  type ContactFilter,
  type TagCount,
} from './store/contact-lists.js'
import { readContact } from './store/contact-rows.js'

export interface ContactSearch {
  tag?: string | null | undefined
  /** Part of a name, an e-mail address or a number. */
  search?: string | null | undefined
  /** For whoever may not see addresses and numbers: a search must not find them out. */
  namesOnly?: boolean
  importId?: string | null | undefined
  consent?: { purpose: Purpose; is: 'granted' | 'revoked' | 'unknown' } | null | undefined
}

const COUNT_MAX = 10_001
const TAGS_LISTED_MAX = 1_000
const DIGITS_MIN = 3

/** Contacts of the account, newest first. */
export function listContacts(
  db: Db,
  accountId: AccountId,
  search: ContactSearch,
  page: { beforeId: string | null; limit: number },
): Promise<Contact[]> {
  return listContactRows(db, accountId, toFilter(search), page)
}

/** How many contacts match; 10,001 stands for "more than 10,000". */
export function countContacts(db: Db, accountId: AccountId, search: ContactSearch): Promise<number> {
  return countContactRows(db, accountId, toFilter(search), COUNT_MAX)
}

/** The account's tags with the number of contacts that have them, most used first. */
export function listTags(db: Db, accountId: AccountId): Promise<TagCount[]> {
  return listTagCounts(db, accountId, TAGS_LISTED_MAX)
}

/** One contact of the account; null for any other id and for deleted ones. */
export function getContact(db: Db, accountId: AccountId, contactId: ContactId): Promise<Contact | null> {
  return readContact(db, accountId, contactId)
}

function toFilter({ namesOnly = false, ...search }: ContactSearch): ContactFilter {
  const text = (search.search ?? '').trim().toLowerCase()
  return {
    tag: tidyTags([search.tag ?? ''])[0] ?? null,
    text: text === '' ? null : text,
    digits: namesOnly ? null : digitsOf(text),
    withEmail: !namesOnly,
    importId: search.importId ?? null,
    consentPurpose: search.consent?.purpose ?? null,
    consentGranted:
      search.consent == null || search.consent.is === 'unknown' ? null : search.consent.is === 'granted',
  }
}

/** The digits of what may be part of a number; null for anything else. */
function digitsOf(text: string): string | null {
  const digits = /^[+\d\s().-]+$/.test(text) ? text.replace(/\D/g, '') : ''
  return digits.length >= DIGITS_MIN ? digits : null
}

export type { TagCount } from './store/contact-lists.js'
