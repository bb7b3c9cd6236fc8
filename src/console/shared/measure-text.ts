import { SegmentedMessage } from 'sms-segments-calculator'

export interface TextMeasure {
  encoding: 'GSM-7' | 'UCS-2'
  segments: number
  characters: number
  /** Characters that still fit into the last segment. */
  left: number
  /** The characters that make the whole text UCS-2, each once, with what could stand there. */
  culprits: readonly { character: string; replacement: string }[]
}

const UNITS = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const

/** While somebody types. What counts is the server's measure of each recipient's finished text. */
export function measureText(text: string): TextMeasure {
  const message = new SegmentedMessage(text, 'auto')
  const encoding = message.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2'
  const used = encoding === 'GSM-7' ? gsmUnits(text) : text.length
  const { single, part } = UNITS[encoding]
  const segments = message.segmentsCount
  return {
    encoding,
    segments,
    characters: Array.from(text).length,
    left: Math.max(0, (segments <= 1 ? single : segments * part) - used),
    culprits: [...new Set(message.getNonGsmCharacters())].map((character) => ({
      character,
      replacement: replacementOf(character),
    })),
  }
}

/** The GSM alphabet has ten characters that take two places. */
function gsmUnits(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + ('^{}\\[~]|€\f'.includes(character) ? 2 : 1), 0)
}

/** What word processors put in the place of plain characters. */
const plain: Readonly<Record<string, string>> = {
  ...pairs('‘’‚‛′´`ʼ', "'"),
  ...pairs('“”„‟″«»', '"'),
  ...pairs('‐‑‒–—―−', '-'),
  ...pairs('\u00a0\u2002\u2003\u2009\u202f', ' '),
  ...pairs('•·●', '-'),
  '…': '...',
  '™': 'TM',
  '©': '(c)',
  '®': '(r)',
}

function pairs(characters: string, replacement: string): Record<string, string> {
  return Object.fromEntries(Array.from(characters).map((character) => [character, replacement]))
}

/** A plain character that says the same, the letter without its accent, or nothing. */
function replacementOf(character: string): string {
  const known = plain[character]
  if (known !== undefined) return known
  const bare = character.normalize('NFD').replaceAll(/\p{Mark}/gu, '')
  return bare !== '' && new SegmentedMessage(bare, 'auto').encodingName === 'GSM-7' ? bare : ''
}
