/** What the gate saw of one message, read in the transaction that takes its hold. */
export interface GateFacts {
  /** The newest consent event for this number and purpose, or null when there never was one. */
  consent: { granted: boolean; eventId: string } | null
  /** The destination is on the account's list now. */
  countryAllowed: boolean
  /** Another text to this number has an unknown outcome; two of them could not be told apart at the carrier. */
  phoneBusy: boolean
  expiresAt: Date | null
  now: Date
}

export type GateVerdict =
  | { pass: true; consentEventId: string }
  | {
      pass: false
      state: 'suppressed' | 'expired'
      reason: 'consent_missing' | 'consent_revoked' | 'country_not_allowed' | 'too_late'
    }
  | { pass: false; state: 'deferred'; reason: 'phone_busy' }

/** The checks of one message. Those of its account, campaign and platform were made once for the whole claim. */
export function decideGate(facts: GateFacts): GateVerdict {
  if (facts.consent === null) return { pass: false, state: 'suppressed', reason: 'consent_missing' }
  if (!facts.consent.granted) return { pass: false, state: 'suppressed', reason: 'consent_revoked' }
  if (!facts.countryAllowed) return { pass: false, state: 'suppressed', reason: 'country_not_allowed' }
  if (facts.expiresAt !== null && facts.expiresAt <= facts.now)
    return { pass: false, state: 'expired', reason: 'too_late' }
  if (facts.phoneBusy) return { pass: false, state: 'deferred', reason: 'phone_busy' }
  return { pass: true, consentEventId: facts.consent.eventId }
}

/** How long a message waits for the unknown outcome of another one to the same number. */
export const PHONE_BUSY_DELAY_MS = 10_000

/** Why nothing of a lane may be claimed now. */
export type LaneBlock =
  | 'sending-locked'
  | 'platform-stopped'
  | 'account-stopped'
  | 'subscription-inactive'
  | 'campaign-not-running'
  | 'cap-reached'
  | 'credits-exhausted'
  | 'carrier-unavailable'
  /** Single texts that the runaway guard holds until somebody approves them. */
  | 'held-for-approval'

export interface ControlFacts {
  lockReason: string | null
  databaseChanged: boolean
  platformStoppedReason: string | null
  accountStoppedReason: string | null
  subscriptionState: string
  /** The guard holds what this lane has. */
  isHeld?: boolean
}

/** Anything that Stripe may invent later counts as no. */
const SENDING_SUBSCRIPTIONS: ReadonlySet<string> = new Set(['active', 'trialing'])

export function decideControl(facts: ControlFacts): LaneBlock | null {
  if (facts.lockReason !== null || facts.databaseChanged) return 'sending-locked'
  if (facts.platformStoppedReason !== null) return 'platform-stopped'
  if (facts.accountStoppedReason !== null) return 'account-stopped'
  if (!SENDING_SUBSCRIPTIONS.has(facts.subscriptionState)) return 'subscription-inactive'
  if (facts.isHeld === true) return 'held-for-approval'
  return null
}
