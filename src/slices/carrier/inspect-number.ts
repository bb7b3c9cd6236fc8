import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { defaultAllowedTypes, type NumberFacts } from './domain/destination.js'

const e164Shape = /^\+[1-9]\d{6,14}$/
const notANumber: NumberFacts = { valid: false, country: null, type: null, typeAllowedByDefault: false }

/**
 * Facts about a number in E.164 form. Uses the library's full data: the small set cannot tell the type of a number and
 * checks only its length. A number range younger than the library counts as invalid.
 */
export function inspectNumber(e164: string): NumberFacts {
  if (!e164Shape.test(e164)) return notANumber
  const parsed = parsePhoneNumberFromString(e164)
  if (!parsed?.isValid()) return notANumber
  const type = parsed.getType() ?? null
  return {
    valid: true,
    country: parsed.country ?? null,
    type,
    typeAllowedByDefault: type !== null && defaultAllowedTypes.has(type),
  }
}
