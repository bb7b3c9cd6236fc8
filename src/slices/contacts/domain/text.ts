/** Characters that change nothing on the page but break comparison: zero-width, direction marks, soft hyphen, BOM. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const plainAscii = /^[\x20-\x7e]*$/

/** One line of text as a person would type it: no control or invisible characters, single spaces, bounded length. */
export function cleanLine(text: string, charactersMax: number): string {
  if (plainAscii.test(text)) {
    const trimmed = text.trim()
    return cut(trimmed.includes('  ') ? trimmed.replace(/ {2,}/g, ' ') : trimmed, charactersMax)
  }
  return cut(text.replace(invisible, '').replace(control, '').replace(/\s+/g, ' ').trim(), charactersMax)
}

/** Like cleanLine, but keeps line breaks: notes may have several lines. */
export function cleanText(text: string, charactersMax: number): string {
  if (plainAscii.test(text)) return cut(text.trim(), charactersMax)
  return cut(text.replace(invisible, '').replace(control, '').replace(/\r\n?/g, '\n').trim(), charactersMax)
}

/** Cuts to a length without leaving half of a surrogate pair, which JSON and Postgres would refuse. */
export function cut(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text
  const last = text.charCodeAt(charactersMax - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? charactersMax - 1 : charactersMax)
}

/** A heading or a word reduced to lower-case letters and digits with single spaces: `SMS_Consent` and `smsConsent` are equal. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
