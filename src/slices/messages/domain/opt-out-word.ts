/** What the carrier itself takes for an opt-out, two of them since May 2025. The whole text must be the word. */
const optOutWords: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
])

/** True for exactly one of the words, in any case, with nothing but space and final punctuation around it. */
export function isOptOut(body: string): boolean {
  const word = body
    .normalize('NFKC')
    .trim()
    .replace(/[.!]+$/, '')
    .trim()
  return optOutWords.has(word.toUpperCase())
}
