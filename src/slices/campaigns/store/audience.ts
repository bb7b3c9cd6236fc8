import type { AccountId, CampaignId, ContactId, ImportId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { Audience } from '../domain/audience.js'
import type { MergeContact } from '../domain/merge-fields.js'
import type { Purpose } from '../domain/opt-out-footer.js'
import { textableNumberTypes, type SkipCounts, type SkipReason } from '../domain/skip-reason.js'

/** Whom a campaign is for, and what decides whether each of them may get it. */
export interface AudienceQuery {
  accountId: AccountId
  audience: Audience
  purpose: Purpose
  allowedCountries: readonly string[]
  pricedCountries: readonly string[]
}

/**
 * The contacts of an audience, with why each would be skipped. Parameters 1 to 8; the quote, the count at the start and
 * the freeze all use this one text, so they cannot disagree.
 */
const CHOSEN = `from contact c
  left join consent s on s.account_id = c.account_id and s.phone = c.phone and s.purpose = $5
  left join unreachable u on u.account_id = c.account_id and u.phone = c.phone and u.cleared_at is null
  where c.account_id = $1 and c.deleted_at is null
    and ($2::text[] is null or c.tags && $2) and ($3::text[] is null or not c.tags && $3)
    and ($4::uuid is null or c.import_id = $4)`
const SKIP_REASON = `case when c.number_type <> all ($6::text[]) then 'number_type'
  when c.country <> all ($7::text[]) then 'country_not_allowed'
  when c.country <> all ($8::text[]) then 'no_price'
  when s.granted is null then 'no_consent' when not s.granted then 'opted_out' when u.phone is not null then 'unreachable' end`

function parameters(query: AudienceQuery): unknown[] {
  return [
    query.accountId,
    query.audience.tags ?? null,
    query.audience.excludeTags ?? null,
    query.audience.importId ?? null,
    query.purpose,
    textableNumberTypes,
    query.allowedCountries,
    query.pricedCountries,
  ]
}

export interface MergeRow {
  country: string
  first_name: string | null
  last_name: string | null
  email: string | null
  zone: string | null
  region: string | null
  attributes: Record<string, unknown>
}

const MERGE_COLUMNS = 'c.country, c.first_name, c.last_name, c.email, c.zone, c.region, c.attributes'

function toMergeContact(row: MergeRow & { phone: string }): MergeContact {
  return {
    phone: row.phone,
    country: row.country,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    zone: row.zone,
    region: row.region,
    attributes: row.attributes,
  }
}

export interface AudienceMember {
  contactId: ContactId
  contact: MergeContact
  skipReason: SkipReason | null
}

type MemberRow = MergeRow & { id: ContactId; phone: string; skip_reason: SkipReason | null }

/** One page of an audience, by contact id; pages keep memory flat for any size. */
export async function readAudiencePage(
  db: Db,
  query: AudienceQuery,
  page: { after: ContactId | null; limit: number },
): Promise<AudienceMember[]> {
  const rows = await readQuery<MemberRow>(
    db,
    `/* campaigns.audiencePage */
     select c.id, c.phone, ${MERGE_COLUMNS}, ${SKIP_REASON} as skip_reason ${CHOSEN}
       and ($9::uuid is null or c.id > $9)
     order by c.id limit $10`,
    [...parameters(query), page.after, page.limit],
  )
  return rows.map((row) => ({ contactId: row.id, contact: toMergeContact(row), skipReason: row.skip_reason }))
}

/** One contact with why it would be skipped, found by id or by number. */
export async function findMember(
  tx: Tx,
  query: AudienceQuery,
  who: { contactId: string } | { phone: string },
): Promise<AudienceMember | null> {
  const [row] = await tx.query<MemberRow>(
    `/* campaigns.findMember */
     select c.id, c.phone, ${MERGE_COLUMNS}, ${SKIP_REASON} as skip_reason ${CHOSEN} and (c.id = $9::uuid or c.phone = $10)`,
    [...parameters(query), 'contactId' in who ? who.contactId : null, 'phone' in who ? who.phone : null],
  )
  return row === undefined
    ? null
    : { contactId: row.id, contact: toMergeContact(row), skipReason: row.skip_reason }
}

export interface AudienceCount {
  size: number
  skipped: SkipCounts
}

export async function countAudience(tx: Tx, query: AudienceQuery): Promise<AudienceCount> {
  const rows = await tx.query<{ skip_reason: SkipReason | null; n: number }>(
    `/* campaigns.countAudience */ select ${SKIP_REASON} as skip_reason, count(*)::int as n ${CHOSEN} group by 1`,
    parameters(query),
  )
  const skipped: SkipCounts = {}
  for (const row of rows) if (row.skip_reason !== null) skipped[row.skip_reason] = row.n
  return { size: rows.reduce((sum, row) => sum + row.n, 0), skipped }
}

/** Writes every member with a place in the order, oldest contact first. Returns how many. */
export async function freezeAudience(tx: Tx, campaignId: CampaignId, query: AudienceQuery): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `/* campaigns.freeze */
     with frozen as (
       insert into recipient (campaign_id, ordinal, contact_id, phone, skip_reason)
       select $9, row_number() over (order by c.created_at, c.id), c.id, c.phone, ${SKIP_REASON} ${CHOSEN}
       returning 1
     ) select count(*)::int as n from frozen`,
    [...parameters(query), campaignId],
  )
  return row?.n ?? 0
}

