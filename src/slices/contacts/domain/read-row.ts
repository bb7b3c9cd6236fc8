import type { ColumnField, ColumnMapping, MappedColumn } from './column-mapping.js'
import type { ReadDate } from './consent-date.js'
import { ATTRIBUTE_MAX, NAME_MAX, type ContactDetails } from './contact.js'
import { countryFromText } from './country.js'
import type { CsvRecord } from './csv-records.js'
import { emailFromText } from './email.js'
import type { PhoneReading, ReadPhone } from './phone.js'
import { regionFromText } from './region.js'
import type { RejectReason, RowWarning } from './reject-reasons.js'
import { remembering } from './remember.js'
import { cellOf, type TakeNote } from './row-cells.js'
import { createConsentReader, type PurposeClaim } from './row-consent.js'
import { mergeTags, tagsFromCell } from './tags.js'
import { cleanLine, cleanText, cut } from './text.js'
import { zoneFromText } from './zone.js'

export interface RowNote {
  line: number
  code: RowWarning
  column: string | null
  detail: string
}

export interface ContactDraft {
  line: number
  phone: string
  country: string
  numberType: string
  details: ContactDetails
  consent: readonly PurposeClaim[]
  notes: RowNote[]
}

export interface RowReject {
  line: number
  reason: RejectReason
  column: string | null
  raw: string
}

export type RowReading = { ok: true; draft: ContactDraft } | { ok: false; reject: RowReject }
export type ReadRow = (record: CsvRecord) => RowReading

export const RAW_MAX = 4_000
const DETAIL_MAX = 100

export interface RowRules {
  mapping: ColumnMapping
  readPhone: ReadPhone
  readDate: ReadDate
  /** Tags that every contact of the file gets. */
  tags: readonly string[]
}

/** Makes the reader for the rows of one file. It never throws: a row becomes a draft, or a reject with its reason. */
export function createRowReader(rules: RowRules): ReadRow {
  const { columns } = rules.mapping
  const phones = columnsFor(columns, 'phone').sort((a, b) => a.preference - b.preference)
  const [country = null] = columnsFor(columns, 'country')
  const readCountry = remembering(countryFromText)
  const readDetails = createDetailsReader(columns, rules.tags)
  const readConsent = createConsentReader(columns, rules.readDate)

  return (record) => {
    const { cells, line } = record
    const problem = record.problem ?? contentProblem(record, columns.length)
    if (problem !== null) return { ok: false, reject: rejectOf(record, problem, null) }
    const number = choosePhone(cells, phones, readCountry(cellOf(cells, country)), rules.readPhone)
    const { reading } = number
    const isShort = cells.length < columns.length
    if (!reading.ok) {
      const isCut = isShort && reading.reason === 'phone-missing'
      const reason = isCut ? 'wrong-column-count' : reading.reason
      return { ok: false, reject: rejectOf(record, reason, number.column) }
    }
    const notes: RowNote[] = []
    const note: TakeNote = (code, column, detail) => {
      notes.push({ line, code, column: column?.header ?? null, detail: cleanLine(detail, DETAIL_MAX) })
    }
    if (number.refused !== null) note('first-number-unusable', number.refused, cellOf(cells, number.refused))
    if (isShort) note('short-row', null, '')
    const details = readDetails(cells, note)
    const consent = readConsent(cells, note)
    const { phone, country: home, numberType } = reading
    return { ok: true, draft: { line, phone, country: home, numberType, details, consent, notes } }
  }
}

function columnsFor(columns: readonly MappedColumn[], field: ColumnField): MappedColumn[] {
  return columns.filter((column) => column.field === field)
}

function contentProblem(record: CsvRecord, columns: number): RejectReason | null {
  if (record.raw.includes('\0')) return 'row-not-text'
  const surplus =
    record.cells.length > columns && record.cells.slice(columns).some((cell) => cell.trim() !== '')
  return surplus ? 'wrong-column-count' : null
}

interface ChosenPhone {
  reading: PhoneReading
  column: MappedColumn | null
  /** A preferred column that held something unusable. */
  refused: MappedColumn | null
}

