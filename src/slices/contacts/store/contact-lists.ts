import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { Contact, Purpose } from '../domain/contact.js'
import { toContact, type ContactRow } from './contact-rows.js'

export interface ContactFilter {
  tag: string | null
  /** Lower-case text, found anywhere in names, and in e-mail addresses where those are searched too. */
  text: string | null
  withEmail: boolean
  /** Digits, found anywhere in the number. */
  digits: string | null
  importId: string | null
  /** Only contacts whose consent to this purpose is as `consentGranted` says; null finds those without any record. */
  consentPurpose: Purpose | null
  consentGranted: boolean | null
}

const filterSql = `
  c.account_id = $1 and c.deleted_at is null
  and ($2::text is null or $2 = any (c.tags))
  and (($3::text is null and $4::text is null)
    or ($3 is not null and position($3 in lower(concat_ws(' ', c.first_name, c.last_name, case when $8 then c.email end))) > 0)
    or ($4 is not null and position($4 in c.phone) > 0))
  and ($5::uuid is null or c.import_id = $5)
  and ($6::text is null or (select s.granted from consent s
    where s.account_id = $1 and s.phone = c.phone and s.purpose = $6) is not distinct from $7::boolean)`

function filterValues(accountId: AccountId, filter: ContactFilter): unknown[] {
  return [
    accountId,
    filter.tag,
    filter.text,
    filter.digits,
    filter.importId,
    filter.consentPurpose,
    filter.consentGranted,
    filter.withEmail,
  ]
}

/** Newest first; ids are time-ordered. */
export async function listContactRows(
  db: Db,
  accountId: AccountId,
  filter: ContactFilter,
  page: { beforeId: string | null; limit: number },
): Promise<Contact[]> {
  const rows = await readQuery<ContactRow>(
    db,
    `/* contacts.listContacts */ select c.* from contact c
     where ${filterSql} and ($9::uuid is null or c.id < $9) order by c.id desc limit $10`,
    [...filterValues(accountId, filter), page.beforeId, page.limit],
  )
  return rows.map(toContact)
}

/** Counts to a bound: an exact count of millions would cost more than it tells. */
export async function countContactRows(
  db: Db,
  accountId: AccountId,
  filter: ContactFilter,
  countMax: number,
): Promise<number> {
  const [row] = await readQuery<{ count: number }>(
    db,
    `/* contacts.countContacts */ select count(*)::int as count from (select 1 from contact c where ${filterSql} limit $9) found`,
    [...filterValues(accountId, filter), countMax],
  )
  return row?.count ?? 0
}

export interface TagCount {
  tag: string
  contacts: number
}

export async function listTagCounts(db: Db, accountId: AccountId, limit: number): Promise<TagCount[]> {
  return readQuery<TagCount>(
    db,
    // Most people share their tags with many others: counted as they stand first, taken apart afterwards.
    `/* contacts.listTags */
     select tag, sum(alike.contacts)::int as contacts
     from (select tags, count(*) as contacts from contact where account_id = $1 and deleted_at is null group by tags) alike,
       unnest(alike.tags) as tag
     group by tag order by sum(alike.contacts) desc, tag limit $2`,
    [accountId, limit],
  )
}
