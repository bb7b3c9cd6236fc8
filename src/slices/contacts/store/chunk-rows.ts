import type { AccountId, ImportId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { ContactWrite, KnownContact } from '../domain/fold-rows.js'
import type { RowNote, RowReject } from '../domain/read-row.js'
import type { ContactRow } from './contact-rows.js'

export async function readKnownContacts(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
): Promise<Map<string, KnownContact>> {
  const rows = await tx.query<ContactRow>(
    '/* contacts.knownContacts */ select * from contact where account_id = $1 and phone = any ($2::text[])',
    [accountId, phones],
  )
  return new Map(
    rows.map((row) => [
      row.phone,
      {
        id: row.id,
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
        importLine: row.import_line,
        editedAt: row.edited_at,
        deletedAt: row.deleted_at,
      },
    ]),
  )
}

const recordSql = `json_to_recordset($3::json) as r (id uuid, line int, phone text, country text, number_type text, first_name text,
  last_name text, email text, zone text, zone_source text, region text, tags text[], attributes jsonb)`

export async function insertImported(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
  writes: readonly ContactWrite[],
  now: Date,
): Promise<void> {
  if (writes.length === 0) return
  await tx.query(
    `/* contacts.insertImported */
     insert into contact (id, account_id, phone, country, number_type, first_name, last_name, email, zone, zone_source, region, tags,
       attributes, import_id, import_line, created_at, updated_at)
     select uuidv7(), $1, phone, country, number_type, first_name, last_name, email, zone, zone_source, region, tags, attributes,
       $2, line, $4, $4
     from ${recordSql}`,
    [accountId, importId, JSON.stringify(writes.map(toRecord)), now],
  )
}

/**
 * Keeps the values from before the import, once per contact, for undo. A contact that another import has touched between two
 * chunks is met again as a foreign one: what was there before the first chunk stays.
 */
export async function rememberPrevious(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
  contactIds: readonly string[],
): Promise<void> {
  if (contactIds.length === 0) return
  await tx.query(
    `/* contacts.rememberPrevious */
     insert into contact_import_change (import_id, contact_id, previous)
     select $2, c.id, to_jsonb(c) from contact c where c.account_id = $1 and c.id = any ($3::uuid[])
     on conflict (import_id, contact_id) do nothing`,
    [accountId, importId, contactIds],
  )
}

export async function updateImported(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
  writes: readonly ContactWrite[],
  now: Date,
): Promise<void> {
  if (writes.length === 0) return
  await tx.query(
    `/* contacts.updateImported */
     update contact c set first_name = r.first_name, last_name = r.last_name, email = r.email, zone = r.zone,
       zone_source = r.zone_source, region = r.region, tags = r.tags, attributes = r.attributes, import_id = $2, import_line = r.line,
       edited_at = null, deleted_at = null, updated_at = $4
     from ${recordSql}
     where c.id = r.id and c.account_id = $1`,
    [accountId, importId, JSON.stringify(writes.map(toRecord)), now],
  )
}

/** Short names of nothing: the record's keys are the columns. */
function toRecord(write: ContactWrite): Record<string, unknown> {
  const { details, known } = write
  const zoneSource = details.zone === null ? null : details.zone === known?.zone ? known.zoneSource : 'import'
  return {
    id: known?.id ?? null,
    line: write.line,
    phone: write.phone,
    country: write.country,
    number_type: write.numberType,
    first_name: details.firstName,
    last_name: details.lastName,
    email: details.email,
    zone: details.zone,
    zone_source: zoneSource,
    region: details.region,
    tags: details.tags,
    attributes: details.attributes,
  }
}

export async function insertRejects(
  tx: Tx,
  importId: ImportId,
  rejects: readonly RowReject[],
): Promise<void> {
  if (rejects.length === 0) return
  await tx.query(
    `/* contacts.insertRejects */ insert into import_row_reject (import_id, line, raw, column_name, reason)
     select $1, r.line, r.raw, r."column", r.reason
     from json_to_recordset($2::json) as r (line int, raw text, "column" text, reason text)`,
    [importId, JSON.stringify(rejects)],
  )
}

export async function insertNotes(
  tx: Tx,
  importId: ImportId,
  notes: readonly RowNote[],
  folded: readonly { line: number; into: number }[],
): Promise<void> {
  if (notes.length === 0 && folded.length === 0) return
  await tx.query(
    `/* contacts.insertNotes */ insert into import_row_note (import_id, line, code, column_name, detail, into_line)
     select $1, r.line, r.code, r."column", coalesce(r.detail, ''), r."into"
     from json_to_recordset($2::json) as r (line int, code text, "column" text, detail text, "into" int)`,
    [importId, JSON.stringify([...notes, ...folded.map((fold) => ({ ...fold, code: 'folded' }))])],
  )
}
