import { fieldOfHeader } from './header-names.js'
import { plainWords } from './text.js'

/** What a column of a file is used for. `attribute` keeps it for merge fields, `ignore` leaves it out. */
export const columnFields = [
  'phone', 'first-name', 'last-name', 'full-name', 'email', 'zone', 'region', 'country', 'tags', 'consent', 'opt-out', 'consent-date',
  'consent-source', 'consent-text', 'attribute', 'ignore',
] as const // prettier-ignore
export type ColumnField = (typeof columnFields)[number]

export interface MappedColumn {
  index: number
  header: string
  field: ColumnField
  /** Merge-field name; only for `attribute`. */
  attribute: string | null
  /** Among several phone columns the lowest is tried first. */
  preference: number
}

export interface ColumnMapping {
  columns: MappedColumn[]
  /** False when the first line of the file is already a contact. */
  hasHeader: boolean
}

export interface MappingOverride {
  /** Heading, or `#3` for the third column of a file without headings. */
  column: string
  field: ColumnField
  attribute?: string | null
}

export const ATTRIBUTES_MAX = 50
export const COLUMNS_MAX = 500
const ATTRIBUTE_NAME_MAX = 60
const reservedNames = new Set([
  'first_name',
  'last_name',
  'full_name',
  'name',
  'email',
  'phone',
  'zone',
  'region',
  'country',
  'tags',
])

export type MappingResult =
  | { ok: true; mapping: ColumnMapping }
  | { ok: false; reason: 'no-phone-column' | 'too-many-columns' | 'unknown-column'; column?: string }

/**
 * Guesses what each column is from its heading (HubSpot, Mailchimp, Salesforce, Google and plain files), lets the
 * person's own choices override the guess, and gives what is left a merge-field name. A file whose first line has no
 * known heading but a phone number has no heading at all.
 */
export function mapColumns(
  first: readonly string[],
  overrides: readonly MappingOverride[],
  isPhone: (cell: string) => boolean,
): MappingResult {
  if (first.length > COLUMNS_MAX) return { ok: false, reason: 'too-many-columns' }
  const guesses = first.map((header) => fieldOfHeader(header))
  const hasHeader = guesses.some((guess) => guess !== null) || !first.some(isPhone)
  const columns = first.map((cell, index): MappedColumn => {
    const guess = hasHeader
      ? guesses[index]
      : isPhone(cell)
        ? { field: 'phone' as const, preference: index }
        : null
    return {
      index,
      header: hasHeader ? cell.trim() : `#${index + 1}`,
      field: guess?.field ?? 'attribute',
      attribute: null,
      preference: guess?.preference ?? 0,
    }
  })
  const unknown = applyOverrides(columns, overrides)
  if (unknown !== null) return { ok: false, reason: 'unknown-column', column: unknown }
  keepOneEach(columns)
  nameAttributes(columns)
  if (!columns.some((column) => column.field === 'phone')) return { ok: false, reason: 'no-phone-column' }
  return { ok: true, mapping: { columns, hasHeader } }
}

function applyOverrides(columns: MappedColumn[], overrides: readonly MappingOverride[]): string | null {
  const phones = overrides.filter((override) => override.field === 'phone')
  // Whoever names the phone columns means these and no others.
  if (phones.length > 0)
    for (const column of columns) if (column.field === 'phone') column.field = 'attribute'
  for (const override of overrides) {
    const wanted = override.column.trim().toLowerCase()
    const column = columns.find(
      (each) => each.header.toLowerCase() === wanted || `#${each.index + 1}` === wanted,
    )
    if (column === undefined) return override.column
    column.field = override.field
    column.attribute = override.attribute ?? null
    column.preference = Math.max(0, phones.indexOf(override)) - 100
  }
  return null
}

const several = new Set<ColumnField>(['phone', 'tags', 'consent', 'opt-out', 'attribute', 'ignore'])

/**
 * Two columns with one meaning: the preferred one has it, the others become merge fields. Not so for phones and tags, nor
 * for consent: a no in a column that nobody reads would be lost.
 */
function keepOneEach(columns: MappedColumn[]): void {
  const single = columnFields.filter((field) => !several.has(field))
  for (const field of single) {
    const rivals = columns
      .filter((column) => column.field === field)
      .sort((a, b) => a.preference - b.preference)
    for (const rival of rivals.slice(1)) rival.field = 'attribute'
  }
}

function nameAttributes(columns: MappedColumn[]): void {
  const taken = new Set(reservedNames)
  let count = 0
  for (const column of columns) {
    if (column.field !== 'attribute') continue
    count += 1
    if (count > ATTRIBUTES_MAX) {
      column.field = 'ignore'
      continue
    }
    const wanted = attributeName(column.attribute ?? column.header) || `column_${column.index + 1}`
    let name = wanted
    for (let copy = 2; taken.has(name); copy += 1) name = `${wanted}_${copy}`
    taken.add(name)
    column.attribute = name
  }
}

/** `Record ID` → `record_id`: what a template can write between braces. */
export function attributeName(header: string): string {
  return plainWords(header)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, ATTRIBUTE_NAME_MAX)
}
