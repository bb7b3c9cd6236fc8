/** A transaction's two points: everything is written and nothing committed; it is committed and nobody has been told. */
const bothOf = (transaction: string): string[] => [`${transaction}:written`, `${transaction}:committed`]

/**
 * Where a worker is made to end itself: every step between claim and settlement, the look-up, the application of what
 * the carrier reports, and what a worker does to campaigns. Work of these kinds is always under way in a storm.
 */
export const workerCrashPoints: readonly string[] = [
  ...bothOf('messages.claim'),
  'messages.post:begins',
  'messages.post:answered',
  ...bothOf('messages.settle'),
  ...bothOf('messages.resolve'),
  ...bothOf('messages.applyCallbacks'),
  ...bothOf('campaigns.prepare'),
  ...bothOf('campaigns.pauseBlocked'),
  ...bothOf('campaigns.complete'),
]

/** Where the API is made to end itself while it takes in what the carrier reports. */
export const intakeCrashPoints: readonly string[] = ['webhooks.store:begins', 'webhooks.store:committed']

/** Transactions of the API in which it is made to end itself, each while it answers a mutation that is repeated afterwards. */
export const mutationTransactions = [
  'credits.grant',
  'credits.adjust',
  'credits.rollBack',
  'credits.refundMessage',
  'contacts.revokeConsent',
  'campaigns.start',
  'campaigns.pause',
  'campaigns.resume',
  'campaigns.cancel',
] as const
export type MutationTransaction = (typeof mutationTransactions)[number]

export const apiCrashPoints: readonly string[] = [
  ...intakeCrashPoints,
  ...mutationTransactions.flatMap((transaction) => bothOf(transaction)),
]

/** A process comes by several times within seconds, so that it may also die of a later passage. */
export function isFrequent(point: string): boolean {
  return /^(messages\.(claim|post|settle|applyCallbacks)|webhooks\.store):/.test(point)
}

export const crashPoints: readonly string[] = [...workerCrashPoints, ...apiCrashPoints]

export function transactionOf(point: string): string {
  return point.slice(0, point.indexOf(':'))
}
