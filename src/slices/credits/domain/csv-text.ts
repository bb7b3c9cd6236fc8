/**
 * A spreadsheet runs a cell that begins like this as a formula, some of them also after leading blanks and in each line
 * of a cell. An apostrophe in front makes it plain text.
 */
const formulaStart = /^([\s\u00a0]*)([=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/gmu

/** Free text for a file that people open in a spreadsheet. Numbers do not need it and stay numbers. */
export function csvText(text: string): string {
  return text.replace(formulaStart, `'$1$2`)
}
