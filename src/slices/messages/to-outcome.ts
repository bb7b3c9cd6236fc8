import { classRules, type SendOutcome } from '../carrier/index.js'
import type { CallSign } from './domain/call-limit.js'
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
        retryAfterMs: outcome.retryAfterMs ?? null,
      }
    }
  }
}

/** What the carrier's answer means for how many calls at once it bears. */
export function toCallSign(outcome: SendOutcome): CallSign {
  if (outcome.kind === 'accepted') return { kind: 'accepted', concurrentRequests: outcome.concurrentRequests }
  if (outcome.kind !== 'not_sent' || outcome.cause !== 'throttled') return { kind: 'silent' }
  return {
    kind: 'throttled',
    concurrentRequests: outcome.concurrentRequests ?? null,
    retryAfterMs: outcome.retryAfterMs ?? null,
  }
}
