import { expect, test } from '@jest/globals'
import { defaultAllowedCountries, highRiskCountries, isDestinationAllowed } from './domain/destination.js'
import { inspectNumber } from './inspect-number.js'

const policy = { allowedCountries: new Set(defaultAllowedCountries) }

test.each([
  ['+12125550123', 'US', 'FIXED_LINE_OR_MOBILE'],
  ['+16045550123', 'CA', 'FIXED_LINE_OR_MOBILE'],
  ['+447400123456', 'GB', 'MOBILE'],
])('%s may be texted by default', (e164, country, type) => {
  const facts = inspectNumber(e164)

  expect(facts).toEqual({ valid: true, country, type, typeAllowedByDefault: true })
  expect(isDestinationAllowed(facts, policy)).toEqual({ allowed: true })
})

test.each([
  ['a premium number', '+19002345678', 'type-not-allowed'],
  ['a personal number', '+15005550006', 'type-not-allowed'],
  ['a British personal number', '+447012345678', 'type-not-allowed'],
  ['a toll-free number', '+18002345678', 'type-not-allowed'],
  ['a landline', '+442079460000', 'type-not-allowed'],
  ['Jamaica, which shares +1', '+18765551234', 'country-not-allowed'],
  ['the Dominican Republic, which shares +1', '+18095551234', 'country-not-allowed'],
  ['Germany, not on the list', '+4915123456789', 'country-not-allowed'],
  ['an international network without a country', '+870773111632', 'no-country'],
  ['too short a number', '+1212555', 'invalid-number'],
  ['letters', '+1212555abcd', 'invalid-number'],
  ['no plus', '12125550123', 'invalid-number'],
  ['nothing', '', 'invalid-number'],
])('%s is refused', (_what, e164, reason) => {
  expect(isDestinationAllowed(inspectNumber(e164), policy)).toEqual({ allowed: false, reason })
})

test('an account may open further countries and internet numbers', () => {
  const voip = { valid: true, country: 'GB', type: 'VOIP', typeAllowedByDefault: false }

  expect(
    isDestinationAllowed(inspectNumber('+4915123456789'), { allowedCountries: new Set(['DE']) }),
  ).toEqual({ allowed: true })
  expect(isDestinationAllowed(voip, policy)).toMatchObject({ reason: 'type-not-allowed' })
  expect(isDestinationAllowed(voip, { ...policy, allowVoip: true })).toEqual({ allowed: true })
})

test('no country that pumping goes to is open by default', () => {
  expect(highRiskCountries.filter((country) => policy.allowedCountries.has(country))).toEqual([])
})
