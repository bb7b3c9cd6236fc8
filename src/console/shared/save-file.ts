/** One line of CSV. A spreadsheet must not take a cell for a formula. */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

function cellText(value: string | number | null | undefined): string {
  if (value == null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=@\t\r]|^[+-](?!\d)/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Offers lines as a file to keep. */
export function saveFile(name: string, lines: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...lines], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