/** Of these attribute names, those that at least one contact of the account has. */
/** Whether the account has this import, whatever became of it. */
export async function hasImport(db: Db, accountId: AccountId, importId: ImportId): Promise<boolean> {
  const rows = await readQuery(
    db,
    `/* campaigns.hasImport */ select from contact_import where account_id = $1 and id = $2`,
    [accountId, importId],
  )
  return rows.length > 0
}

export async function knownAttributes(
  db: Db,
  accountId: AccountId,
  names: readonly string[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const rows = await readQuery<{ name: string }>(
    db,
    `/* campaigns.knownAttributes */
     select name from unnest($2::text[]) as n (name) where exists (
       select from contact c where c.account_id = $1 and c.deleted_at is null and c.attributes ? n.name)`,
    [accountId, names],
  )
  return new Set(rows.map((row) => row.name))
}

export interface FrozenRecipient {
  ordinal: number
  contactId: ContactId
  phone: string
  skipReason: SkipReason | null
  /** Null when the contact was deleted after the start. */
  contact: MergeContact | null
}

/** The next recipients in the frozen order, with their contacts as they are now. */
export async function readRecipients(
  db: Db,
  accountId: AccountId,
  campaignId: CampaignId,
  range: { from: number; limit: number },
): Promise<FrozenRecipient[]> {
  const rows = await readQuery<
    MergeRow & {
      ordinal: number
      contact_id: ContactId
      frozen_phone: string
      phone: string | null
      skip_reason: SkipReason | null
    }
  >(
    db,
    `/* campaigns.readRecipients */
     select r.ordinal, r.contact_id, r.phone as frozen_phone, r.skip_reason, c.phone, ${MERGE_COLUMNS}
     from recipient r
     left join lateral (
       select * from contact where id = r.contact_id and account_id = $1 and deleted_at is null limit 1
     ) c on true
     where r.campaign_id = $2 and r.ordinal >= $3 and r.ordinal < $3 + $4
     order by r.ordinal`,
    [accountId, campaignId, range.from, range.limit],
  )
  return rows.map((row) => ({
    ordinal: row.ordinal,
    contactId: row.contact_id,
    phone: row.frozen_phone,
    skipReason: row.skip_reason,
    contact: row.phone === null ? null : toMergeContact({ ...row, phone: row.phone }),
  }))
}

export async function writeSkips(
  tx: Tx,
  campaignId: CampaignId,
  skips: readonly { ordinal: number; reason: SkipReason }[],
): Promise<void> {
  if (skips.length === 0) return
  await tx.query(
    `/* campaigns.writeSkips */
     update recipient r set skip_reason = s.reason from unnest($2::int[], $3::text[]) as s (ordinal, reason)
     where r.campaign_id = $1 and r.ordinal = s.ordinal and r.skip_reason is null`,
    [campaignId, skips.map((skip) => skip.ordinal), skips.map((skip) => skip.reason)],
  )
}
