import { clockTime } from './local-time.js'
import type { Purpose } from './new-message.js'
import { nextOpening, standingAt } from './open-intervals.js'
import { quietHoursFor, whyQuiet, type HoursRules, type QuietHours } from './quiet-hours.js'
import { stateHoursOn } from './state-hours.js'

const DAY_MS = 86_400_000

export interface TimeFacts {
  purpose: Purpose
  zones: readonly string[]
  regions: readonly string[]
  rules: HoursRules
  /** The account's own cap of marketing texts to a number within 24 hours. */
  marketingPerDay: number
  /** When other campaigns texted the number within 24 hours. */
  textedAt: readonly Date[]
  now: Date
}

export type TimeVerdict =
  /** Until when it stays so; null when nothing limits it. */
  | { isOpen: true; until: Date | null; zones: readonly string[] }
  | {
      isOpen: false
      reason: 'quiet_hours' | 'frequency_cap'
      /** The first moment at which it may go; null when there is none. */
      opensAt: Date | null
      /** For people: what was seen. No number in it. */
      detail: string
    }

/** Whether a text may go to somebody now, by the clock there and by what the person has got today already. */
export function judgeTime(facts: TimeFacts): TimeVerdict {
  if (facts.rules.waiver !== null) return { isOpen: true, until: null, zones: facts.zones }
  const hours = quietHoursFor(facts)
  const standing = standingAt(hours, facts.now)
  if (!standing.isOpen) {
    const opensAt = standing.opensAt === null ? null : new Date(standing.opensAt)
    return { isOpen: false, reason: 'quiet_hours', opensAt, detail: quietWords(hours, facts, opensAt) }
  }
  const cap = facts.purpose === 'marketing' ? capOf(facts) : null
  if (cap !== null && facts.textedAt.length >= cap.perDay) {
    const oldestFirst = facts.textedAt.map((at) => at.getTime()).sort((a, b) => a - b)
    const freeAt = (oldestFirst[oldestFirst.length - cap.perDay] ?? 0) + DAY_MS
    return {
      isOpen: false,
      reason: 'frequency_cap',
      opensAt: nextOpening(hours, new Date(freeAt)),
      detail: `The number got ${String(facts.textedAt.length)} marketing texts within 24 hours; it gets ${String(cap.perDay)} at most (${cap.source}).`,
    }
  }
  return { isOpen: true, until: new Date(standing.until), zones: facts.zones }
}

/** The account's cap, or a state's when that is lower. */
export function capOf({
  regions,
  marketingPerDay,
  now,
}: Pick<TimeFacts, 'regions' | 'marketingPerDay' | 'now'>): {
  perDay: number
  source: string
} {
  let cap = { perDay: marketingPerDay, source: 'the account’s cap' }
  for (const state of regions) {
    const law = stateHoursOn(state, now.toISOString().slice(0, 10))
    if (law?.perDay != null && law.perDay < cap.perDay)
      cap = { perDay: law.perDay, source: `${state}: ${law.source}` }
  }
  return cap
}

export function quietWords(
  hours: QuietHours,
  { purpose, now }: Pick<TimeFacts, 'purpose' | 'now'>,
  opensAt: Date | null,
): string {
  const why = whyQuiet(hours, now)
  if (why === null) return ''
  const kind = purpose === 'marketing' ? 'marketing texts' : 'such texts'
  const rule = why.window === null ? `no ${kind} go there on that day` : `${kind} go there from ${clockTime(why.window.opens)} to ${clockTime(why.window.closes)}` // prettier-ignore
  const by = /^[A-Z]{2}$/.test(why.rule) ? `${why.rule}: ${why.source}` : why.source
  const others = hours.zones.length === 1 ? '' : `, one of ${String(hours.zones.length)} zones that the person may be in` // prettier-ignore
  const never = opensAt === null ? ' No hour is open in all of them.' : ''
  return `It was ${why.localTime} in ${why.zone}${others}; ${rule} (${by}).${never}`
}
