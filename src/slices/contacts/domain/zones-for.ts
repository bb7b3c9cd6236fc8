import { IANAZone } from 'luxon'
import { announcedOverlays } from './number-zones/announced-overlays.js'
import { stateLines, zoneLines } from './number-zones/number-zones.js'
import { contiguousStates, unitedStates, zonesOfRegion } from './number-zones/region-zones.js'

/** What is known of somebody's place. */
export interface Whereabouts {
  /** E.164. */
  phone: string
  /** The contact's own zone, when it is stored. */
  zone: string | null
  /** The contact's state or province, when it is stored. */
  region: string | null
}

export interface CandidateZones {
  /** Every zone that the person may be in; never empty. */
  zones: readonly string[]
  /** Every state or province whose law may apply. */
  regions: readonly string[]
  /** What the zones were taken from. */
  source: 'contact' | 'region' | 'number' | 'country'
}

/** Area codes of the North American plan that belong to no place: toll-free, personal, machines, government, premium. */
const nonGeographic = /^1(?:8(?:00|22|33|44|55|66|77|8\d)|5(?:00|2[1-9]|33|44|66|77|88)|600|622|700|710|900)/

/**
 * Where the owner of a number may be: the stored zone, else the zones of the stored state, else those of the number's
 * longest known prefix, else those of its country. People keep their numbers when they move, so the number is a guess:
 * for the law, the states of the area code and the stored state count together. Pure, and fast enough for every text.
 */
export function zonesFor({ phone, zone, region }: Whereabouts): CandidateZones {
  const { byNumber, isKnown, states } = placeOfNumber(phone)
  const code = region !== null && phone.startsWith('+1') ? region.toUpperCase() : null
  const ofRegion = code === null ? undefined : zonesOfRegion.get(code)
  const regions =
    code === null || ofRegion === undefined || states.includes(code) ? states : [...states, code].sort()
  if (zone !== null && isZone(zone)) return { zones: [zone], regions, source: 'contact' }
  if (ofRegion !== undefined) return { zones: ofRegion, regions, source: 'region' }
  return { zones: byNumber, regions, source: isKnown ? 'number' : 'country' }
}

interface NumberPlace {
  byNumber: readonly string[]
  isKnown: boolean
  states: readonly string[]
}

const PREFIX_MAX = 9
const places = new Map<string, NumberPlace>()
const PLACES_MAX = 20_000

/** Remembered by everything of the number that decides: campaigns go through a region's numbers again and again. */
function placeOfNumber(phone: string): NumberPlace {
  const key = phone.slice(1, PREFIX_MAX + 1)
  const known = places.get(key)
  if (known !== undefined) return known
  const place = findPlace(key)
  if (places.size >= PLACES_MAX) places.clear()
  places.set(key, place)
  return place
}

function findPlace(digits: string): NumberPlace {
  const area = digits.slice(0, 4)
  const announced = announcedOverlays[area]
  if (announced !== undefined) return { byNumber: announced.zones, isKnown: true, states: [announced.state] }
  const states = tables.states.get(area) ?? []
  for (let length = digits.length; length > 0; length -= 1) {
    const zones = tables.zones.get(digits.slice(0, length))
    if (zones !== undefined) return { byNumber: zones, isKnown: true, states }
  }
  if (!digits.startsWith('1')) return { byNumber: ['Etc/UTC'], isKnown: false, states }
  if (nonGeographic.test(digits)) return { byNumber: unitedStates, isKnown: false, states }
  return { byNumber: contiguousStates, isKnown: false, states }
}

const tables = {
  zones: byPrefix(zoneLines),
  states: byPrefix(stateLines),
}

function byPrefix(lines: string): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>()
  for (const line of lines.trim().split('\n')) {
    const [value, ...prefixes] = line.split(' ')
    const values = value?.split('&') ?? []
    for (const prefix of prefixes) rows.set(prefix, values)
  }
  return rows
}

const zoneVerdicts = new Map<string, boolean>()

/** Stored zones were checked when they came in; a runtime with older data may not know one all the same. */
function isZone(zone: string): boolean {
  const known = zoneVerdicts.get(zone)
  if (known !== undefined) return known
  const verdict = IANAZone.isValidZone(zone)
  zoneVerdicts.set(zone, verdict)
  return verdict
}
