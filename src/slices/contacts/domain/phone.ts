import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
  type PhoneNumberType,
} from 'libphonenumber-js/max'
import type { RejectReason } from './reject-reasons.js'

export interface PhoneRules {
  /** Numbers without a leading plus are read as numbers of this country. */
  defaultCountry: string
  /** ISO codes, never calling codes: Jamaica and the US share +1. */
  allowedCountries: readonly string[]
  allowVoip: boolean
}

export type PhoneReading =
  | { ok: true; phone: string; country: string; numberType: 'mobile' | 'fixed-line-or-mobile' | 'voip' }
  | { ok: false; reason: RejectReason }

export type ReadPhone = (text: string, country?: string | null) => PhoneReading

const placeholders = /^(?:n\.?\/?a\.?|none|null|nil|unknown|undefined|no phone|tbd|x+|-+|\.+|\?+|0+)$/i
const spreadsheetDamage = /^\d(?:[.,]\d+)?e\+?\d{1,2}$/i
/** Digits (of any script), the usual separators and an extension. Letters elsewhere are not a number. */
const looksLikeNumber =
  /^[+＋]?[\p{Nd}\s().\-‐-―−–/·,;#*xX]*(?:\s*(?:ext|extn|extension|x|#)\.?\s*\p{Nd}+)?$/iu
const TEXT_LENGTH_MAX = 60

/**
 * Area codes that are announced and in service but still unknown to the library's data. Each is an overlay of a US
 * area, so country and type are those of its neighbours. Remove a line once the library knows it; a test says when.
 */
export const newAreaCodes: readonly string[] = [
  '357', '436', '457', '465', '471', '483', '624', '679', '729', '837', '861', '924',
] // prettier-ignore
const newAreaCode = new RegExp(`^\\+1(?:${newAreaCodes.join('|')})[2-9]\\d{6}$`)

/** Reads one written number. The library is the judge; this adds what texting needs: allowed country, textable type, no extension. */
export function readPhone(text: string, rules: PhoneRules): PhoneReading {
  const written = tidy(text)
  if (written === '' || placeholders.test(written)) return refuse('phone-missing')
  if (spreadsheetDamage.test(written)) return refuse('phone-damaged-by-spreadsheet')
  if (written.length > TEXT_LENGTH_MAX || !looksLikeNumber.test(written)) return refuse('phone-unreadable')
  const country: CountryCode = isSupportedCountry(rules.defaultCountry) ? rules.defaultCountry : 'US'
  const number = parsePhoneNumberFromString(written, { defaultCountry: country, extract: false })
  if (number === undefined) return refuse(lengthReason(written, country))
  return judge(number, written, rules, country)
}

/** Every kind of number that is not a phone in somebody's pocket, and what to say about it. */
const untextable: Readonly<
  Record<Exclude<PhoneNumberType, 'MOBILE' | 'FIXED_LINE_OR_MOBILE'>, RejectReason>
> = {
  FIXED_LINE: 'number-landline',
  VOIP: 'number-voip',
  PREMIUM_RATE: 'number-premium',
  TOLL_FREE: 'number-toll-free',
  SHARED_COST: 'number-shared-cost',
  PERSONAL_NUMBER: 'number-not-personal',
  PAGER: 'number-not-personal',
  UAN: 'number-not-personal',
  VOICEMAIL: 'number-not-personal',
}

function judge(number: PhoneNumber, written: string, rules: PhoneRules, country: CountryCode): PhoneReading {
  if (newAreaCode.test(number.number)) {
    if (!rules.allowedCountries.includes('US')) return refuse('country-not-allowed')
    return number.ext === undefined
      ? { ok: true, phone: number.number, country: 'US', numberType: 'fixed-line-or-mobile' }
      : refuse('phone-extension')
  }
  if (!number.isValid()) {
    if (!callingCodeIsAllowed(number.countryCallingCode, rules)) return refuse('country-not-allowed')
    return refuse(lengthReason(written, country))
  }
  if (number.country === undefined) return refuse('number-without-country')
  if (!rules.allowedCountries.includes(number.country)) return refuse('country-not-allowed')
  if (number.ext !== undefined) return refuse('phone-extension')
  return judgeType(number.number, number.country, number.getType(), rules)
}

function judgeType(
  phone: string,
  country: string,
  type: PhoneNumberType | undefined,
  rules: PhoneRules,
): PhoneReading {
  if (type === undefined) return refuse('phone-not-in-use')
  if (type === 'MOBILE') return { ok: true, phone, country, numberType: 'mobile' }
  if (type === 'FIXED_LINE_OR_MOBILE') return { ok: true, phone, country, numberType: 'fixed-line-or-mobile' }
  if (type === 'VOIP' && rules.allowVoip) return { ok: true, phone, country, numberType: 'voip' }
  return refuse(untextable[type])
}

function lengthReason(written: string, country: CountryCode): RejectReason {
  switch (validatePhoneNumberLength(written, country)) {
    case 'TOO_SHORT':
      return 'phone-too-short'
    case 'TOO_LONG':
      return 'phone-too-long'
    case 'NOT_A_NUMBER':
      return 'phone-unreadable'
    case 'INVALID_COUNTRY':
    case 'INVALID_LENGTH':
    case undefined:
      return 'phone-not-in-use'
  }
}

function callingCodeIsAllowed(callingCode: string, rules: PhoneRules): boolean {
  return rules.allowedCountries.some(
    (country) => isSupportedCountry(country) && getCountryCallingCode(country) === callingCode,
  )
}

/** Removes what address books and spreadsheets put around a number without changing which number it is. */
function tidy(text: string): string {
  const visible = text.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '').trim()
  return visible
    .replace(/^'+/, '')
    .replace(/^(?:tel|sms|mobile|cell|phone)\s*:\s*/i, '')
    .replace(/^(\d{7,15})\.0+$/, '$1')
    .trim()
}

function refuse(reason: RejectReason): PhoneReading {
  return { ok: false, reason }
}

/** The country of a number in E.164 as a two-letter code; null when it has none, or is no number. */
export function countryOfPhone(phone: string): string | null {
  if (newAreaCode.test(phone)) return 'US'
  return parsePhoneNumberFromString(phone, { extract: false })?.country ?? null
}

/**
 * The E.164 form of any number, textable or not, for questions about its consent; null when it is none. Without a leading plus it
 * is read as a North American one and must be one that exists: a local number of another country would otherwise become a number
 * of nobody, and an opt-out would be recorded for that.
 */
export function normalPhone(text: string): string | null {
  const written = tidy(text)
  if (/^\+[1-9]\d{6,14}$/.test(written)) return written
  if (written.length > TEXT_LENGTH_MAX) return null
  const number = parsePhoneNumberFromString(written, { defaultCountry: 'US', extract: false })
  if (number === undefined) return null
  const isMeant = /^[+＋]/.test(written)
    ? number.isPossible()
    : number.isValid() || newAreaCode.test(number.number)
  return isMeant ? number.number : null
}
