import type { Contact, ContactDetails, Purpose } from './contact.js'
import type { ImportCounts } from './import-state.js'
import { noCounts } from './import-state.js'
import type { ContactDraft } from './read-row.js'
import type { ConsentClaim } from './row-consent.js'
import { mergeTags } from './tags.js'

/** A stored contact as an import sees it. */
export interface KnownContact extends Omit<Contact, 'accountId' | 'createdAt' | 'updatedAt'> {
  importLine: number | null
  editedAt: Date | null
  deletedAt: Date | null
}

export interface ContactWrite {
  /** The row that made it; later rows about the same number are folded into this one. */
  line: number
  phone: string
  country: string
  numberType: string
  details: ContactDetails
  /** Null: a new contact. */
  known: KnownContact | null
}

export interface ClaimOfRow {
  line: number
  phone: string
  purpose: Purpose
  claim: ConsentClaim
}

export interface FoldedRows {
  writes: ContactWrite[]
  folded: { line: number; into: number }[]
  claims: ClaimOfRow[]
  counts: ImportCounts
}

/**
 * Folds the rows of one chunk into each other and into what is stored: one contact per number. The first row of a file
 * wins and later ones only fill its gaps and add their tags, wherever the chunk borders fall. Against a contact that was
 * there before the import, `update` lets the file win and `fill` does not. An opt-out in any row outweighs every opt-in.
 */
export function foldRows(
  drafts: readonly ContactDraft[],
  known: ReadonlyMap<string, KnownContact>,
  importId: string,
  existing: 'update' | 'fill',
): FoldedRows {
  const writes = new Map<string, ContactWrite>()
  const claims = new Map<string, ClaimOfRow>()
  const folded: FoldedRows['folded'] = []
  for (const draft of drafts) {
    addClaims(claims, draft)
    const earlier = writes.get(draft.phone)
    if (earlier !== undefined) {
      earlier.details = fillGaps(earlier.details, draft.details)
      folded.push({ line: draft.line, into: earlier.line })
      continue
    }
    const contact = known.get(draft.phone) ?? null
    const write: ContactWrite = {
      line: draft.line,
      phone: draft.phone,
      country: draft.country,
      numberType: draft.numberType,
      details: contact === null ? draft.details : mergeInto(contact, draft.details, importId, existing),
      known: contact,
    }
    if (
      contact !== null &&
      contact.importId === importId &&
      contact.importLine !== null &&
      contact.deletedAt === null
    ) {
      write.line = contact.importLine
      folded.push({ line: draft.line, into: contact.importLine })
    }
    writes.set(draft.phone, write)
  }
  return {
    writes: [...writes.values()],
    folded,
    claims: [...claims.values()],
    counts: countWrites(writes, folded, drafts.length, importId),
  }
}

/** The contact was written by an earlier row of the same file. */
export function isOwn(write: ContactWrite, importId: string): boolean {
  return (
    write.known !== null &&
    write.known.importId === importId &&
    write.known.importLine !== null &&
    write.known.deletedAt === null
  )
}

export function saysSomethingNew(write: ContactWrite): boolean {
  return write.known === null || write.known.deletedAt !== null || !sameDetails(write.known, write.details)
}

function countWrites(
  writes: ReadonlyMap<string, ContactWrite>,
  folded: readonly unknown[],
  rows: number,
  importId: string,
): ImportCounts {
  const counts = { ...noCounts, rowsRead: rows, duplicates: folded.length }
  for (const write of writes.values()) {
    if (isOwn(write, importId)) continue
    if (write.known === null || write.known.deletedAt !== null) counts.created += 1
    else if (saysSomethingNew(write)) counts.updated += 1
    else counts.unchanged += 1
  }
  return counts
}

function addClaims(claims: Map<string, ClaimOfRow>, draft: ContactDraft): void {
  for (const { purpose, claim } of draft.consent) {
    const key = `${draft.phone} ${purpose}`
    const earlier = claims.get(key)
    const outweighs =
      earlier?.claim.kind === 'yes' && (claim.kind === 'no' || hasMoreProof(claim, earlier.claim))
    if (earlier === undefined || outweighs)
      claims.set(key, { line: draft.line, phone: draft.phone, purpose, claim })
  }
}

function hasMoreProof(claim: ConsentClaim, other: ConsentClaim): boolean {
  return proofOf(claim) > proofOf(other)
}

function proofOf(claim: ConsentClaim): number {
  return (claim.exactText === null ? 0 : 2) + (claim.occurredAt === null ? 0 : 1)
}

function mergeInto(
  contact: KnownContact,
  said: ContactDetails,
  importId: string,
  existing: 'update' | 'fill',
): ContactDetails {
  if (contact.deletedAt !== null) return said
  if (contact.importId === importId || existing === 'fill') return fillGaps(contact, said)
  const merged = fillGaps(said, contact)
  merged.tags = mergeTags(contact.tags, said.tags)
  merged.attributes = { ...contact.attributes, ...said.attributes }
  return merged
}

function fillGaps(first: ContactDetails, second: ContactDetails): ContactDetails {
  return {
    firstName: first.firstName ?? second.firstName,
    lastName: first.lastName ?? second.lastName,
    email: first.email ?? second.email,
    zone: first.zone ?? second.zone,
    region: first.region ?? second.region,
    tags: mergeTags(first.tags, second.tags),
    attributes: { ...second.attributes, ...first.attributes },
  }
}

function sameDetails(first: ContactDetails, second: ContactDetails): boolean {
  return (
    first.firstName === second.firstName &&
    first.lastName === second.lastName &&
    first.email === second.email &&
    first.zone === second.zone &&
    first.region === second.region &&
    first.tags.length === second.tags.length &&
    first.tags.every((tag) => second.tags.includes(tag)) &&
    sameAttributes(first.attributes, second.attributes)
  )
}

function sameAttributes(
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(first)
  return names.length === Object.keys(second).length && names.every((name) => first[name] === second[name])
}
