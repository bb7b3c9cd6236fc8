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

type Scan =
  | { kind: 'record'; cells: string[]; end: number; next: number; lines: number }
  | { kind: 'incomplete' }
  | { kind: 'broken-quote' }

const RAW_OF_TOO_LARGE = 1_000

/**
 * Cuts text into CSV records (RFC 4180, any one-character delimiter, LF, CRLF or CR) so that no input stops it and no
 * input makes it keep more than one bounded record. Written by hand for one reason: general parsers give up, or swallow
 * the rest of the file, at a quotation mark that is never closed. Here that costs one line: a quoted cell that has
 * crossed a line end and is then not followed by a delimiter, or runs past the limits, was never meant to be open, so
 * its first line is reported and reading goes on with the next line. A property test holds it equal to csv-parse.
 */
export function createCsvReader(delimiter: string, newline: '\n' | '\r', limits: CsvLimits): CsvReader {
  let rest = ''
  let line = 1
  let skipping = false

  function take(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = []
    let start = 0
    let quote = rest.indexOf('"')
    while (start < rest.length) {
      if (quote !== -1 && quote < start) quote = rest.indexOf('"', start)
      const lineEnd = rest.indexOf(newline, start)
      if (lineEnd === -1 && !final && rest.length - start <= limits.recordCharactersMax) break
      if (skipping) {
        if (lineEnd === -1) {
          start = rest.length
          break
        }
        skipping = false
        line += 1
        start = lineEnd + 1
        continue
      }
      const stop = lineEnd === -1 ? rest.length : lineEnd
      const plain = quote === -1 || quote >= stop
      const scan: Scan =
        plain && (lineEnd !== -1 || final)
          ? { kind: 'record', cells: [], end: stop, next: stop + 1, lines: 1 }
          : plain
            ? { kind: 'incomplete' }
            : scanQuoted(rest, start, delimiter, newline, final, limits)
      if (scan.kind === 'incomplete' && rest.length - start <= limits.recordCharactersMax) break
      if (scan.kind === 'record' && scan.end - start <= limits.recordCharactersMax) {
        const raw = withoutCarriageReturn(rest.slice(start, scan.end))
        const cells = plain ? raw.split(delimiter) : scan.cells
        if (raw !== '') records.push({ line, raw, cells, problem: null })
        start = scan.next
        line += scan.lines
        continue
      }
      const tooLarge = stop - start > limits.recordCharactersMax
      const raw = tooLarge
        ? rest.slice(start, start + RAW_OF_TOO_LARGE)
        : withoutCarriageReturn(rest.slice(start, stop))
      records.push({ line, raw, cells: [], problem: tooLarge ? 'row-too-large' : 'quote-not-closed' })
      if (lineEnd === -1) {
        skipping = !final
        start = rest.length
      } else {
        start = lineEnd + 1
        line += 1
      }
    }
    rest = rest.slice(start)
    return records
  }

  return {
    push: (text) => {
      rest += text
      return take(false)
    },
    end: () => take(true),
  }
}

/** Reads one record that has a quotation mark in its first line. */
function scanQuoted(
  text: string,
  start: number,
  delimiter: string,
  newline: string,
  final: boolean,
  limits: CsvLimits,
): Scan {
  const cells: string[] = []
  const limit = start + limits.recordCharactersMax
  let at = start
  let lines = 1
  for (;;) {
    if (text[at] !== '"') {
      const lineEnd = endOr(text, text.indexOf(newline, at))
      const cellEnd = endOr(text, text.indexOf(delimiter, at))
      const stop = Math.min(lineEnd, cellEnd)
      if (stop === text.length && !final) return { kind: 'incomplete' }
      const isLast = lineEnd <= cellEnd
      cells.push(isLast ? withoutCarriageReturn(text.slice(at, stop)) : text.slice(at, stop))
      if (isLast) return { kind: 'record', cells, end: stop, next: stop + 1, lines }
      at = stop + 1
      continue
    }
    const cell = scanQuotedCell(
      text,
      at,
      delimiter,
      newline,
      final,
      Math.min(limit, text.length),
      limits.recordLinesMax - lines,
    )
    if (cell.kind !== 'cell') return cell
    cells.push(cell.value)
    lines += cell.lines
    if (cell.endsRecord) return { kind: 'record', cells, end: cell.end, next: cell.next, lines }
    at = cell.next
  }
}

type CellScan =
  | { kind: 'cell'; value: string; end: number; next: number; lines: number; endsRecord: boolean }
  | { kind: 'incomplete' }
  | { kind: 'broken-quote' }

function scanQuotedCell(
  text: string,
  open: number,
  delimiter: string,
  newline: string,
  final: boolean,
  limit: number,
  linesLeft: number,
): CellScan {
  let from = open + 1
  let lineFrom = open + 1
  let lines = 0
  for (;;) {
    const close = text.indexOf('"', from)
    const reach = close === -1 ? limit : Math.min(close, limit)
    for (
      let lineEnd = text.indexOf(newline, lineFrom);
      lineEnd !== -1 && lineEnd < reach;
      lineEnd = text.indexOf(newline, lineFrom)
    ) {
      lines += 1
      lineFrom = lineEnd + 1
      if (lines > linesLeft) return { kind: 'broken-quote' }
    }
    if (close === -1 || close >= limit)
      return final || limit < text.length ? { kind: 'broken-quote' } : { kind: 'incomplete' }
    const after = text[close + 1]
    if (after === undefined && !final) return { kind: 'incomplete' }
    if (after === '"') {
      from = close + 2
      continue
    }
    const value = (): string => text.slice(open + 1, close).replaceAll('""', '"')
    if (after === delimiter)
      return { kind: 'cell', value: value(), end: close + 1, next: close + 2, lines, endsRecord: false }
    const crlf =
      after === '\r' &&
      newline === '\n' &&
      (text[close + 2] === '\n' || (text[close + 2] === undefined && final))
    if (after === '\r' && newline === '\n' && text[close + 2] === undefined && !final)
      return { kind: 'incomplete' }
    if (after === undefined || after === newline || crlf) {
      const end = crlf ? close + 2 : close + 1
      return { kind: 'cell', value: value(), end, next: end + 1, lines, endsRecord: true }
    }
    // A mark inside the cell that nobody doubled. Harmless within a line; after a line end the cell was never closed.
    if (lines > 0) return { kind: 'broken-quote' }
    from = close + 1
  }
}

function endOr(text: string, index: number): number {
  return index === -1 ? text.length : index
}

function withoutCarriageReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
