/** A quote is about the prices and people of its moment; after this long it has to be made again. */
export const QUOTE_VALID_HOURS = 24

export type StaleReason = 'content-changed' | 'prices-changed' | 'expired'

export const staleWords: Readonly<Record<StaleReason, string>> = {
  'content-changed': 'The text, its footer, its purpose or the audience has changed since the quote.',
  'prices-changed': 'A new price book is in force since the quote.',
  expired: `The quote is older than ${String(QUOTE_VALID_HOURS)} hours.`,
}

export interface FreshnessFacts {
  /** Whether the campaign as it is now, priced as the quote was, has the quote's content hash. */
  contentMatches: boolean
  quotePriceVersion: number
  currentPriceVersion: number
  quotedAt: Date
  now: Date
}

/** Why a quote no longer holds; empty while it does. */
export function whyStale(facts: FreshnessFacts): StaleReason[] {
  const reasons: StaleReason[] = []
  if (!facts.contentMatches) reasons.push('content-changed')
  if (facts.quotePriceVersion !== facts.currentPriceVersion) reasons.push('prices-changed')
  if (facts.now.getTime() - facts.quotedAt.getTime() > QUOTE_VALID_HOURS * 3_600_000) reasons.push('expired')
  return reasons
}
