/** When a campaign's credits are more than anybody expects of the account. */
export const campaignGuardRules = {
  /** Credits that ask no questions, also of a new account: a quarter of a million people, once. */
  creditsFloor: 250_000,
  /** Times what the account's largest campaign so far has used. */
  growthFactor: 10,
} as const

/** Whether a ceiling is so high that somebody must approve it. Its quote was accepted by one person; this asks an owner. */
export function needsApproval(facts: {
  capCredits: number
  largestBefore: number
  approvedCredits: number
}): boolean {
  const { creditsFloor, growthFactor } = campaignGuardRules
  return facts.capCredits > Math.max(creditsFloor, growthFactor * facts.largestBefore, facts.approvedCredits)
}
