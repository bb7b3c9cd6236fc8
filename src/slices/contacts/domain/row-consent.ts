import type { ColumnField, MappedColumn } from './column-mapping.js'
import type { ReadDate } from './consent-date.js'
import { purposesOfColumn, readConsentWord, type ConsentWord } from './consent-words.js'
import type { Purpose } from './contact.js'
import { remembering } from './remember.js'
import { cellOf, type TakeNote } from './row-cells.js'
import { cleanLine, cleanText } from './text.js'

/** What one row says about consent. */
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

export type ReadConsent = (cells: readonly string[], note: TakeNote) => ConsentClaim | null

const SAID_MAX = 100
const SOURCE_MAX = 200
const EXACT_TEXT_MAX = 2_000

/** A column that can say something about consent, with its words read and remembered. */
interface WordColumn {
  column: MappedColumn
  read: (cell: string) => ConsentWord
}

/** Makes the reader for the consent columns of one file. An opt-out anywhere in a row outweighs an opt-in. */
export function createConsentReader(columns: readonly MappedColumn[], readDate: ReadDate): ReadConsent {
  const only = (field: ColumnField): MappedColumn | null =>
    columns.find((column) => column.field === field) ?? null
  const date = only('consent-date')
  const source = only('consent-source')
  const text = only('consent-text')
  // Opt-outs first, so that they are found first.
  const words = [...wordColumns(columns, 'opt-out'), ...wordColumns(columns, 'consent')]
  if (words.length === 0) return () => null

  return (cells, note) => {
    const found = firstAnswer(cells, words, note)
    if (found === null) return null
    const saidDate = cellOf(cells, date).trim()
    const occurredAt = readDate(saidDate)
    if (saidDate !== '' && occurredAt === null) note('consent-date-unreadable', date, saidDate)
    return {
      kind: found.word.kind,
      purposes: found.word.purposes,
      said: cleanLine(found.said, SAID_MAX),
      saidDate: cleanLine(saidDate, SAID_MAX),
      source: cleanLine(cellOf(cells, source), SOURCE_MAX) || null,
      exactText: cleanText(cellOf(cells, text), EXACT_TEXT_MAX) || null,
      occurredAt,
    }
  }
}

function wordColumns(columns: readonly MappedColumn[], field: 'consent' | 'opt-out'): WordColumn[] {
  return columns
    .filter((column) => column.field === field)
    .map((column) => {
      const about = purposesOfColumn(column.header)
      const kind = field === 'consent' ? 'opt-in' : 'opt-out'
      return { column, read: remembering((cell) => readConsentWord(cell, about, kind)) }
    })
}

type Answer = Extract<ConsentWord, { kind: 'yes' | 'no' }>

function firstAnswer(
  cells: readonly string[],
  words: readonly WordColumn[],
  note: TakeNote,
): { word: Answer; said: string } | null {
  for (const { column, read } of words) {
    const said = cellOf(cells, column)
    const word = read(said)
    if (word.kind === 'unclear') note('consent-word-unknown', column, said)
    if (word.kind === 'yes' || word.kind === 'no') return { word, said }
  }
  return null
}
