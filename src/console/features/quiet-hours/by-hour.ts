interface HourBar {
  /** Begin of the hour. */
  at: Date
  people: number
}

const HOUR_MS = 3_600_000
/** More bars than this are not told apart; then hours without anybody are left out. */
const BARS_MAX = 48

/** How many people's first open moment lies in each hour, with the empty hours between them. */
export function byHour(
  groups: readonly { recipients: number; opensAt?: string | null | undefined }[],
): HourBar[] {
  const sums = new Map<number, number>()
  for (const { recipients, opensAt } of groups) {
    if (opensAt == null) continue
    const hour = Math.floor(Date.parse(opensAt) / HOUR_MS) * HOUR_MS
    sums.set(hour, (sums.get(hour) ?? 0) + recipients)
  }
  const hours = [...sums.keys()].sort((a, b) => a - b)
  const [first, last] = [hours[0], hours.at(-1)]
  if (first === undefined || last === undefined) return []
  const isDense = (last - first) / HOUR_MS < BARS_MAX
  const shown = isDense
    ? Array.from({ length: (last - first) / HOUR_MS + 1 }, (_, index) => first + index * HOUR_MS)
    : hours
  return shown.map((hour) => ({ at: new Date(hour), people: sums.get(hour) ?? 0 }))
}
