/** Why a campaign is paused, in the words of the database. */
export const pauseReasons = [
  'by_user',
  'by_administrator',
  'credits_exhausted',
  'subscription_inactive',
  'carrier_unavailable',
  'error_rate',
  'cap_reached',
  'runaway_guard',
  'billing_dispute',
] as const
export type PauseReason = (typeof pauseReasons)[number]

export interface PauseWords {
  message: string
  /** What to do so that it goes on. */
  remedy: string
}

export const pauseWords: Readonly<Record<PauseReason, PauseWords>> = {
  by_user: {
    message: 'Somebody of this account paused the campaign.',
    remedy: 'Resume it when you are ready.',
  },
  by_administrator: {
    message: 'The platform stopped sending for this account.',
    remedy: 'Ask the platform why; resume the campaign when the stop has been lifted.',
  },
  credits_exhausted: {
    message: 'The available credits do not cover the next recipient.',
    remedy:
      'Buy or grant credits. With automatic resume it then goes on by itself at exactly the next recipient; otherwise resume it.',
  },
  subscription_inactive: {
    message: 'The subscription of this account is not active.',
    remedy: 'Renew the subscription, then resume the campaign.',
  },
  carrier_unavailable: {
    message: 'The carrier cannot be used at the moment, or it refused the account or the sender.',
    remedy:
      'After an outage it goes on by itself. If the carrier refused the account or the sender, correct that and resume.',
  },
  error_rate: {
    message: 'Too large a share of the texts failed.',
    remedy: 'Look at the errors of the campaign, correct the list or the text, then resume.',
  },
  cap_reached: {
    message: 'The next recipient would exceed the credits that this campaign may use.',
    remedy: 'Resume it with a higher cap, or cancel it.',
  },
  runaway_guard: {
    message: 'It would use far more credits than any campaign of this account before.',
    remedy: 'An owner approves it with a reason; then it goes on.',
  },
  billing_dispute: {
    message: 'A payment of this account is disputed with the bank.',
    remedy: 'Settle the dispute, then resume the campaign.',
  },
}

/** Instead of the words of `credits_exhausted`, when credits are owed. */
export const debtWords: PauseWords = {
  message: 'The account owes credits: a payment was taken back after its credits had been used.',
  remedy:
    'Buy credits; what is owed is paid from them first. With automatic resume it then goes on by itself at exactly the next recipient.',
}

/**
 * A pause that somebody decided outranks one that came by itself, so that automatic resume cannot undo a person's
 * decision; the platform's decision outranks the account's.
 */
export function outranks(next: PauseReason, present: PauseReason): boolean {
  return rank(next) > rank(present)
}

function rank(reason: PauseReason): number {
  if (reason === 'by_administrator') return 2
  return reason === 'by_user' || reason === 'runaway_guard' ? 1 : 0
}
