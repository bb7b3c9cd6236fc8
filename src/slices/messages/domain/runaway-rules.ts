/** What an account's single texts of the last hour look like. Counts only: no number and no text leaves the query. */
export interface SinglesSeen {
  texts: number
  credits: number
  /** Most texts to one number. */
  sameNumber: number
  /** Most texts to one number with the very same words. */
  sameText: number
  /** Most numbers that differ in their last three digits only. */
  narrowRange: number
}

export type RunawayRule = 'same_text' | 'same_number' | 'narrow_range' | 'spend'

/**
 * When single texts, which programs send without a person looking at each, are held until somebody approves. Campaigns
 * are not asked: their people agreed one by one and their credits were accepted with a quote.
 */
export const runawayRules = {
  /** Confirmation, reminders and a change or two of one appointment are different texts; the same one again is a loop. */
  sameTextMax: 3,
  /** A busy day of one person's appointments, and more than anybody wants. */
  sameNumberMax: 10,
  /** A practice's clients spread over many exchanges; numbers in a row are rented by whoever is paid per text. */
  narrowRangeMax: 25,
  /** Credits an hour that ask no questions, also of a new account: the usual 100 texts of up to five segments. */
  spendFloor: 500,
  /** Times the account's own hourly average of the last week. */
  spendFactor: 10,
} as const

/** The first rule that is broken, or null. `averageCredits` is asked only of an hour above the floor. */
export function judgeSingles(seen: SinglesSeen, averageCredits: number): RunawayRule | null {
  if (seen.sameText > runawayRules.sameTextMax) return 'same_text'
  if (seen.sameNumber > runawayRules.sameNumberMax) return 'same_number'
  if (seen.narrowRange > runawayRules.narrowRangeMax) return 'narrow_range'
  const most = Math.max(runawayRules.spendFloor, runawayRules.spendFactor * averageCredits)
  return seen.credits > most ? 'spend' : null
}

/** An approval is good for a day; what was approved is not held again at once. */
export const APPROVAL_HOURS = 24
