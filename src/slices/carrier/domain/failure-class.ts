/**
 * What a carrier failure means for the message, the recipient and the sender. One letter each, as in the failure table:
 * P permanent for this recipient · O opted out · R may be tried again · B the text itself was refused · C configuration of
 * the sender or account · D no texts to this destination country from our account · A stop everything on this carrier account · U outcome unknown · T our own bad request · V voice
 * only · W a warning or an inbound event · P-hold an undocumented refusal: end this message, suppress nobody, look at it.
 */
export const failureClasses = ['P', 'O', 'R', 'B', 'C', 'D', 'A', 'U', 'T', 'V', 'W', 'P-hold'] as const
export type FailureClass = (typeof failureClasses)[number]

export type PauseScope = 'none' | 'sender' | 'country' | 'campaign' | 'account'

export interface ClassRule {
  /** May a new attempt (with a new hold) be made at all? */
  retryable: boolean
  /** Suppress the phone number itself, for every sender. */
  suppressNumber: boolean
  /** What stops until somebody has looked at it. */
  pause: PauseScope
  /** What a person should do, in plain words. */
  remedy: string
}

export const classRules: Readonly<Record<FailureClass, ClassRule>> = {
  P: {
    retryable: false,
    suppressNumber: true,
    pause: 'none',
    remedy: 'Check the number with the contact; no further texts go to it.',
  },
  O: {
    retryable: false,
    suppressNumber: false,
    pause: 'none',
    remedy: 'Nothing may be sent until the contact opts in again by texting START.',
  },
  R: {
    retryable: true,
    suppressNumber: false,
    pause: 'none',
    remedy: 'Nothing to do: it is tried again later by itself.',
  },
  B: {
    retryable: false,
    suppressNumber: false,
    pause: 'campaign',
    remedy: 'Change the text of the message; the same text will be refused again.',
  },
  C: {
    retryable: false,
    suppressNumber: false,
    pause: 'sender',
    remedy: 'Correct the set-up of the sender or of the carrier account, then resume.',
  },
  // A set-up that one country needs and all others do without: nobody else's text waits for it.
  D: {
    retryable: false,
    suppressNumber: false,
    pause: 'country',
    remedy:
      'Allow this country at the carrier and see that a sender may text it, or leave its numbers out; everybody else gets their text.',
  },
  A: {
    retryable: false,
    suppressNumber: false,
    pause: 'account',
    remedy: 'Sending has stopped. Sort it out with the carrier, then resume.',
  },
  U: {
    retryable: false,
    suppressNumber: false,
    pause: 'none',
    remedy:
      'Nothing to do: it is being found out whether the text went out, and it is not sent twice meanwhile.',
  },
  T: {
    retryable: false,
    suppressNumber: false,
    pause: 'none',
    remedy: 'This is a fault of ours; please report it with the code.',
  },
  V: {
    retryable: false,
    suppressNumber: false,
    pause: 'none',
    remedy: 'Check the number with the contact; this refusal belongs to voice calls.',
  },
  W: {
    retryable: false,
    suppressNumber: false,
    pause: 'none',
    remedy: 'Nothing to do: this is only a warning.',
  },
  'P-hold': {
    retryable: false,
    suppressNumber: false,
    pause: 'none',
    remedy: 'Not documented by the carrier; look at the message before you send it again.',
  },
}

/** Where a code turns up. */
export type FailureMoment =
  'create' | 'delivery' | 'both' | 'inbound' | 'webhook' | 'registration' | 'management'

export interface RetryLimit {
  /** New attempts at most, after the one that failed. */
  triesMax: number
  delayMsMin: number
}

export interface FailureRule extends ClassRule {
  code: number
  moment: FailureMoment
  class: FailureClass
  /** For the console: what happened, in plain words, without a code. */
  words: string
  /** The carrier takes no processing fee when a message fails with this code. */
  feeExempt: boolean
  /** A sign of pumping or toll fraud: look at the tenant's traffic to this prefix. */
  fraudSign: boolean
  /** For class R: narrower bounds than the general ones. */
  retryLimit: RetryLimit | null
  /** Wait for midnight in US Pacific time, when the brand's daily cap is reset. */
  retryAfterPacificMidnight: boolean
}

/** A row as the tables write it: code, class, plain words, and what differs from the class. */
export type FailureRow = readonly [
  code: number,
  failureClass: FailureClass,
  words: string,
  differs?: Partial<Omit<FailureRule, 'code' | 'class' | 'words'>>,
]
