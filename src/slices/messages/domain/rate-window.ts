/** How many single texts an account began in each of the last minutes. The last count is of the minute named. */
export interface RateWindow {
  minute: Date
  counts: readonly number[]
}

/** The minute at hand and the sixty before it: no sixty minutes in a row see more than the limit, wherever they begin. */
export const WINDOW_MINUTES = 61
const MINUTE_MS = 60_000

/** The window as it is now: what left it is forgotten. A clock that stepped back changes nothing. */
export function windowAt(before: RateWindow | null, now: Date): RateWindow {
  const minuteMs = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS
  if (before === null) return { minute: new Date(minuteMs), counts: zeros(WINDOW_MINUTES) }
  const passed = Math.max(0, Math.round((minuteMs - before.minute.getTime()) / MINUTE_MS))
  const gone = Math.min(passed, WINDOW_MINUTES)
  return {
    minute: new Date(before.minute.getTime() + passed * MINUTE_MS),
    counts: [...before.counts.slice(gone), ...zeros(gone)],
  }
}

export function withMore(window: RateWindow, count: number): RateWindow {
  const counts = [...window.counts]
  counts[counts.length - 1] = (counts.at(-1) ?? 0) + count
  return { ...window, counts }
}

export function placesLeft(window: RateWindow, limit: number): number {
  return Math.max(0, limit - window.counts.reduce((sum, count) => sum + count, 0))
}

/** When the text that is so many places beyond the limit (0, 1, …) may go: as soon as enough older ones left the window. */
export function placeFreeAt(window: RateWindow, limit: number, beyond: number): Date {
  let free = limit - window.counts.reduce((sum, count) => sum + count, 0)
  const oldest = window.minute.getTime() - (WINDOW_MINUTES - 1) * MINUTE_MS
  const place = window.counts.findIndex((count) => {
    free += count
    return free > beyond
  })
  const leaves = place === -1 ? WINDOW_MINUTES - 1 : place
  return new Date(oldest + (leaves + WINDOW_MINUTES) * MINUTE_MS)
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}
