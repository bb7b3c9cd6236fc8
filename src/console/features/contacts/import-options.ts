import type { ImportColumnField, ImportOptionsInput } from '../../generated/graphql.js'
import { words } from '../../shared/format.js'

/** What the person has said about the file. */
export interface ImportChoices {
  columns: Readonly<Record<string, ImportColumnField>>
  defaultCountry: string
  tags: readonly string[]
  /** How the people agreed, in the person's own words; empty for no statement. */
  statement: string
}

export const noChoices: ImportChoices = { columns: {}, defaultCountry: 'US', tags: [], statement: '' }

export function optionsOf({ columns, defaultCountry, tags, statement }: ImportChoices): ImportOptionsInput {
  return {
    columns: Object.entries(columns).map(([column, field]) => ({
      column,
      field,
      ...(field === 'ATTRIBUTE' ? { attribute: attributeName(column) } : {}),
    })),
    defaultCountry: defaultCountry === '' ? null : defaultCountry,
    tags: [...tags],
    ...(statement.trim() === ''
      ? {}
      : { attestation: { purposes: ['MARKETING'], level: 'WRITTEN', statement: statement.trim() } }),
  }
}

/** A merge field can be named like this. */
function attributeName(header: string): string {
  const name = header
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  return name.slice(0, 60) || 'column'
}

const fields: readonly ImportColumnField[] = [
  ...(['PHONE', 'FIRST_NAME', 'LAST_NAME', 'FULL_NAME', 'EMAIL', 'COUNTRY', 'REGION', 'TIME_ZONE'] as const),
  ...([
    'TAGS',
    'CONSENT',
    'CONSENT_DATE',
    'CONSENT_SOURCE',
    'CONSENT_TEXT',
    'OPT_OUT',
    'ATTRIBUTE',
    'IGNORE',
  ] as const),
]

const named: Partial<Record<ImportColumnField, string>> = {
  ATTRIBUTE: 'Keep for merge fields',
  IGNORE: 'Leave out',
  OPT_OUT: 'Has opted out',
  CONSENT: 'Has agreed',
}

export const fieldChoices = fields.map((field) => ({ value: field, label: named[field] ?? words(field) }))
