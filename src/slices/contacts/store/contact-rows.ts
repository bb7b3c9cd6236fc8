import type { AccountId, ContactId } from '../../../kernel/ids.js'
import { trustId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { Contact, ContactDetails, ZoneSource } from '../domain/contact.js'

export interface ContactRow {
  id: string
  account_id: string
  phone: string
  country: string
  number_type: string
  first_name: string | null
  last_name: string | null
  email: string | null
  zone: string | null
  zone_source: ZoneSource | null
  region: string | null
  tags: string[]
  attributes: Record<string, string>
  import_id: string | null
  import_line: number | null
  edited_at: Date | null
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
}

export function toContact(row: ContactRow): Contact {
  return {
    id: row.id,
    accountId: row.account_id,
    phone: row.phone,
    country: row.country,
    numberType: row.number_type,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    zone: row.zone,
    zoneSource: row.zone_source,
    region: row.region,
    tags: row.tags,
    attributes: row.attributes,
    importId: row.import_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export async function readContact(
  db: Db,
  accountId: AccountId,
  contactId: ContactId,
): Promise<Contact | null> {
  const [row] = await readQuery<ContactRow>(
    db,
    '/* contacts.readContact */ select * from contact where account_id = $1 and id = $2 and deleted_at is null',
    [accountId, contactId],
  )
  return row === undefined ? null : toContact(row)
}

export async function lockContact(
  tx: Tx,
  accountId: AccountId,
  contactId: ContactId,
): Promise<Contact | null> {
  const [row] = await tx.query<ContactRow>(
    '/* contacts.lockContact */ select * from contact where account_id = $1 and id = $2 and deleted_at is null for update',
    [accountId, contactId],
  )
  return row === undefined ? null : toContact(row)
}

export interface NumberOwner {
  id: ContactId
  deleted: boolean
}

export async function lockContactByPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
): Promise<NumberOwner | null> {
  const [row] = await tx.query<{ id: string; deleted: boolean }>(
    '/* contacts.lockContactByPhone */ select id, deleted_at is not null as deleted from contact where account_id = $1 and phone = $2 for update',
    [accountId, phone],
  )
  return row === undefined ? null : { id: trustId<ContactId>(row.id), deleted: row.deleted }
}

export interface ContactNumber {
  phone: string
  country: string
  numberType: string
}

const detailColumns = 'first_name, last_name, email, zone, zone_source, region, tags, attributes'

function detailValues(details: ContactDetails, zoneSource: ZoneSource | null): unknown[] {
  return [
    details.firstName,
    details.lastName,
    details.email,
    details.zone,
    zoneSource,
    details.region,
    details.tags,
    JSON.stringify(details.attributes),
  ]
}

export interface ContactChange {
  id: ContactId
  details: ContactDetails
  zoneSource: ZoneSource | null
  now: Date
}

/** Makes a contact by hand. A number that was deleted before comes back as a new contact with the same place. */
export async function insertContact(
  tx: Tx,
  accountId: AccountId,
  number: ContactNumber,
  change: ContactChange,
): Promise<void> {
  await tx.query(
    `/* contacts.insertContact */
     insert into contact (id, account_id, phone, country, number_type, ${detailColumns}, edited_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $14, $14)`,
    [
      change.id,
      accountId,
      number.phone,
      number.country,
      number.numberType,
      ...detailValues(change.details, change.zoneSource),
      change.now,
    ],
  )
}

export async function writeDetails(tx: Tx, accountId: AccountId, change: ContactChange): Promise<void> {
  await tx.query(
    `/* contacts.writeDetails */
     update contact set (${detailColumns}) = ($3, $4, $5, $6, $7, $8, $9, $10::jsonb),
       edited_at = $11::timestamptz, updated_at = $11::timestamptz,
       created_at = case when deleted_at is null then created_at else $11::timestamptz end,
       import_id = case when deleted_at is null then import_id end, deleted_at = null
     where account_id = $1 and id = $2`,
    [accountId, change.id, ...detailValues(change.details, change.zoneSource), change.now],
  )
}

/**
 * Clears what is known about the person, also what imports keep of earlier values for undo; the number stays, so that its consent
 * history keeps its place.
 */
export async function markDeleted(
  tx: Tx,
  accountId: AccountId,
  contactId: ContactId,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `/* contacts.markDeleted */
     update contact set deleted_at = $3, updated_at = $3, edited_at = $3, first_name = null, last_name = null, email = null,
       zone = null, zone_source = null, region = null, tags = '{}', attributes = '{}'
     where account_id = $1 and id = $2 and deleted_at is null returning 1`,
    [accountId, contactId, now],
  )
  if (rows.length === 0) return false
  await tx.query('/* contacts.forgetChanges */ delete from contact_import_change where contact_id = $1', [
    contactId,
  ])
  return true
}

export interface TagChange {
  contactIds: readonly string[]
  add: readonly string[]
  remove: readonly string[]
  tagsMax: number
  now: Date
}

/** Changes the tags of several contacts; those that stay the same are not touched. */
export async function writeTags(tx: Tx, accountId: AccountId, change: TagChange): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `/* contacts.writeTags */
     update contact c set tags = changed.tags, edited_at = $5, updated_at = $5
     from (
       select o.id, (coalesce(kept.tags, '{}'))[1:$6] as tags from contact o
       left join lateral (
         select array_agg(t.tag order by t.place) as tags from (
           select tag, min(place) as place from unnest(o.tags || $3::text[]) with ordinality as u (tag, place)
           where not tag = any ($4::text[]) group by tag
         ) t
       ) kept on true
       where o.account_id = $1 and o.id = any ($2::uuid[]) and o.deleted_at is null
     ) changed
     where c.id = changed.id and c.account_id = $1 and c.tags <> changed.tags
     returning c.id`,
    [accountId, change.contactIds, change.add, change.remove, change.now, change.tagsMax],
  )
  return rows.map((row) => row.id)
}
