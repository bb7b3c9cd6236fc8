import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { createPhoneReader } from './phone-reader.js'
import { newAreaCodes, readPhone, type PhoneRules } from './phone.js'

const rules: PhoneRules = { defaultCountry: 'US', allowedCountries: ['US', 'CA', 'GB'], allowVoip: false }

test.each([
  ['212-555-0124', '+12125550124'],
  ['(913) 555-0155', '+19135550155'],
  ['501.555.0177', '+15015550177'],
  ['1 406 555 0184', '+14065550184'],
  ['+1 (816) 555-0102', '+18165550102'],
  ['１２０２５５５０１２３', '+12025550123'],
  ['tel:+1-202-555-0123', '+12025550123'],
  ["'+12025550123", '+12025550123'],
  ['12025550123.0', '+12025550123'],
  ['\u202a+1 202 555 0123\u202c', '+12025550123'],
  ['011 44 7400 123456', '+447400123456'],
  ['+1 357 555 0123', '+13575550123'],
])('reads %s as %s', (written, phone) => {
  expect(readPhone(written, rules)).toMatchObject({ ok: true, phone })
})

test.each([
  ['', 'phone-missing'],
  ['N/A', 'phone-missing'],
  ['x', 'phone-missing'],
  ['=1+1', 'phone-unreadable'],
  ['call me', 'phone-unreadable'],
  ['1.20255E+10', 'phone-damaged-by-spreadsheet'],
  ['804-555-01', 'phone-too-short'],
  ['+1 202 555 01234', 'phone-too-long'],
  ['1-199-555-0123', 'phone-not-in-use'],
  ['702-555-0132 ext. 12', 'phone-extension'],
  ['+1 900 555 0123', 'number-premium'],
  ['800 555 0199', 'number-toll-free'],
  ['+88213000001', 'number-without-country'],
  ['+49 1512 3456789', 'country-not-allowed'],
  ['+1 876 555 0123', 'country-not-allowed'],
  ['+44 20 7946 0123', 'number-landline'],
  ['+44 7700 900155', 'phone-not-in-use'],
])('refuses %s because %s', (written, reason) => {
  expect(readPhone(written, rules)).toEqual({ ok: false, reason })
})

test('a row’s own country decides how its national number is read', () => {
  const read = createPhoneReader(rules)

  expect(read('07400 123456', 'GB')).toMatchObject({ ok: true, phone: '+447400123456', country: 'GB' })
})

test('answers exactly as the library does, whatever it has been asked before', () => {
  const readers = { US: createPhoneReader(rules), CA: createPhoneReader({ ...rules, defaultCountry: 'CA' }) }
  const digits = (length: number): fc.Arbitrary<string> =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
      .map((list) => list.join(''))
  const area = fc.oneof(
    digits(3),
    fc.constantFrom(
      '212',
      '416',
      '264',
      '268',
      '500',
      '522',
      '523',
      '524',
      '671',
      '684',
      '787',
      '800',
      '900',
      '983',
    ),
  )
  const written = fc
    .tuple(
      fc.constantFrom('', '1', '+1', '1 ', '+1 ', '1-', '+1.'),
      fc.constantFrom<[string, string]>(
        ['', ''],
        ['(', ')'],
        ['(', ') '],
        ['', '-'],
        ['', '.'],
        ['', ' '],
        ['(', ''],
        ['', ')'],
      ),
      area,
      fc.oneof(digits(3), fc.constantFrom('274', '305', '464', '555')),
      fc.constantFrom('', '-', '.', ' ', '--'),
      digits(4),
      fc.constantFrom('', '', '', '', ' ext 5', ' '),
    )
    .map(([prefix, [open, close], a, b, gap, c, end]) => `${prefix}${open}${a}${close}${b}${gap}${c}${end}`)

  fc.assert(
    fc.property(written, fc.constantFrom<'US' | 'CA'>('US', 'CA'), (text, country) => {
      expect(readers[country](text)).toEqual(readPhone(text, { ...rules, defaultCountry: country }))
    }),
    { numRuns: 5_000 },
  )
})

test('011 dials out of North America and begins no area code, whatever was read before', () => {
  const read = createPhoneReader(rules)
  read('1 011 274 0000')

  expect(read('0112740000')).toEqual(readPhone('0112740000', rules))
})

test('in the library’s data no rule for a North American number looks at its last four digits', () => {
  const { country_calling_codes: codes, countries } = createRequire(import.meta.url)(
    'libphonenumber-js/metadata.max.json',
  ) as { country_calling_codes: Record<string, string[]>; countries: Record<string, Metadata> }

  const looking = (codes['1'] ?? []).flatMap((country) => {
    const patterns = (countries[country]?.[11] ?? []).flatMap((type) => alternatives(type?.[0] ?? ''))
    const deep = patterns.filter((pattern) => pattern !== '' && !/\\d\{[4-9]\}$/.test(pattern))
    return deep.map((pattern) => `${country} ${pattern.slice(0, 7)}`)
  })

  expect(looking).toEqual(['BB 246521[', 'BB 246(?:(', 'JM 8766060'])
})

/** The twelfth entry of a country holds one pattern for each type of number. */
type Metadata = Record<number, ([string] | null)[] | undefined>

/** The top-level alternatives of a regular expression. */
function alternatives(pattern: string): string[] {
  const found: string[] = []
  let current = ''
  let depth = 0
  for (const [token] of pattern.matchAll(/\\.|\[[^\]]*\]|./g)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    const ends = token === '|' && depth === 0
    if (ends) found.push(current)
    current = ends ? '' : current + token
  }
  return [...found, current]
}

test('the last four digits of a North American number never change the answer, and in two countries the last three', () => {
  const line = fc.integer({ min: 0, max: 9_999 })

  fc.assert(
    fc.property(fc.integer({ min: 200_000, max: 999_999 }), line, line, (first, one, other) => {
      const verdict = (last: number): unknown => {
        const reading = readPhone(`+1${first}${String(last).padStart(4, '0')}`, rules)
        return reading.ok ? { country: reading.country, numberType: reading.numberType } : reading
      }
      const seven = /^(?:246|876)/.test(String(first))
      expect(verdict(one)).toEqual(verdict(seven ? one - (one % 1_000) + (other % 1_000) : other))
    }),
    { numRuns: 5_000 },
  )
})

test('the list of new area codes holds only what the library does not know yet', () => {
  const known = newAreaCodes.filter(
    (code) => parsePhoneNumberFromString(`+1${code}5550123`)?.isValid() === true,
  )

  expect(known).toEqual([])
})
