import { isSupportedCountry } from 'libphonenumber-js/max'
import { readPhone, type PhoneReading, type PhoneRules, type ReadPhone } from './phone.js'

/** North American numbers as most files write them: `(212) 555-0124`, `212.555.0124`, `+1 212 555 0124`, `12125550124`. */
const commonShape = /^(\+?1[ .-]?)?(?:\(([2-9]\d{2})\) ?|([2-9]\d{2})[ .-]?)(\d{3})[ .-]?(\d{4})$/
const northAmerica = new Set(['US', 'CA'])
const VERDICTS_MAX = 200_000
/**
 * Country and type of a North American number follow from its first six digits, and in Barbados and Jamaica from the
 * first seven. A test reads this off the library's own data.
 */
const sevenDecide = new Set(['246', '876'])

/**
 * Reads numbers with few questions to the library, which costs more than all the rest of an import together. A number in
 * the commonest shapes is asked about once for all that share its first digits; everything else is always asked.
 * A property test holds the answers equal to `readPhone`.
 */
export function createPhoneReader(rules: PhoneRules): ReadPhone {
  const rulesOf = new Map<string, PhoneRules>([[rules.defaultCountry, rules]])
  const verdicts = new Map<string, PhoneReading>()

  return (text, country) => {
    const home = country != null && isSupportedCountry(country) ? country : rules.defaultCountry
    const homeRules = remember(rulesOf, home, () => ({ ...rules, defaultCountry: home }))
    const digits = northAmerica.has(home) ? nationalDigits(text) : null
    if (digits === null) return readPhone(text, homeRules)
    const key = `${home}${digits.slice(0, sevenDecide.has(digits.slice(0, 3)) ? 7 : 6)}`
    const known = verdicts.get(key)
    if (known !== undefined) return known.ok ? { ...known, phone: `+1${digits}` } : known
    const verdict = readPhone(text, homeRules)
    if (verdicts.size >= VERDICTS_MAX) verdicts.clear()
    verdicts.set(key, verdict)
    return verdict
  }
}

function nationalDigits(text: string): string | null {
  const shape = commonShape.exec(text)
  return shape === null ? null : [shape[2] ?? shape[3], shape[4], shape[5]].join('')
}

function remember<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = make()
  map.set(key, value)
  return value
}
