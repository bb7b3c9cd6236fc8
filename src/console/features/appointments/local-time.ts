import { DateTime } from 'luxon'
import { now } from '../../shared/clock.js'
import { zoneName } from '../../shared/instant.js'

/** A moment on the clock of a zone. */
export function inZone(at: string | Date, zone: string): DateTime {
  const moment = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at)
  return moment.setZone(zone).setLocale('en-GB')
}

export function today(zone: string): DateTime {
  return inZone(now(), zone).startOf('day')
}

/** `EST`, or `GMT+5:45` where a zone has no short name. */
export function zoneShort(at: DateTime): string {
  return at.setLocale('en-US').toFormat('ZZZZ')
}

/** "Fri 6 Mar, 12:00 EST"; with the year when it is another one. */
export function zonedText(at: string | Date, zone: string): string {
  const local = inZone(at, zone)
  const year = local.year === today(zone).year ? '' : ' yyyy'
  return `${local.toFormat(`ccc d LLL${year}, HH:mm`)} ${zoneShort(local)}`
}

/** "12:00 – 12:50", on the clock of a zone. */
export function spanText(at: string, minutes: number, zone: string): string {
  const begin = inZone(at, zone)
  return `${begin.toFormat('HH:mm')}–${begin.plus({ minutes }).toFormat('HH:mm')}`
}

/** Whether two zones show another time at a moment. */
export function clocksDiffer(at: string, one: string, two: string): boolean {
  return inZone(at, one).offset !== inZone(at, two).offset
}

/** The zone of whoever looks, if it is a place that the server knows; offsets like UTC know no summer. */
export const ownPlace: string | null = zoneName.includes('/') ? zoneName : null

/** "New York", of `America/New_York`. */
export function placeName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}
