import { DAY_MS, localTime, offsetsBetween } from './local-time.js'
import { isOpenAt, type QuietHours } from './quiet-hours.js'

export interface Interval {
  from: number
  /** Not in it. */
  to: number
}

const MINUTE_MS = 60_000
const STEP_MS = 2 * DAY_MS
/** Where no hour is open within this, none ever is: holidays and Sundays together are fewer. */
const HORIZON_MS = 64 * DAY_MS
/** What a text planned for the last minute needs to be sent before the hours close. */
export const CLOSING_MARGIN_MS = 10 * MINUTE_MS

/** The stretches between two instants in which texts may go, in order and apart. */
export function openBetween(hours: QuietHours, from: number, to: number): Interval[] {
  if (hours.isWaived) return [{ from, to }]
  const instants = [from, ...boundaries(hours, from, to), to]
  const open: Interval[] = []
  for (const [place, at] of instants.entries()) {
    const end = instants[place + 1]
    if (end === undefined || !isOpenAt(hours, new Date(at))) continue
    const last = open.at(-1)
    if (last?.to === at) last.to = end
    else open.push({ from: at, to: end })
  }
  return open
}

/**
 * Every instant at which something may change, in order: where a clock shows the begin or the end of a window under any
 * offset that it has around then, and where a clock is changed. A superset costs nothing: each is asked.
 */
function boundaries(hours: QuietHours, from: number, to: number): number[] {
  const found = new Set<number>()
  for (const zone of hours.zones) {
    const { offsets, changes } = offsetsBetween(zone, from - DAY_MS, to + DAY_MS)
    for (const change of changes) found.add(change)
    const lastDay = localTime(zone, to).day + 1
    for (let day = localTime(zone, from).day - 1; day <= lastDay; day += 1) {
      const { window } = hours.ruleOn(day)
      if (window === null) continue
      for (const minute of [window.opens, window.closes])
        for (const offset of offsets) found.add(day * DAY_MS + minute * MINUTE_MS - offset)
    }
  }
  return [...found].filter((at) => at > from && at < to).sort((a, b) => a - b)
}

/** The first instant from `at` on that is open; `at` itself when it is. Null when no hour is open in every place. */
export function nextOpening(hours: QuietHours, at: Date): Date | null {
  if (isOpenAt(hours, at)) return at
  for (let from = at.getTime(); from < at.getTime() + HORIZON_MS; from += STEP_MS) {
    const [first] = openBetween(hours, from, from + STEP_MS)
    if (first !== undefined) return new Date(first.from)
  }
  return null
}

/**
 * The latest instant not after `at` at which a text may go and still has a margin before the hours close; of a stretch that is
 * shorter than the margin (clocks that hardly overlap), its begin. Where no hour before it is open it is `at` itself: the gate
 * holds or refuses the text then and says why.
 */
export function lastOpenBefore(hours: QuietHours, at: Date): Date {
  const end = at.getTime()
  for (let back = STEP_MS; back <= HORIZON_MS; back *= 2) {
    const start = end - back
    for (const { from, to } of openBetween(hours, start, end + CLOSING_MARGIN_MS).reverse()) {
      const last = Math.max(from, Math.min(end, to - CLOSING_MARGIN_MS))
      // What begins where the search does may have begun before it: the next search sees.
      const isWhole = from > start || to - from >= CLOSING_MARGIN_MS
      if (last <= end && isWhole) return new Date(last)
    }
  }
  return at
}

/** How it stands at one instant, and for how long. */
export interface Standing {
  isOpen: boolean
  from: number
  until: number
  /** When it is open again; null when it never is. Now, while it is open. */
  opensAt: number | null
}

const standings = new Map<string, Standing>()
const STANDINGS_MAX = 5_000

/** Open or quiet now, remembered until that changes: a claim of many texts computes each kind of recipient once. */
export function standingAt(hours: QuietHours, at: Date): Standing {
  const now = at.getTime()
  const known = standings.get(hours.key)
  if (known !== undefined && known.from <= now && now < known.until)
    return known.isOpen ? { ...known, opensAt: now } : known
  const standing = findStanding(hours, now)
  if (standings.size >= STANDINGS_MAX) standings.clear()
  standings.set(hours.key, standing)
  return standing
}

function findStanding(hours: QuietHours, now: number): Standing {
  if (isOpenAt(hours, new Date(now))) {
    const until = openBetween(hours, now, now + STEP_MS)[0]?.to ?? now
    return { isOpen: true, from: now, until, opensAt: now }
  }
  const opening = nextOpening(hours, new Date(now))
  const until = opening?.getTime() ?? now + DAY_MS
  return { isOpen: false, from: now, until, opensAt: opening?.getTime() ?? null }
}
