import { getCountries, isSupportedCountry } from 'libphonenumber-js/max'
import { plainWords } from './text.js'

/** What files call the countries that most of them are about; every English name comes from the runtime's own data. */
const otherNames: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'u k': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  can: 'CA',
  holland: 'NL',
  'the netherlands': 'NL',
  deutschland: 'DE',
  espana: 'ES',
  mexico: 'MX',
  uae: 'AE',
}

const names = new Map<string, string>(Object.entries(otherNames))
const englishNames = new Intl.DisplayNames(['en'], { type: 'region' })
for (const country of getCountries()) {
  names.set(plainWords(englishNames.of(country) ?? country), country)
}

/** The ISO code of a country as a file writes it (`US`, `usa`, `United States`), or null. */
export function countryFromText(text: string): string | null {
  if (text === '') return null
  const upper = text.trim().toUpperCase()
  if (upper.length === 2 && isSupportedCountry(upper)) return upper
  return names.get(plainWords(text)) ?? null
}

/** An upper-case ISO code that telephone numbers can belong to. */
export function isCountry(text: string): boolean {
  return isSupportedCountry(text)
}
