/** A spreadsheet runs a cell that begins like this as a formula. Tab and carriage return are stripped by some first. */
const formulaStart = /^[=+\-@\t\r]/
const neutralised = /^'[=+\-@\t\r]/

/** Text for a file that people open in a spreadsheet: a leading apostrophe makes every formula plain text. */
export function neutraliseFormula(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}

/** Takes back what neutraliseFormula added, so that a corrected reject file can be uploaded as it is. */
export function restoreNeutralised(cell: string): string {
  return neutralised.test(cell) ? cell.slice(1) : cell
}

/** One line of CSV by RFC 4180, safe to open in a spreadsheet. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoteCell(neutraliseFormula(cell))).join(',')}\r\n`
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
