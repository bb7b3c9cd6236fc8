import type { TransitionTable } from '../../../kernel/transitions.js'

/**
 * `sending`: a process may be talking to the mail server, or died while it was; nobody takes it again. `uncertain`: the
 * mail server may have it and never said so; it is not sent again either. `withheld`: decided against before any try.
 */
export const emailStates = ['waiting', 'sending', 'sent', 'withheld', 'failed', 'uncertain'] as const
export type EmailState = (typeof emailStates)[number]

/** The database holds the same rows (email_transition) and refuses every other move. */
export const emailTransitions: TransitionTable<EmailState> = {
  waiting: ['sending', 'withheld'],
  sending: ['sent', 'waiting', 'failed', 'uncertain'],
  sent: [],
  withheld: [],
  failed: [],
  // The process was slow and alive after all.
  uncertain: ['sent'],
}
