import { createCsvReader, type CsvLimits } from './csv-records.js'

export const delimiters = [',', ';', '\t', '|'] as const

export interface CsvDialect {
  delimiter: string
  newline: '\n' | '\r'
}

const SAMPLE_RECORDS = 50

/**
 * Guesses how a file separates cells and lines. The right delimiter gives most records the same number of columns,
 * and more than one; with none such the file has one column, and a comma is as good as any.
 */
export function guessDialect(sample: string, limits: CsvLimits): CsvDialect {
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r'
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = consistency(sample, { delimiter, newline }, limits)
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, newline }
}

function consistency(sample: string, dialect: CsvDialect, limits: CsvLimits): number {
  const reader = createCsvReader(dialect.delimiter, dialect.newline, limits)
  const records = reader.push(sample)
  const counted = (records.length > 0 ? records : reader.end()).slice(0, SAMPLE_RECORDS)
  const first = counted[0]
  if (first === undefined || first.cells.length < 2) return 0
  const same = counted.filter((record) => record.cells.length === first.cells.length).length
  return (same / counted.length) * Math.log2(1 + Math.min(first.cells.length, 100))
}
