import type { ReplyClass } from './classify-reply.js'
import type { AutomaticKind } from './reply-texts.js'

/** What is known of an incoming text when it is decided whether to answer it by itself. */
export interface ReplyFacts {
  class: ReplyClass
  /** The carrier has answered it, or will. */
  carrierAnswers: boolean
  /** This text withdrew something. */
  optedOut: boolean
  /** This text gave back what a STOP had withdrawn. */
  restored: boolean
  /** This text completed an opt-in that waited for it. */
  optInConfirmed: boolean
  /** It answered an open question, for example about an appointment. */
  confirmed: boolean
  /** Some consent stands after it. */
  subscribed: boolean
  /** Automatic answers to this number within the last hour. */
  answeredLately: number
}

/** Two machines that answer each other must come to an end. */
export const ANSWERS_PER_HOUR = 4

/**
 * What to answer, or nothing. An opt-out is confirmed once: not where the carrier does it, and not again when everything was
 * withdrawn before. A START that restores nothing is told so honestly, even where the carrier has said that it worked.
 */
export function decideReply(facts: ReplyFacts): AutomaticKind | null {
  if (facts.answeredLately >= ANSWERS_PER_HOUR) return null
  if (facts.optInConfirmed) return 'opt_in_confirmed'
  switch (facts.class) {
    case 'opt_out':
      return facts.optedOut && !facts.carrierAnswers ? 'opt_out' : null
    case 'help':
      return facts.carrierAnswers ? null : 'help'
    case 'opt_in':
      if (facts.restored) return facts.carrierAnswers ? null : 'opt_in'
      return facts.confirmed || facts.subscribed ? null : 'nothing_to_restore'
    case 'confirm':
    case 'other':
      return null
  }
}

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** How long an answer is of use. A confirmation of an opt-out must not come later than five minutes after it. */
export const answerUsefulMs: Readonly<Record<Exclude<AutomaticKind, 'opt_in_request'>, number>> = {
  opt_out: 5 * MINUTE_MS,
  help: 15 * MINUTE_MS,
  opt_in: 15 * MINUTE_MS,
  nothing_to_restore: 15 * MINUTE_MS,
  opt_in_confirmed: 15 * MINUTE_MS,
}
