/** Days since 1970-01-01 of a calendar date. */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / 86_400_000)
}

/** Monday is 0, as in the tables of windows. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** The nth weekday of a month; the last one with -1. */
function nth(year: number, month: number, weekday: number, place: number): number {
  if (place > 0) {
    const first = dayNumber(year, month, 1)
    return first + ((weekday - weekdayOf(first) + 7) % 7) + (place - 1) * 7
  }
  const last = dayNumber(year, month + 1, 1) - 1
  return last - ((weekdayOf(last) - weekday + 7) % 7)
}

const [MONDAY, THURSDAY] = [0, 3]

/** Federal holidays of the United States (5 U.S.C. 6103), on the days themselves. */
const holidaysOf = (year: number): number[] => [
  dayNumber(year, 1, 1),
  nth(year, 1, MONDAY, 3),
  nth(year, 2, MONDAY, 3),
  nth(year, 5, MONDAY, -1),
  dayNumber(year, 6, 19),
  dayNumber(year, 7, 4),
  nth(year, 9, MONDAY, 1),
  nth(year, 10, MONDAY, 2),
  dayNumber(year, 11, 11),
  nth(year, 11, THURSDAY, 4),
  dayNumber(year, 12, 25),
]

const known = new Map<number, ReadonlySet<number>>()

export function isFederalHoliday(day: number): boolean {
  const year = new Date(day * 86_400_000).getUTCFullYear()
  let holidays = known.get(year)
  if (holidays === undefined) known.set(year, (holidays = new Set(holidaysOf(year))))
  return holidays.has(day)
}
