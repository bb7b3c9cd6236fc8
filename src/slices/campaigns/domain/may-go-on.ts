import type { PauseReason } from './pause-reason.js'

/** What decides whether a campaign can send its next message, read in one transaction under the account's lock. */
export interface FundingFacts {
  subscriptionActive: boolean
  accountStopped: boolean
  /** A payment of the account is in dispute. */
  disputed: boolean
  availableCredits: number
  reserveCredits: number
  debtCredits: number
  /** Null when the next message is not prepared yet. */
  nextCost: number | null
  capCredits: number | null
  heldCredits: number
  capturedCredits: number
}

export type GoOnRefusal =
  | 'account-stopped'
  | 'billing-dispute'
  | 'subscription-inactive'
  | 'in-debt'
  | 'insufficient-credits'
  | 'cap-reached'

/** Null when nothing stands in the way of the next message; else the first thing that does. */
export function whyNotGoOn(facts: FundingFacts): GoOnRefusal | null {
  if (facts.accountStopped) return 'account-stopped'
  if (facts.disputed) return 'billing-dispute'
  if (!facts.subscriptionActive) return 'subscription-inactive'
  // One credit is the least that any text costs.
  const nextCost = facts.nextCost ?? 1
  if (facts.capCredits !== null && facts.capCredits - facts.heldCredits - facts.capturedCredits < nextCost)
    return 'cap-reached'
  if (facts.debtCredits > 0) return 'in-debt'
  return facts.availableCredits - facts.reserveCredits < nextCost ? 'insufficient-credits' : null
}

export interface PausedFacts {
  reason: PauseReason
  detail: string | null
  autoResume: boolean
  /** What the sender's circuit breaker says now. */
  carrierAvailable: boolean
}

/**
 * Whether a paused campaign is one that goes on without a person, once nothing stands in the way. It is asked again and
 * again, whatever happened in between: a resume that waits for an event strands a campaign when the event came early.
 */
export function resumesByItself(paused: PausedFacts): boolean {
  switch (paused.reason) {
    case 'credits_exhausted':
    case 'cap_reached':
    case 'subscription_inactive':
      return paused.autoResume
    case 'carrier_unavailable':
      // An outage ends by itself. A refused account or sender does not: trying again would waste one text each time.
      return paused.detail === OUTAGE && paused.carrierAvailable
    case 'by_user':
    case 'by_administrator':
    case 'error_rate':
    case 'runaway_guard':
    // The money was called into question: somebody of the account says that it may be spent again.
    case 'billing_dispute':
      return false
  }
}

/**
 * Whether a paused campaign goes on although this stands in its way: when its own reason is over. It then pauses again
 * at once, for the reason that holds now; a pause that named an old one would send its owner to mend the wrong thing.
 */
export function outlivesItsReason(reason: PauseReason, obstacle: GoOnRefusal): boolean {
  const wasAboutCredits = reason === 'credits_exhausted' || reason === 'cap_reached'
  const isAboutCredits =
    obstacle === 'insufficient-credits' || obstacle === 'in-debt' || obstacle === 'cap-reached'
  return isAboutCredits && !wasAboutCredits
}

/** The detail of a pause by the open circuit breaker. */
export const OUTAGE = 'outage'

/** The detail of a pause because the whole account was stopped, and not this campaign. */
export const ACCOUNT_STOPPED = 'account-stopped'

/** The detail of a pause because more was taken back than the account had left. */
export const IN_DEBT = 'in-debt'
