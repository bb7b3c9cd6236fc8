import { defaultHours, HOLIDAYS_MAX, type HoursRules } from './quiet-hours.js'
import type { DayWindow } from './state-hours.js'

export interface HoursChange {
  /** `08:00`; null for the default, left out to keep what is. */
  transactional?: TimesOfDay | null | undefined
  marketing?: TimesOfDay | null | undefined
  /** ISO dates. */
  holidays?: readonly string[] | undefined
  marketingPerDay?: number | undefined
}

export interface TimesOfDay {
  opens: string
  closes: string
}

export type HoursRefusal =
  'window-invalid' | 'marketing-too-wide' | 'holiday-invalid' | 'holidays-too-many' | 'cap-out-of-range'

interface Hours {
  rules: HoursRules
  marketingPerDay: number
}

export const CAP_MAX = 10
/** A window shorter than this leaves no room between a text that is planned and the close. */
const WINDOW_MIN = 30

/** The hours after a change, or why it cannot be made. */
export function readHoursChange(
  before: Hours,
  change: HoursChange,
): { ok: true; hours: Hours } | { ok: false; reason: HoursRefusal } {
  const windows: HoursRules['windows'] = { ...before.rules.windows }
  for (const kind of ['transactional', 'marketing'] as const) {
    const times = change[kind]
    if (times === undefined) continue
    const window = times === null ? undefined : windowOf(times)
    if (window === null) return { ok: false, reason: 'window-invalid' }
    windows[kind] = window
  }
  const { marketing } = windows
  const widest = defaultHours.marketing
  if (marketing !== undefined && (marketing.opens < widest.opens || marketing.closes > widest.closes))
    return { ok: false, reason: 'marketing-too-wide' }
  const holidays =
    change.holidays === undefined ? before.rules.holidays : [...new Set(change.holidays)].sort()
  if (holidays.length > HOLIDAYS_MAX) return { ok: false, reason: 'holidays-too-many' }
  if (!holidays.every(isDate)) return { ok: false, reason: 'holiday-invalid' }
  const marketingPerDay = change.marketingPerDay ?? before.marketingPerDay
  if (marketingPerDay < 1 || marketingPerDay > CAP_MAX) return { ok: false, reason: 'cap-out-of-range' }
  return {
    ok: true,
    hours: { rules: { windows, holidays, waiver: before.rules.waiver }, marketingPerDay },
  }
}

function windowOf({ opens, closes }: TimesOfDay): DayWindow | null {
  const window = { opens: minuteOf(opens), closes: minuteOf(closes) }
  return window.closes - window.opens >= WINDOW_MIN ? window : null
}

/** `24:00` is the end of the day. */
function minuteOf(text: string): number {
  const read = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (read === null) return text === '24:00' ? 1440 : Number.NaN
  return Number(read[1]) * 60 + Number(read[2])
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
