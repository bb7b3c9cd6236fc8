import { IANAZone } from 'luxon'

const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
/** Zones that change their clocks twice keep weeks in between. */
const SAMPLE_MS = 6 * 3_600_000

/** Days since 1970-01-01 and minutes since midnight, on a clock in the zone. */
export interface LocalTime {
  day: number
  minute: number
}

export function localTime(zone: string, at: number): LocalTime {
  const wall = at + offsetMs(zone, at)
  const day = Math.floor(wall / DAY_MS)
  return { day, minute: Math.floor((wall - day * DAY_MS) / MINUTE_MS) }
}

/** Clocks change on the quarter hour of UTC, everywhere and for as long as anybody has planned. */
const QUARTER_MS = 15 * MINUTE_MS
const OFFSETS_MAX = 50_000
const offsets = new Map<string, number>()

/**
 * What the zone's clock is ahead of UTC at an instant. Remembered for that quarter of an hour, since asking the runtime
 * costs more than all the rest.
 */
function offsetMs(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER_MS)
  const key = `${zone} ${String(quarter)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const offset = IANAZone.create(zone).offset(quarter * QUARTER_MS)
  // A runtime that has lost the zone: UTC is as good as any.
  const value = Number.isNaN(offset) ? 0 : Math.round(offset * MINUTE_MS)
  if (offsets.size >= OFFSETS_MAX) offsets.clear()
  offsets.set(key, value)
  return value
}

/** The offsets that a zone has between two instants, and the instants at which it changes them. */
export function offsetsBetween(
  zone: string,
  from: number,
  to: number,
): { offsets: number[]; changes: number[] } {
  let before = offsetMs(zone, from)
  const found = new Set([before])
  const changes: number[] = []
  for (let at = from; at < to; at += SAMPLE_MS) {
    const end = Math.min(at + SAMPLE_MS, to)
    const after = offsetMs(zone, end)
    if (after !== before) changes.push(changeBetween(zone, at, end))
    found.add(after)
    before = after
  }
  return { offsets: [...found], changes }
}

/** The first quarter of an hour in which the clock shows the later offset. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = offsetMs(zone, from)
  let low = Math.floor(from / QUARTER_MS)
  let high = Math.ceil(to / QUARTER_MS)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(zone, middle * QUARTER_MS) === before) low = middle
    else high = middle
  }
  return high * QUARTER_MS
}

export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** `08:00` */
export function clockTime(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
