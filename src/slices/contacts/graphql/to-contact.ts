import { seesContent, type Role } from '../../../platform/access/viewer.js'
import { rejectReasons, rowWarnings } from '../domain/reject-reasons.js'
import type { MappedColumn } from '../domain/column-mapping.js'
import type { Contact } from '../domain/contact.js'
import type { ConsentEvent } from '../consent-at.js'
import type { ContactImport, StoredNote, StoredReject } from '../list-imports.js'
import { ConsentEventType, ContactType } from './contacts.types.js'
import {
  ImportNoteType,
  ImportRejectType,
  ImportType,
  type ImportColumnType,
  type ImportReasonType,
} from './imports.types.js'

const folded = 'An earlier row of the file has the same number; this one became part of it.'

export function toContact(contact: Contact): ContactType {
  const { zone, attributes, ...rest } = contact
  return Object.assign(new ContactType(), {
    ...rest,
    timeZone: zone,
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  })
}

export function toConsentEvent(event: ConsentEvent): ConsentEventType {
  return Object.assign(new ConsentEventType(), { ...event, evidence: JSON.stringify(event.evidence) })
}

export function toImport(found: ContactImport): ImportType {
  return Object.assign(new ImportType(), {
    ...found,
    rejectReasons: toReasons(found.reasons, rejectReasons),
    remarks: toReasons(found.warnings, rowWarnings),
    columns: toColumns(found.layout?.mapping.columns ?? []),
    rejectFilePath: `/imports/${found.id}/rejects.csv`,
  })
}

export function toColumns(columns: readonly MappedColumn[]): ImportColumnType[] {
  return columns.map(({ header, field, attribute }) => ({ header, field, attribute }))
}

export function toReasons(
  counts: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>>,
): ImportReasonType[] {
  return Object.entries(counts)
    .map(([code, rows]) => ({ code, words: words[code] ?? code, rows }))
    .sort((first, second) => second.rows - first.rows || first.code.localeCompare(second.code))
}

export function toReject(reject: StoredReject, role: Role): ImportRejectType {
  const words = rejectReasons[reject.reason]
  return Object.assign(new ImportRejectType(), {
    ...reject,
    words,
    raw: seesContent(role) ? reject.raw : null,
  })
}

export function toNote(note: StoredNote, role: Role): ImportNoteType {
  const words = note.code === 'folded' ? folded : rowWarnings[note.code]
  return Object.assign(new ImportNoteType(), {
    ...note,
    words,
    detail: seesContent(role) ? note.detail : null,
  })
}
