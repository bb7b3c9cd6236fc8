import type { MappedColumn } from './column-mapping.js'
import { restoreNeutralised } from './csv-cell.js'
import type { RowWarning } from './reject-reasons.js'

/** The text of one column in one row; empty when the row is too short or the file has no such column. */
export function cellOf(cells: readonly string[], column: MappedColumn | null): string {
  if (column === null) return ''
  const value = cells[column.index] ?? ''
  return value.startsWith("'") ? restoreNeutralised(value) : value
}

/** Takes down something odd about a row that becomes a contact all the same. */
export type TakeNote = (code: RowWarning, column: MappedColumn | null, detail: string) => void
