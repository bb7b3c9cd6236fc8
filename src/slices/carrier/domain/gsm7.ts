import type { SegmentMeasure } from './segment-measure.js'

/** The basic set: one septet each. Everything else is either in the extension or not GSM-7 at all. */
export const gsmBasic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** The extension: an escape and a septet, which the two parts of a long text never share. */
export const gsmExtension = '\f[\\]^{|}~€'

const singleSeptets = 160
const partSeptets = 153
const singleUnits = 70
const partUnits = 67

/** Septets by character code; 0 is not GSM-7. Euro sign (8364) is the highest code of both sets. */
const septets = new Uint8Array(0x20ad)
for (const character of gsmBasic) septets[character.charCodeAt(0)] = 1
for (const character of gsmExtension) septets[character.charCodeAt(0)] = 2

export function isGsmCharacter(character: string): boolean {
  return character.length === 1 && (septets[character.charCodeAt(0)] ?? 0) > 0
}

/** The measure of a text that is wholly GSM-7, or null when it is not. */
export function measureGsm7(text: string): SegmentMeasure | null {
  let units = 0
  let filledParts = 0
  let inPart = 0
  for (let index = 0; index < text.length; index += 1) {
    const size = septets[text.charCodeAt(index)] ?? 0
    if (size === 0) return null
    units += size
    if (inPart + size > partSeptets) {
      filledParts += 1
      inPart = 0
    }
    inPart += size
  }
  const segments = units <= singleSeptets ? 1 : filledParts + 1
  return { encoding: 'GSM-7', segments, units, nonGsmCharacters: [] }
}

/**
 * Letters, digits, marks and currency signs that always stand alone as one UTF-16 unit. Joining marks, emoji, Hangul and
 * Indic letters are left to the library, which counts by what a reader sees as one character.
 */
const standsAlone =
  /^[\n\r\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/

/** The measure of a UCS-2 text of characters that stand alone, or null when the library must decide. */
export function measurePlainUcs2(text: string): SegmentMeasure | null {
  if (!standsAlone.test(text)) return null
  const segments = text.length <= singleUnits ? 1 : Math.ceil(text.length / partUnits)
  return { encoding: 'UCS-2', segments, units: text.length, nonGsmCharacters: nonGsmOf(text) }
}

function nonGsmOf(text: string): string[] {
  const found = new Set<string>()
  for (const character of text) if (!isGsmCharacter(character)) found.add(character)
  return [...found]
}
