import { scanQuotedRecord, type CsvShape, type RecordScan } from './csv-quotes.js'

export interface CsvLimits {
  /** A record longer than this is not a contact. */
  recordCharactersMax: number
  /** A quoted cell that runs over more lines than this is a quotation mark that nobody closed. */
  recordLinesMax: number
}

export interface CsvRecord {
  /** Line of the file at which the record begins, from 1. */
  line: number
  /** The record as it stands in the file, without its line end; cut when it is too large. */
  raw: string
  cells: string[]
  problem: 'row-too-large' | 'quote-not-closed' | null
}

export interface CsvReader {
  /** Takes the next piece of the file and returns the records that are complete now. */
  push(text: string): CsvRecord[]
  /** Returns what is left at the end of the file. */
  end(): CsvRecord[]
}

const RAW_OF_TOO_LARGE = 1_000

/**
 * Cuts text into CSV records (RFC 4180, any one-character delimiter, LF, CRLF or CR) so that no input stops it and no
 * input makes it keep more than one bounded record. Written by hand for one reason: general parsers give up, or swallow
 * the rest of the file, at a quotation mark that is never closed. Here that costs one line: a quoted cell that has
 * crossed a line end and is then not followed by a delimiter, or runs past the limits, was never meant to be open, so
 * its first line is reported and reading goes on with the next line. A property test holds it equal to csv-parse.
 */
export function createCsvReader(delimiter: string, newline: '\n' | '\r', limits: CsvLimits): CsvReader {
  const shape: CsvShape = {
    delimiter,
    newline,
    linesMax: limits.recordLinesMax,
    charactersMax: limits.recordCharactersMax,
  }
  let rest = ''
  let at = 0
  let line = 1
  let nextQuote = -1
  /** Inside a record that is too large, of which only the end of its line is still looked for. */
  let skipping = false

  function take(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = []
    nextQuote = rest.indexOf('"')
    for (;;) {
      const step = next(final)
      if (step === 'wait') break
      if (step !== 'skipped') records.push(step)
    }
    rest = rest.slice(at)
    at = 0
    return records
  }

  function next(final: boolean): CsvRecord | 'skipped' | 'wait' {
    if (at >= rest.length) return 'wait'
    const lineEnd = rest.indexOf(newline, at)
    if (skipping) return skipLine(lineEnd)
    if (lineEnd === -1 && !final && fits(rest.length)) return 'wait'
    const stop = lineEnd === -1 ? rest.length : lineEnd
    const scan: RecordScan = hasQuoteBefore(stop)
      ? scanQuotedRecord(rest, at, shape, final)
      : { kind: 'record', cells: null, end: stop, lines: 1 }
    if (scan.kind === 'incomplete' && fits(rest.length)) return 'wait'
    return scan.kind === 'record' && fits(scan.end) ? accept(scan) : refuse(lineEnd, stop, final)
  }

  function fits(end: number): boolean {
    return end - at <= limits.recordCharactersMax
  }

  function hasQuoteBefore(stop: number): boolean {
    if (nextQuote !== -1 && nextQuote < at) nextQuote = rest.indexOf('"', at)
    return nextQuote !== -1 && nextQuote < stop
  }

  function accept(scan: Extract<RecordScan, { kind: 'record' }>): CsvRecord | 'skipped' {
    const raw = withoutCarriageReturn(rest.slice(at, scan.end))
    const record: CsvRecord = { line, raw, cells: scan.cells ?? raw.split(delimiter), problem: null }
    at = scan.end + 1
    line += scan.lines
    return raw === '' ? 'skipped' : record
  }

  /** Reports the first line of what cannot be a record and goes on after that line. */
  function refuse(lineEnd: number, stop: number, final: boolean): CsvRecord {
    const tooLarge = !fits(stop)
    const raw = tooLarge ? rest.slice(at, at + RAW_OF_TOO_LARGE) : withoutCarriageReturn(rest.slice(at, stop))
    const record: CsvRecord = {
      line,
      raw,
      cells: [],
      problem: tooLarge ? 'row-too-large' : 'quote-not-closed',
    }
    skipping = lineEnd === -1 && !final
    at = stop + 1
    if (lineEnd !== -1) line += 1
    return record
  }

  function skipLine(lineEnd: number): 'skipped' {
    skipping = lineEnd === -1
    at = lineEnd === -1 ? rest.length : lineEnd + 1
    if (lineEnd !== -1) line += 1
    return 'skipped'
  }

  return {
    push: (text) => {
      rest += text
      return take(false)
    },
    end: () => take(true),
  }
}

function withoutCarriageReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
