import { classRules, type SendOutcome } from '../carrier/index.js'
import type { AttemptOutcome } from './domain/settlement.js'

/** What the carrier's answer means for the message. */
export function toAttemptOutcome(outcome: SendOutcome): AttemptOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted', sid: outcome.sid }
    case 'unknown':
      return { kind: 'unknown', reason: outcome.cause }
    case 'not_sent': {
      const rule = classRules[outcome.class]
      return {
        kind: 'not_sent',
        failureClass: outcome.class,
        retryable: rule.retryable,
        optedOut: outcome.class === 'O',
        blocksSender: rule.pause === 'sender' || rule.pause === 'account',
        errorCode: outcome.code ?? null,
        reason: outcome.cause,
      }
    }
  }
}
