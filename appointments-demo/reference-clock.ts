/** The clock of the reference planner: what it shows in a zone, and whether people are left alone then. */

export const MINUTE = 60_000
const OPENS = 8 * 60
const CLOSES = 22 * 60
/** Minutes before the close in which nothing is planned any more. */
export const MARGIN = 10

const formats = new Map<string, Intl.DateTimeFormat>()

export interface LocalClock {
  date: string
  minute: number
}

const QUARTER = 15 * MINUTE
const quarters = new Map<string, LocalClock>()

/** What a clock in the zone shows. Every zone is a number of quarters off and changes at one, so each quarter is read once. */
export function clockIn(zone: string, at: number): LocalClock {
  const quarter = Math.floor(at / QUARTER) * QUARTER
  const key = `${zone} ${String(quarter)}`
  let shown = quarters.get(key)
  if (shown === undefined) {
    shown = readClock(zone, quarter)
    quarters.set(key, shown)
  }
  return { date: shown.date, minute: shown.minute + Math.floor((at - quarter) / MINUTE) }
}

function readClock(zone: string, at: number): LocalClock {
  let format = formats.get(zone)
  if (format === undefined) {
    const two = '2-digit'
    format = new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two },
    })
    formats.set(zone, format)
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const date = [parts.get('year'), parts.get('month'), parts.get('day')].join('-')
  return { date, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) }
}

export function isQuiet(zone: string, at: number): boolean {
  const { minute } = clockIn(zone, at)
  return minute < OPENS || minute >= CLOSES
}
