import { plainWords } from './text.js'
import { purposes, type Purpose } from './contact.js'

/** What a cell of a consent column says. `unclear` is not consent: only an explicit yes is. */
export type ConsentWord =
  | { kind: 'yes'; purposes: readonly Purpose[] }
  | { kind: 'no'; purposes: readonly Purpose[] }
  | { kind: 'nothing' }
  | { kind: 'unclear' }

const yesWords = new Set([
  'y', 'yes', 'true', 't', '1', 'x', 'on', 'ok', 'opted in', 'opt in', 'optin', 'subscribed', 'granted', 'agreed', 'consented',
  'consent', 'allowed', 'accepted', 'active', 'confirmed', 'si', 'oui', 'ja',
]) // prettier-ignore
const noWords = new Set([
  'n', 'no', 'false', 'f', '0', 'off', 'opted out', 'opt out', 'optout', 'unsubscribed', 'unsubscribe', 'revoked', 'denied', 'declined',
  'refused', 'withdrawn', 'stop', 'stopped', 'blocked', 'do not text', 'do not contact', 'dnd', 'dnc', 'non', 'nein', 'cleaned',
]) // prettier-ignore
const nothingWords = new Set([
  '',
  'unknown',
  'null',
  'none',
  'n a',
  'na',
  'not set',
  'non subscribed',
  'not subscribed',
  'never subscribed',
  'pending',
])
const purposeWords = new Map<string, readonly Purpose[]>(
  Object.entries({
    marketing: ['marketing'],
    promotional: ['marketing'],
    promotions: ['marketing'],
    transactional: ['transactional'],
    reminders: ['transactional'],
    appointments: ['transactional'],
    both: purposes,
    all: purposes,
  }),
)

/**
 * Reads one cell. A bare yes or no speaks of all the purposes the column is about; a cell that names a purpose speaks of
 * that one. In an opt-out column (`Unsubscribed`, `Do not text`) yes means no, and no means nothing: not having opted
 * out is not consent.
 */
export function readConsentWord(
  cell: string,
  about: readonly Purpose[],
  column: 'opt-in' | 'opt-out' = 'opt-in',
): ConsentWord {
  const words = plainWords(cell)
  if (nothingWords.has(words)) return { kind: 'nothing' }
  const named = purposeWords.get(words)
  if (named !== undefined) return { kind: column === 'opt-in' ? 'yes' : 'no', purposes: named }
  if (noWords.has(words))
    return column === 'opt-in' || !isPlainNo(words) ? { kind: 'no', purposes: about } : { kind: 'nothing' }
  if (yesWords.has(words)) return { kind: column === 'opt-in' ? 'yes' : 'no', purposes: about }
  return { kind: 'unclear' }
}

function isPlainNo(words: string): boolean {
  return ['n', 'no', 'false', 'f', '0', 'off', 'non', 'nein'].includes(words)
}

/** Which purposes a column speaks of: `Marketing SMS opt-in` of one, `SMS consent` of all. */
export function purposesOfColumn(header: string): readonly Purpose[] {
  const words = plainWords(header)
  if (/\b(?:marketing|promo|promotional|promotions|newsletter|offers)\b/.test(words)) return ['marketing']
  if (/\b(?:transactional|reminder|reminders|appointment|appointments|service)\b/.test(words))
    return ['transactional']
  return purposes
}
