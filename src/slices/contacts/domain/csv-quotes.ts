export interface CsvShape {
  delimiter: string
  newline: '\n' | '\r'
  linesMax: number
  charactersMax: number
}

/** `cells: null`: there is no quotation mark in it, so it can simply be split. `end`: where its line end stands. */
export type RecordScan =
  | { kind: 'record'; cells: string[] | null; end: number; lines: number }
  | { kind: 'incomplete' }
  | { kind: 'broken-quote' }

type CellScan =
  | { kind: 'cell'; value: string; end: number; lines: number; endsRecord: boolean }
  | { kind: 'incomplete' }
  | { kind: 'broken-quote' }

/** Reads one record that has a quotation mark in its first line. `final`: the text ends the file. */
export function scanQuotedRecord(text: string, start: number, shape: CsvShape, final: boolean): RecordScan {
  const cells: string[] = []
  let lines = 1
  for (let at = start; ;) {
    const cell =
      text[at] === '"'
        ? scanQuotedCell(
            text,
            at,
            { ...shape, linesMax: shape.linesMax - lines },
            start + shape.charactersMax,
            final,
          )
        : scanBareCell(text, at, shape, final)
    if (cell.kind !== 'cell') return cell
    cells.push(cell.value)
    lines += cell.lines
    if (cell.endsRecord) return { kind: 'record', cells, end: cell.end, lines }
    at = cell.end + 1
  }
}

function scanBareCell(text: string, at: number, shape: CsvShape, final: boolean): CellScan {
  const lineEnd = indexOrEnd(text, shape.newline, at)
  const cellEnd = indexOrEnd(text, shape.delimiter, at)
  const end = Math.min(lineEnd, cellEnd)
  if (end === text.length && !final) return { kind: 'incomplete' }
  const endsRecord = lineEnd <= cellEnd
  const value = text.slice(at, end)
  return {
    kind: 'cell',
    value: endsRecord && value.endsWith('\r') ? value.slice(0, -1) : value,
    end,
    lines: 0,
    endsRecord,
  }
}

function scanQuotedCell(
  text: string,
  open: number,
  shape: CsvShape,
  limit: number,
  final: boolean,
): CellScan {
  const lines = { count: 0, from: open + 1 }
  for (let from = open + 1; ;) {
    const close = text.indexOf('"', from)
    const reach = Math.min(close === -1 ? text.length : close, limit)
    if (!countLines(text, reach, shape, lines)) return { kind: 'broken-quote' }
    if (close === -1 || close >= limit)
      return final || limit < text.length ? { kind: 'broken-quote' } : { kind: 'incomplete' }
    const mark = meaningOfMark(text, close, shape, final)
    if (mark.kind === 'incomplete') return mark
    if (mark.kind === 'closes') {
      const value = text.slice(open + 1, close).replaceAll('""', '"')
      return { kind: 'cell', value, end: mark.end, lines: lines.count, endsRecord: mark.endsRecord }
    }
    // A mark that nobody doubled is harmless within a line; after a line end the cell was never closed.
    if (mark.kind === 'stray' && lines.count > 0) return { kind: 'broken-quote' }
    from = mark.kind === 'doubled' ? close + 2 : close + 1
  }
}

/** False: the cell runs over more lines than a cell may. */
function countLines(
  text: string,
  reach: number,
  shape: CsvShape,
  lines: { count: number; from: number },
): boolean {
  for (;;) {
    const lineEnd = text.indexOf(shape.newline, lines.from)
    if (lineEnd === -1 || lineEnd >= reach) return true
    lines.count += 1
    lines.from = lineEnd + 1
    if (lines.count > shape.linesMax) return false
  }
}

type Mark =
  | { kind: 'closes'; end: number; endsRecord: boolean }
  | { kind: 'doubled' }
  | { kind: 'stray' }
  | { kind: 'incomplete' }

function meaningOfMark(text: string, close: number, shape: CsvShape, final: boolean): Mark {
  const after = text[close + 1]
  if (after === undefined && !final) return { kind: 'incomplete' }
  if (after === '"') return { kind: 'doubled' }
  if (after === shape.delimiter) return { kind: 'closes', end: close + 1, endsRecord: false }
  if (after === undefined || after === shape.newline)
    return { kind: 'closes', end: close + 1, endsRecord: true }
  if (after !== '\r') return { kind: 'stray' }
  const second = text[close + 2]
  if (second === undefined && !final) return { kind: 'incomplete' }
  return second === undefined || second === shape.newline
    ? { kind: 'closes', end: close + 2, endsRecord: true }
    : { kind: 'stray' }
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from)
  return index === -1 ? text.length : index
}
