/** What a sender is, as far as the carrier's own handling of keywords differs. */
export type SenderKind = 'service' | 'long_code' | 'toll_free' | 'short_code'

const tollFree = /^\+1(800|833|844|855|866|877|888)\d{7}$/

export function senderKind(address: string): SenderKind {
  if (address.startsWith('MG')) return 'service'
  if (tollFree.test(address)) return 'toll_free'
  return address.startsWith('+') ? 'long_code' : 'short_code'
}

export type CarrierKeyword = 'STOP' | 'START' | 'HELP'

/** What the carrier itself acts on: the whole text must be the word, in any case. REVOKE and OPTOUT since May 2025. */
const keywords: Readonly<Record<CarrierKeyword, ReadonlySet<string>>> = {
  STOP: new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']),
  START: new Set(['START', 'YES', 'UNSTOP']),
  HELP: new Set(['HELP', 'INFO']),
}

/** The keyword that a text is to the carrier; null for everything else, polite forms of the words included. */
export function carrierKeyword(body: string, kind: SenderKind): CarrierKeyword | null {
  const word = body.trim().toUpperCase()
  // Toll-free numbers know only START and UNSTOP.
  if (kind === 'toll_free' && word === 'YES') return null
  for (const keyword of ['STOP', 'START', 'HELP'] as const) if (keywords[keyword].has(word)) return keyword
  return null
}

export const carrierAnswerSettings = ['by_sender', 'always', 'never'] as const
export type CarrierAnswerSetting = (typeof carrierAnswerSettings)[number]

/**
 * Whether the carrier answers keywords by itself. It does on long codes, toll-free numbers and Messaging Services, and does
 * nothing on a short code that stands alone; what an account says of its set-up wins.
 */
export function carrierAnswers(setting: CarrierAnswerSetting, kind: SenderKind): boolean {
  return setting === 'by_sender' ? kind !== 'short_code' : setting === 'always'
}

export function isExactYes(body: string): boolean {
  const word = body
    .normalize('NFKC')
    .trim()
    .replace(/[.!]+$/, '')
    .trim()
  return word.toUpperCase() === 'YES'
}
