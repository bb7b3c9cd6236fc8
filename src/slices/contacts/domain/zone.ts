import { IANAZone } from 'luxon'
import { zoneAliases } from './zone-aliases.js'

/** Maps, not objects: a cell may well say `constructor`. */
const aliases = new Map(Object.entries(zoneAliases))
const places = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]))

/**
 * The IANA zone of a place, from what a file or a person wrote: `America/New_York`, `US/Pacific`, `CST`, `Eastern`,
 * `(GMT-05:00) Eastern Time (US & Canada)`. Offsets and UTC are not places (they do not know daylight saving), and an
 * ambiguous abbreviation is not a guess we make: both are null. Arizona keeps standard time, so "Mountain" there is Phoenix.
 */
export function zoneFromText(text: string, region?: string | null): string | null {
  const written = text.trim()
  if (written === '') return null
  const key = written
    .toLowerCase()
    .replace(/^\((?:gmt|utc)[^)]*\)\s*/, '')
    .replace(/\s+/g, ' ')
    .replace(/^([a-z]+) (?:standard |daylight )?time(?: \(us & canada\))?$/, '$1')
  const alias = aliases.get(key)
  if (alias === 'America/Denver' && region === 'AZ') return 'America/Phoenix'
  if (alias !== undefined) return alias
  return places.get(key) ?? places.get(key.replaceAll(' ', '_')) ?? renamedPlace(written)
}

/** Runtimes list places under one of their names and know the others, too: Kathmandu is listed as Katmandu. */
function renamedPlace(name: string): string | null {
  return /^(?!Etc\/)[A-Z]\w+\/\w+$/.test(name) && IANAZone.isValidZone(name) ? name : null
}
