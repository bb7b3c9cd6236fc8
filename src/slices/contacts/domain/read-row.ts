import type { ColumnField, ColumnMapping, MappedColumn } from './column-mapping.js'
import type { ReadDate } from './consent-date.js'
import { purposesOfColumn, readConsentWord, type ConsentWord } from './consent-words.js'
import { ATTRIBUTE_MAX, NAME_MAX, type ContactDetails, type Purpose } from './contact.js'
import { countryFromText } from './country.js'
import { restoreNeutralised } from './csv-cell.js'
import type { CsvRecord } from './csv-records.js'
import { emailFromText } from './email.js'
import type { PhoneReading, ReadPhone } from './phone.js'
import { regionFromText } from './region.js'
import type { RejectReason, RowWarning } from './reject-reasons.js'
import { mergeTags, tagsFromCell } from './tags.js'
import { cleanLine, cleanText, cut } from './text.js'
import { zoneFromText } from './zone.js'

/** What one row says about consent to one purpose. */
export interface ConsentClaim {
  kind: 'yes' | 'no'
  purposes: readonly Purpose[]
  /** The cell, word for word. */
  said: string
  saidDate: string
  source: string | null
  exactText: string | null
  occurredAt: Date | null
}

export interface RowNote {
  line: number
  code: RowWarning
  column: string | null
  detail: string
}

export interface ContactDraft extends ContactDetails {
  line: number
  phone: string
  country: string
  numberType: string
  consent: ConsentClaim | null
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

const EXACT_TEXT_MAX = 2_000
const SOURCE_MAX = 200
const DETAIL_MAX = 100
export const RAW_MAX = 4_000

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
  const only = (field: ColumnField): MappedColumn | null =>
    columns.find((column) => column.field === field) ?? null
  const all = (field: ColumnField): MappedColumn[] => columns.filter((column) => column.field === field)
  const layout = {
    phones: all('phone').sort((a, b) => a.preference - b.preference),
    firstName: only('first-name'),
    lastName: only('last-name'),
    fullName: only('full-name'),
    email: only('email'),
    zone: only('zone'),
    region: only('region'),
    country: only('country'),
    tags: all('tags'),
    attributes: all('attribute'),
    consent: only('consent'),
    optOuts: all('opt-out'),
    consentDate: only('consent-date'),
    consentSource: only('consent-source'),
    consentText: only('consent-text'),
  }
  const about = layout.consent === null ? [] : purposesOfColumn(layout.consent.header)

  return (record) => {
    if (record.problem !== null) return reject(record, record.problem, null)
    if (record.raw.includes('\0')) return reject(record, 'row-not-text', null)
    const { cells } = record
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      return reject(record, 'wrong-column-count', null)
    }
    const notes: RowNote[] = []
    const note = (code: RowWarning, column: MappedColumn | null, detail: string): void => {
      notes.push({
        line: record.line,
        code,
        column: column?.header ?? null,
        detail: cleanLine(detail, DETAIL_MAX),
      })
    }
    const country = layout.country === null ? null : countryFromText(cell(cells, layout.country))
    const number = choosePhone(cells, layout.phones, country, rules.readPhone)
    if (!number.reading.ok) {
      const short = cells.length < columns.length && number.reading.reason === 'phone-missing'
      return reject(record, short ? 'wrong-column-count' : number.reading.reason, number.column)
    }
    if (number.refused !== null) note('first-number-unusable', number.refused, cell(cells, number.refused))
    if (cells.length < columns.length) note('short-row', null, '')
    const region = regionFromText(cell(cells, layout.region))
    const draft: ContactDraft = {
      line: record.line,
      phone: number.reading.phone,
      country: number.reading.country,
      numberType: number.reading.numberType,
      ...readName(cell(cells, layout.firstName), cell(cells, layout.lastName), cell(cells, layout.fullName)),
      email: readEmail(cells, layout.email, note),
      zone: readZone(cells, layout.zone, region, note),
      region,
      tags: readTags(cells, layout.tags, rules.tags),
      attributes: readAttributes(cells, layout.attributes, note),
      consent: null,
      notes,
    }
    draft.consent = readConsent()
    return { ok: true, draft }

