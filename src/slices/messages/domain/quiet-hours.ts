import { clockTime, isoDate, localTime } from './local-time.js'
import type { Purpose } from './new-message.js'
import { stateHoursOn, type DayWindow } from './state-hours.js'
import { isFederalHoliday, weekdayOf } from './us-holidays.js'

/** What an account has set for itself; everything else is the default. */
export interface HoursRules {
  windows: { transactional?: DayWindow | undefined; marketing?: DayWindow | undefined }
  /** ISO dates in the recipient's calendar on which no marketing goes out. */
  holidays: readonly string[]
  /** Why an administrator lifted quiet hours and the frequency cap; null keeps them. */
  waiver: string | null
}

/** When texts of one purpose may reach somebody who may be in any of these zones, under any of these states' laws. */
export interface QuietHours {
  /** Equal for equal hours. */
  key: string
  isWaived: boolean
  zones: readonly string[]
  ruleOn(day: number): DayRule
}

/** What holds on one local day, and who says so. */
export interface DayRule {
  /** Null when the whole day is quiet. */
  window: DayWindow | null
  opensBy: RuleSource
  closesBy: RuleSource
}

export interface RuleSource {
  /** `default`, `account`, `holiday` or the two letters of a state. */
  rule: string
  source: string
}

export const defaultHours = {
  transactional: { opens: 8 * 60, closes: 22 * 60 },
  marketing: { opens: 8 * 60, closes: 20 * 60 },
} as const satisfies Record<string, DayWindow>

/** At most this many, so that some day of the coming two months is always open. */
export const HOLIDAYS_MAX = 40

export interface HoursQuestion {
  purpose: Purpose
  zones: readonly string[]
  regions: readonly string[]
  rules: HoursRules
}

const KNOWN_MAX = 5_000
const known = new Map<string, QuietHours>()
const rulesKeys = new WeakMap<HoursRules, string>()

/**
 * The hours of one kind of recipient. The strictest of everything: open is what is open in every zone and in every state.
 * Equal questions get the same object, so that what was computed for one of them serves all texts of a claim.
 */
export function quietHoursFor({ purpose, zones, regions, rules }: HoursQuestion): QuietHours {
  const kind = purpose === 'marketing' ? 'marketing' : 'transactional'
  let rulesKey = rulesKeys.get(rules)
  if (rulesKey === undefined) rulesKeys.set(rules, (rulesKey = JSON.stringify(rules)))
  const states = kind === 'marketing' ? regions : []
  const key = `${kind} ${zones.join('&')} ${states.join('&')} ${rulesKey}`
  const remembered = known.get(key)
  if (remembered !== undefined) return remembered
  const days = new Map<number, DayRule>()
  const made: QuietHours = {
    key,
    isWaived: rules.waiver !== null,
    zones,
    ruleOn: (day) => {
      let rule = days.get(day)
      if (rule === undefined) days.set(day, (rule = dayRule(kind, states, rules, day)))
      return rule
    },
  }
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(key, made)
  return made
}

/** Whether a text may go at this instant. The end of a window is not in it. */
export function isOpenAt(hours: QuietHours, at: Date): boolean {
  return hours.isWaived || hours.zones.every((zone) => isOpenIn(hours, zone, at.getTime()))
}

function isOpenIn(hours: QuietHours, zone: string, at: number): boolean {
  const { day, minute } = localTime(zone, at)
  const { window } = hours.ruleOn(day)
  return window !== null && minute >= window.opens && minute < window.closes
}

function dayRule(
  kind: 'transactional' | 'marketing',
  states: readonly string[],
  rules: HoursRules,
  day: number,
): DayRule {
  const date = isoDate(day)
  const own = rules.windows[kind]
  const byDefault: RuleSource = { rule: 'default', source: `${kind} texts by default` }
  const byAccount: RuleSource = { rule: 'account', source: 'the account’s own hours' }
  if (kind === 'transactional')
    return own === undefined
      ? { window: defaultHours.transactional, opensBy: byDefault, closesBy: byDefault }
      : { window: own, opensBy: byAccount, closesBy: byAccount }
  if (rules.holidays.includes(date)) return shut({ rule: 'holiday', source: 'a holiday of the account' })
  let rule: DayRule = { window: defaultHours.marketing, opensBy: byDefault, closesBy: byDefault }
  if (own !== undefined) rule = narrowed(rule, own, byAccount)
  for (const state of states) {
    const law = stateHoursOn(state, date)
    if (law === null) continue
    const by = { rule: state, source: law.source }
    const isSpared = law.sparesHolidays && isFederalHoliday(day)
    rule = narrowed(rule, isSpared ? null : (law.days[weekdayOf(day)] ?? null), by)
  }
  return rule
}

/** The part of a day that both leave, and which of the two is why. */
function narrowed(rule: DayRule, window: DayWindow | null, by: RuleSource): DayRule {
  if (rule.window === null) return rule
  if (window === null) return shut(by)
  const opens = Math.max(rule.window.opens, window.opens)
  const closes = Math.min(rule.window.closes, window.closes)
  if (opens >= closes) return shut(by)
  return {
    window: { opens, closes },
    opensBy: opens > rule.window.opens ? by : rule.opensBy,
    closesBy: closes < rule.window.closes ? by : rule.closesBy,
  }
}

function shut(by: RuleSource): DayRule {
  return { window: null, opensBy: by, closesBy: by }
}

/** Why it is quiet at an instant: the first place whose clock is outside of its window. Null when it is open. */
export interface QuietReason extends RuleSource {
  zone: string
  /** `2026-11-22 21:40`, on the clock of the zone. */
  localTime: string
  window: DayWindow | null
}

export function whyQuiet(hours: QuietHours, at: Date): QuietReason | null {
  if (hours.isWaived) return null
  for (const zone of hours.zones) {
    if (isOpenIn(hours, zone, at.getTime())) continue
    const { day, minute } = localTime(zone, at.getTime())
    const { window, opensBy, closesBy } = hours.ruleOn(day)
    const by = window !== null && minute >= window.closes ? closesBy : opensBy
    return { ...by, zone, localTime: `${isoDate(day)} ${clockTime(minute)}`, window }
  }
  return null
}
