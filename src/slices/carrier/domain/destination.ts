/** What the phone library says about a number; facts, no judgement. */
export interface NumberFacts {
  /** A number that the country's plan allows. */
  valid: boolean
  /** ISO 3166 two-letter country, or null when the number belongs to none (satellite, international services). */
  country: string | null
  /** MOBILE, FIXED_LINE_OR_MOBILE, PREMIUM_RATE, …; null when unknown. */
  type: string | null
  /** The type is one that an account may text without further approval. */
  typeAllowedByDefault: boolean
}

export interface DestinationPolicy {
  allowedCountries: ReadonlySet<string>
  /** Internet numbers, off unless the account asks for it. */
  allowVoip?: boolean
}

export type DestinationRefusal = 'invalid-number' | 'no-country' | 'country-not-allowed' | 'type-not-allowed'
export type DestinationDecision = { allowed: true } | { allowed: false; reason: DestinationRefusal }

/** Deny by default: everything not listed may be premium-rate or pumping traffic. */
export const defaultAllowedTypes: ReadonlySet<string> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE'])

export const defaultAllowedCountries: readonly string[] = ['US', 'CA', 'GB']

/** Countries that pumping traffic often goes to; a starting point that an administrator edits. */
export const highRiskCountries: readonly string[] = (
  'AZ BD BI BY CI CU DZ EG ET GN GT ID IQ IR KG KZ LK LY MG ML MM MZ NG NP ' +
  'PK PH RU SD SN SY TD TG TJ TN TM UG UZ VN YE ZM ZW'
).split(' ')

/**
 * May this account text this number? The country comes from the number's plan and never from its first digits: Jamaica
 * shares +1 with the US. A number without a country is refused.
 */
export function isDestinationAllowed(facts: NumberFacts, policy: DestinationPolicy): DestinationDecision {
  if (!facts.valid) return { allowed: false, reason: 'invalid-number' }
  if (facts.country === null) return { allowed: false, reason: 'no-country' }
  if (!policy.allowedCountries.has(facts.country)) return { allowed: false, reason: 'country-not-allowed' }
  const voipAllowed = policy.allowVoip === true && facts.type === 'VOIP'
  if (!facts.typeAllowedByDefault && !voipAllowed) return { allowed: false, reason: 'type-not-allowed' }
  return { allowed: true }
}