    function readConsent(): ConsentClaim | null {
      const word = consentWord()
      if (word === null) return null
      const saidDate = cell(cells, layout.consentDate).trim()
      const occurredAt = rules.readDate(saidDate)
      if (saidDate !== '' && occurredAt === null)
        note('consent-date-unreadable', layout.consentDate, saidDate)
      return {
        kind: word.word.kind,
        purposes: word.word.purposes,
        said: cleanLine(word.said, DETAIL_MAX),
        saidDate: cleanLine(saidDate, DETAIL_MAX),
        source: cleanLine(cell(cells, layout.consentSource), SOURCE_MAX) || null,
        exactText: cleanText(cell(cells, layout.consentText), EXACT_TEXT_MAX) || null,
        occurredAt,
      }
    }

    /** An opt-out anywhere in the row outweighs an opt-in. */
    function consentWord(): { word: Extract<ConsentWord, { kind: 'yes' | 'no' }>; said: string } | null {
      for (const column of layout.optOuts) {
        const said = cell(cells, column)
        const word = readConsentWord(said, purposesOfColumn(column.header), 'opt-out')
        if (word.kind === 'no') return { word, said }
      }
      if (layout.consent === null) return null
      const said = cell(cells, layout.consent)
      const word = readConsentWord(said, about)
      if (word.kind === 'unclear') note('consent-word-unknown', layout.consent, said)
      return word.kind === 'yes' || word.kind === 'no' ? { word, said } : null
    }
  }
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
    const text = cell(cells, column)
    if (text.trim() === '') continue
    const reading = readPhone(text, country)
    if (reading.ok) return { reading, column, refused: first === null ? null : first.column }
    first ??= { reading, column, refused: null }
  }
  return (
    first ?? { reading: { ok: false, reason: 'phone-missing' }, column: columns[0] ?? null, refused: null }
  )
}

function cell(cells: readonly string[], column: MappedColumn | null): string {
  if (column === null) return ''
  const value = cells[column.index] ?? ''
  return value.startsWith("'") ? restoreNeutralised(value) : value
}

function readName(
  first: string,
  last: string,
  full: string,
): { firstName: string | null; lastName: string | null } {
  const firstName = cleanLine(first, NAME_MAX)
  const lastName = cleanLine(last, NAME_MAX)
  if (firstName !== '' || lastName !== '' || full === '')
    return { firstName: firstName || null, lastName: lastName || null }
  const [given = '', ...rest] = cleanLine(full, 2 * NAME_MAX).split(' ')
  return { firstName: cut(given, NAME_MAX) || null, lastName: cut(rest.join(' '), NAME_MAX) || null }
}

type TakeNote = (code: RowWarning, column: MappedColumn | null, detail: string) => void

function readEmail(cells: readonly string[], column: MappedColumn | null, note: TakeNote): string | null {
  const written = cell(cells, column)
  if (written === '') return null
  const email = emailFromText(written)
  if (email === null && written.trim() !== '') note('email-unreadable', column, written)
  return email
}

function readZone(
  cells: readonly string[],
  column: MappedColumn | null,
  region: string | null,
  note: TakeNote,
): string | null {
  const written = cell(cells, column)
  if (written === '') return null
  const zone = zoneFromText(written, region)
  if (zone === null && written.trim() !== '') note('zone-unknown', column, written)
  return zone
}

function readTags(
  cells: readonly string[],
  columns: readonly MappedColumn[],
  always: readonly string[],
): string[] {
  let tags = [...always]
  for (const column of columns) tags = mergeTags(tags, tagsFromCell(cell(cells, column)))
  return tags
}

function readAttributes(
  cells: readonly string[],
  columns: readonly MappedColumn[],
  note: TakeNote,
): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const column of columns) {
    const written = cell(cells, column)
    if (written === '' || column.attribute === null) continue
    const value = cleanText(written, ATTRIBUTE_MAX)
    if (value !== '') attributes[column.attribute] = value
    if (written.length > ATTRIBUTE_MAX) note('value-cut', column, column.header)
  }
  return attributes
}

function reject(record: CsvRecord, reason: RejectReason, column: MappedColumn | null): RowReading {
  const raw = cleanRaw(record.raw)
  return { ok: false, reject: { line: record.line, reason, column: column?.header ?? null, raw } }
}

/** Kept for the reject file: as it was, but bounded, and without what Postgres cannot store. */
function cleanRaw(raw: string): string {
  return raw
    .slice(0, RAW_MAX)
    .replaceAll('\0', '\ufffd')
    .replace(/[\ud800-\udbff]$/, '')
}
