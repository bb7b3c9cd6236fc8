import { documentedRule, undocumentedRule } from './failure-table.js'
import type { FailureRule } from './failure-class.js'

export interface FailureFact {
  /** Where it happened: the create call answered, or a delivery report came. */
  moment: 'create' | 'delivery'
  code?: number | null
  httpStatus?: number | null
}

const nothingKnown =
  'The carrier gave no answer that can be trusted; whether the text went out is not known yet.'

/**
 * Total: every fact has a rule. A server error of a create is never anything but unknown, whatever its code says, because
 * the carrier may have taken the message first. An unlisted refusal ends the message and suppresses nobody; an unlisted
 * delivery code leaves the settlement to the delivery status.
 */
export function classifyFailure(fact: FailureFact): FailureRule {
  const code = fact.code ?? 0
  return fact.moment === 'delivery' ? classifyDelivery(code) : classifyCreate(code, fact.httpStatus ?? 0)
}

function classifyDelivery(code: number): FailureRule {
  const words = 'The text was not delivered; the carrier gave no reason we know.'
  return documentedRule(code) ?? undocumentedRule(code, 'P-hold', words)
}

function classifyCreate(code: number, status: number): FailureRule {
  if (status === 429) {
    const documented = documentedRule(code)
    // A limit of a day is answered with 429 as well, and no pause of minutes helps (63038; twilio-php issue 661).
    if (documented?.class === 'R' || documented?.class === 'A') return documented
    return undocumentedRule(
      code,
      'R',
      'The carrier was asked to do too much at once and did not take this text.',
    )
  }
  // 408 says that the carrier gave up waiting for us, not that it did nothing.
  if (status < 400 || status >= 500 || status === 408) return undocumentedRule(code, 'U', nothingKnown)
  return documentedRule(code) ?? refusedWithoutRule(code, status)
}

function refusedWithoutRule(code: number, status: number): FailureRule {
  if (status === 401 || status === 403) {
    return undocumentedRule(code, 'A', 'The carrier refused our credentials, or the account is suspended.')
  }
  return undocumentedRule(code, 'P-hold', 'The carrier refused the text for a reason we do not know.')
}

/** For the console: what a code means, in plain words. */
export function explainFailure(code: number): { words: string; remedy: string } {
  const rule = documentedRule(code) ?? classifyFailure({ moment: 'delivery', code })
  return { words: rule.words, remedy: rule.remedy }
}
