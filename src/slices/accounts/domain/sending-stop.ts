import { subscriptionAllowsSending, type SubscriptionState } from './subscription-state.js'

export type StopCause =
  'database_restored' | 'platform_stopped' | 'audit_breach' | 'administrator' | 'payment' | 'subscription'

/** One thing that keeps an account from sending, in words for its members. */
export interface SendingStop {
  cause: StopCause
  reason: string
  remedy: string
  since: Date
}

export interface StopFacts {
  lockedAt: Date | null
  platformStoppedAt: Date | null
  stoppedReason: string | null
  /** Why a payment of the account stops it: disputed, or reported as fraud. */
  billingFreeze: string | null
  stoppedAt: Date
  subscriptionState: SubscriptionState
}

/** The live audit stops in its own name: `audit: I7, I8`. */
const OF_AUDIT = /^audit: (.+)$/
const WAITS = 'What waits is kept, and goes out in its order once that is over.'

/**
 * Everything that keeps an account from sending now, in the order in which a claim asks. Members learn that the platform
 * has stopped, not why: that reason is written for its administrators and may name another account.
 */
export function sendingStops(facts: StopFacts): SendingStop[] {
  const stops: SendingStop[] = []
  if (facts.lockedAt !== null) {
    stops.push({
      cause: 'database_restored',
      reason: `The platform was restored and first asks the carrier what it had sent, so that nobody is texted twice. ${WAITS}`,
      remedy: 'Nothing to do on your side.',
      since: facts.lockedAt,
    })
  }
  if (facts.platformStoppedAt !== null) {
    stops.push({
      cause: 'platform_stopped',
      reason: `All sending of all accounts is stopped. ${WAITS}`,
      remedy: 'Nothing to do on your side; the operator of the platform can tell how long it takes.',
      since: facts.platformStoppedAt,
    })
  }
  if (facts.stoppedReason !== null) stops.push(ofAccount(facts.stoppedReason, facts.stoppedAt))
  if (facts.billingFreeze !== null) {
    stops.push({
      cause: 'payment',
      reason: `${facts.billingFreeze} ${WAITS}`,
      remedy: 'Settle it with your bank, or with the operator of the platform.',
      since: facts.stoppedAt,
    })
  }
  if (!subscriptionAllowsSending(facts.subscriptionState)) {
    stops.push({
      cause: 'subscription',
      reason: `The subscription does not allow sending: it is ${facts.subscriptionState}. ${WAITS}`,
      remedy: 'Renew the subscription.',
      since: facts.stoppedAt,
    })
  }
  return stops
}

function ofAccount(reason: string, since: Date): SendingStop {
  const rules = OF_AUDIT.exec(reason)?.[1]
  if (rules === undefined) {
    const remedy = 'Settle it with the operator of the platform, who can let the account send again.'
    return { cause: 'administrator', reason, remedy, since }
  }
  return {
    cause: 'audit_breach',
    reason: `The audit found something in this account that must never be (rule ${rules}), and stopped it before it could go further. ${WAITS}`,
    remedy:
      '`auditBreaches` of the account says what. The operator of the platform was told and must answer for it.',
    since,
  }
}
