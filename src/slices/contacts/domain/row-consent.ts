import type { ColumnField, MappedColumn } from './column-mapping.js'
import type { ReadDate } from './consent-date.js'
import { purposesOfColumn, readConsentWord, type ConsentWord } from './consent-words.js'
import { purposes, type Purpose } from './contact.js'
import { remembering } from './remember.js'
import { cellOf, type TakeNote } from './row-cells.js'
import { cleanLine, cleanText } from './text.js'

/** What one row says about consent to a purpose. */
export interface ConsentClaim {
  kind: 'yes' | 'no'
  /** All that the cell speaks of, though another cell may decide about some of it. */
  purposes: readonly Purpose[]
  /** The cell, word for word. */
  said: string
  saidDate: string
  source: string | null
  exactText: string | null
  occurredAt: Date | null
}

export interface PurposeClaim {
  purpose: Purpose
  claim: ConsentClaim
}

export type ReadConsent = (cells: readonly string[], note: TakeNote) => readonly PurposeClaim[]

const SAID_MAX = 100
const SOURCE_MAX = 200
const EXACT_TEXT_MAX = 2_000

/** A column that can say something about consent, with its words read and remembered. */
interface WordColumn {
  column: MappedColumn
  isOptOut: boolean
  read: (cell: string) => ConsentWord
}

const nothing: readonly PurposeClaim[] = []

/**
 * Makes the reader for the consent columns of one file, of which there may be several. For each purpose any no outweighs
 * every yes of the row, and a yes to that purpose alone is quoted before a general one.
 */
export function createConsentReader(columns: readonly MappedColumn[], readDate: ReadDate): ReadConsent {
  const only = (field: ColumnField): MappedColumn | null =>
    columns.find((column) => column.field === field) ?? null
  const date = only('consent-date')
  const source = only('consent-source')
  const text = only('consent-text')
  const words = [...wordColumns(columns, 'opt-out'), ...wordColumns(columns, 'consent')]
  if (words.length === 0) return () => nothing

  return (cells, note) => {
    const answers = readAnswers(cells, words, note)
    if (answers.length === 0) return nothing
    const saidDate = cellOf(cells, date).trim()
    const occurredAt = readDate(saidDate)
    if (saidDate !== '' && occurredAt === null) note('consent-date-unreadable', date, saidDate)
    const toClaim = ({ word, said }: Answer): ConsentClaim => ({
      kind: word.kind,
      purposes: word.purposes,
      said: cleanLine(said, SAID_MAX),
      saidDate: cleanLine(saidDate, SAID_MAX),
      source: cleanLine(cellOf(cells, source), SOURCE_MAX) || null,
      exactText: cleanText(cellOf(cells, text), EXACT_TEXT_MAX) || null,
      occurredAt,
    })
    return purposes.flatMap((purpose) => {
      const answer = answerAbout(answers, purpose)
      return answer === undefined ? [] : [{ purpose, claim: toClaim(answer) }]
    })
  }
}

function wordColumns(columns: readonly MappedColumn[], field: 'consent' | 'opt-out'): WordColumn[] {
  const isOptOut = field === 'opt-out'
  return columns
    .filter((column) => column.field === field)
    .map((column) => {
      const about = purposesOfColumn(column.header)
      const kind = isOptOut ? 'opt-out' : 'opt-in'
      return { column, isOptOut, read: remembering((cell) => readConsentWord(cell, about, kind)) }
    })
}

interface Answer {
  word: Extract<ConsentWord, { kind: 'yes' | 'no' }>
  said: string
}

function readAnswers(cells: readonly string[], words: readonly WordColumn[], note: TakeNote): Answer[] {
  const answers: Answer[] = []
  let mayHaveOptedOut = false
  for (const { column, isOptOut, read } of words) {
    const said = cellOf(cells, column)
    const word = read(said)
    if (word.kind === 'yes' || word.kind === 'no') answers.push({ word, said })
    if (word.kind !== 'unclear') continue
    note('consent-word-unknown', column, said)
    if (isOptOut) mayHaveOptedOut = true
  }
  // A filled opt-out cell often holds a date or a reason: whoever it is about has hardly said yes.
  return mayHaveOptedOut ? answers.filter(({ word }) => word.kind === 'no') : answers
}

function answerAbout(answers: readonly Answer[], purpose: Purpose): Answer | undefined {
  const about = answers.filter(({ word }) => word.purposes.includes(purpose))
  return (
    about.find(({ word }) => word.kind === 'no') ??
    about.find(({ word }) => word.purposes.length === 1) ??
    about[0]
  )
}