/** The first column with a usable number; without one, the reason of the first column that is not empty. */
function choosePhone(
  cells: readonly string[],
  columns: readonly MappedColumn[],
  country: string | null,
  readPhone: ReadPhone,
): ChosenPhone {
  let first: ChosenPhone | null = null
  for (const column of columns) {
    const text = cellOf(cells, column)
    if (text.trim() === '') continue
    const reading = readPhone(text, country)
    if (reading.ok) return { reading, column, refused: first?.column ?? null }
    first ??= { reading, column, refused: null }
  }
  return (
    first ?? { reading: { ok: false, reason: 'phone-missing' }, column: columns[0] ?? null, refused: null }
  )
}

/** Everything about the person but the number and the consent. What cannot be read is left empty with a note. */
function createDetailsReader(
  columns: readonly MappedColumn[],
  tagsForAll: readonly string[],
): (cells: readonly string[], note: TakeNote) => ContactDetails {
  const only = (field: ColumnField): MappedColumn | null => columnsFor(columns, field)[0] ?? null
  const [firstName, lastName, fullName] = [only('first-name'), only('last-name'), only('full-name')]
  const [email, zone, region] = [only('email'), only('zone'), only('region')]
  const tags = columnsFor(columns, 'tags')
  const attributes = columnsFor(columns, 'attribute')
  const readTags = remembering(tagsFromCell)
  const readRegion = remembering(regionFromText)

  return (cells, note) => {
    const home = readRegion(cellOf(cells, region))
    // Written out: spreading one object into another costs more than all the reading.
    const name = readName(cellOf(cells, firstName), cellOf(cells, lastName), cellOf(cells, fullName))
    return {
      firstName: name.firstName,
      lastName: name.lastName,
      email: readEmail(cellOf(cells, email), email, note),
      zone: readZone(cellOf(cells, zone), home, zone, note),
      region: home,
      tags: tags.reduce((all, column) => mergeTags(all, readTags(cellOf(cells, column))), [...tagsForAll]),
      attributes: readAttributes(cells, attributes, note),
    }
  }
}

function readName(first: string, last: string, full: string): Pick<ContactDetails, 'firstName' | 'lastName'> {
  const firstName = cleanLine(first, NAME_MAX)
  const lastName = cleanLine(last, NAME_MAX)
  if (firstName !== '' || lastName !== '' || full === '') {
    return { firstName: firstName || null, lastName: lastName || null }
  }
  const [given = '', ...rest] = cleanLine(full, 2 * NAME_MAX).split(' ')
  return { firstName: cut(given, NAME_MAX) || null, lastName: cut(rest.join(' '), NAME_MAX) || null }
}

function readEmail(written: string, column: MappedColumn | null, note: TakeNote): string | null {
  if (written.trim() === '') return null
  const email = emailFromText(written)
  if (email === null) note('email-unreadable', column, written)
  return email
}

function readZone(
  written: string,
  region: string | null,
  column: MappedColumn | null,
  note: TakeNote,
): string | null {
  if (written.trim() === '') return null
  const zone = zoneFromText(written, region)
  if (zone === null) note('zone-unknown', column, written)
  return zone
}

function readAttributes(
  cells: readonly string[],
  columns: readonly MappedColumn[],
  note: TakeNote,
): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const column of columns) {
    const written = cellOf(cells, column)
    if (written === '' || column.attribute === null) continue
    const value = cleanText(written, ATTRIBUTE_MAX)
    if (value !== '') attributes[column.attribute] = value
    if (written.length > ATTRIBUTE_MAX) note('value-cut', column, column.header)
  }
  return attributes
}

export function rejectOf(record: CsvRecord, reason: RejectReason, column: MappedColumn | null): RowReject {
  return { line: record.line, reason, column: column?.header ?? null, raw: cleanRaw(record.raw) }
}

/** Kept for the reject file: as it was, but bounded, and without what Postgres cannot store. */
function cleanRaw(raw: string): string {
  return cut(raw, RAW_MAX).replaceAll('\0', '\ufffd')
}
