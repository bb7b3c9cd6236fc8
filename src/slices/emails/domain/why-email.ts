/** A text as it stands, with what is known of the person it is for. */
export interface EndedText {
  campaignId: string | null
  purpose: string
  state: string
  stateReason: string | null
  /** The carrier's report on the attempt that it accepted. */
  delivery: string | null
  /** The carrier has it after all, although its attempt was closed without proof. */
  isProvedLate: boolean
  /** After this it is of no use to anybody. */
  expiresAt: Date | null
  /** Null when the contact has none, or there is no contact. */
  email: string | null
  /** How consent to transactional texts stands. */
  consent: 'granted' | 'revoked' | null
}

export const emailReasons = ['failed', 'expired', 'suppressed', 'undelivered'] as const
export type EmailReason = (typeof emailReasons)[number]

/** Ends that say nothing about the person's will. Everything else that suppresses is an opt-out or a missing consent. */
const HARMLESS_SUPPRESSIONS: ReadonlySet<string | null> = new Set([
  'country_not_allowed',
  'unreachable',
  'quiet_hours',
])
const NEVER_ARRIVED: ReadonlySet<string | null> = new Set(['undelivered', 'failed', 'canceled'])

/**
 * Why this text may be followed by an e-mail, or null. Only transactional single texts that ended for certain without
 * arriving, of people who agree to them still: an opt-out is about texts, and we do not follow it with an e-mail.
 */
export function whyEmail(text: EndedText, now: Date): EmailReason | null {
  if (text.campaignId !== null || text.purpose !== 'transactional') return null
  if (text.consent !== 'granted' || text.isProvedLate) return null
  if (text.email === null || !isUsableAddress(text.email)) return null
  // What came too late as a text comes too late as an e-mail; one that waits for the morning need not.
  if (text.expiresAt !== null && text.expiresAt <= now) return null
  return endOf(text)
}

function endOf({ state, stateReason, delivery }: EndedText): EmailReason | null {
  if (state === 'failed' || state === 'expired') return state
  if (state === 'suppressed') return HARMLESS_SUPPRESSIONS.has(stateReason) ? 'suppressed' : null
  return state === 'accepted' && NEVER_ARRIVED.has(delivery) ? 'undelivered' : null
}

const ADDRESS_MAX = 254

/** Plain `name@host`: nothing that an address list or a header could read as more than one address. */
export function isUsableAddress(address: string): boolean {
  return (
    address.length <= ADDRESS_MAX &&
    /^[^\s\p{Cc}@<>",;:\\()[\]]{1,64}@[a-z\d-]+(\.[a-z\d-]+)+$/iu.test(address)
  )
}
