import type { CsvDialect } from './csv-dialect.js'
import type { ColumnMapping } from './column-mapping.js'
import type { Encoding } from './text-encoding.js'

/** How the bytes of one file become rows. Decided once, stored, and followed by every run of its import. */
export interface FileLayout {
  encoding: Encoding
  dialect: CsvDialect
  mapping: ColumnMapping
}
