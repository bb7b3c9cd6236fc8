import type { Purpose } from './new-message.js'
import type { TimeVerdict } from './send-times.js'

/** What the gate saw of one message, read in the transaction that takes its hold. */
export interface GateFacts {
  purpose: Purpose
  /** It answers a text of the recipient, who waits for it: no consent is asked, and no clock. */
  isAnswer: boolean
  /** The newest consent event for this number and purpose, or null when there never was one. */
  consent: { granted: boolean; eventId: string } | null
  /** Of a request to opt in: the recipient has opted out of something. */
  optedOut: boolean
  /** The destination is on the account's list now. */
  countryAllowed: boolean
  /** What the carrier said of a number that cannot take texts; null of others. */
  unreachable: string | null
  /** Another text to this number has an unknown outcome; two of them could not be told apart at the carrier. */
  phoneBusy: boolean
  expiresAt: Date | null
  /** Asked only of texts that nothing else refuses. */
  time: () => TimeVerdict
  now: Date
}

export type GateVerdict =
  /** `openUntil`: when the recipient's hours close; null when no clock is asked. */
  | { pass: true; consentEventId: string | null; openUntil: Date | null; zones: readonly string[] }
  | {
      pass: false
      state: 'suppressed' | 'expired'
      reason:
        | 'consent_missing'
        | 'consent_revoked'
        | 'country_not_allowed'
        | 'unreachable'
        | 'too_late'
        | 'quiet_hours'
        | 'frequency_cap'
      detail: string | null
    }
  | {
      pass: false
      state: 'deferred'
      reason: 'phone_busy' | 'quiet_hours' | 'frequency_cap'
      notBefore: Date
      detail: string | null
    }

/** The checks of one message. Those of its account, campaign and platform were made once for the whole claim. */
export function decideGate(facts: GateFacts): GateVerdict {
  const refusal = refusedFor(facts)
  if (refusal !== null) return { pass: false, detail: null, ...refusal }
  const time: TimeVerdict = facts.isAnswer ? { isOpen: true, until: null, zones: [] } : facts.time()
  if (!time.isOpen) return untilOpen(time, facts.expiresAt)
  if (facts.phoneBusy) {
    const notBefore = new Date(facts.now.getTime() + PHONE_BUSY_DELAY_MS)
    return { pass: false, state: 'deferred', reason: 'phone_busy', notBefore, detail: null }
  }
  return {
    pass: true,
    consentEventId: facts.purpose === 'service' ? null : (facts.consent?.eventId ?? null),
    openUntil: time.until,
    zones: time.zones,
  }
}

function refusedFor(
  facts: GateFacts,
):
  | { state: 'suppressed'; reason: 'consent_missing' | 'consent_revoked' | 'country_not_allowed' }
  | { state: 'suppressed'; reason: 'unreachable'; detail: string }
  | { state: 'expired'; reason: 'too_late' }
  | null {
  // prettier-ignore
  const { consent } = facts
  if (facts.purpose === 'service') {
    if (!facts.isAnswer && facts.optedOut) return { state: 'suppressed', reason: 'consent_revoked' }
  } else {
    if (consent === null) return { state: 'suppressed', reason: 'consent_missing' }
    if (!consent.granted) return { state: 'suppressed', reason: 'consent_revoked' }
  }
  if (!facts.countryAllowed) return { state: 'suppressed', reason: 'country_not_allowed' }
  if (facts.unreachable !== null)
    return { state: 'suppressed', reason: 'unreachable', detail: `The carrier said: ${facts.unreachable}` }
  if (facts.expiresAt !== null && facts.expiresAt <= facts.now)
    return { state: 'expired', reason: 'too_late' }
  return null
}

/** Later, unless it is of no use then or never may. */
function untilOpen(time: TimeVerdict & { isOpen: false }, expiresAt: Date | null): GateVerdict {
  const { reason, opensAt, detail } = time
  if (opensAt === null) return { pass: false, state: 'suppressed', reason, detail }
  if (expiresAt !== null && expiresAt <= opensAt) return { pass: false, state: 'expired', reason, detail }
  return { pass: false, state: 'deferred', reason, notBefore: opensAt, detail }
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
