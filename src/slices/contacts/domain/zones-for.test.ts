import { describe, expect, it } from '@jest/globals'
import { IANAZone } from 'luxon'
import { announcedOverlays } from './number-zones/announced-overlays.js'
import { stateLines, zoneLines } from './number-zones/number-zones.js'
import { contiguousStates, unitedStates, zonesOfRegion } from './number-zones/region-zones.js'
import { newAreaCodes } from './phone.js'
import { zonesFor } from './zones-for.js'

const at = (phone: string, zone: string | null = null, region: string | null = null) =>
  zonesFor({ phone, zone, region })

describe('zones of a number', () => {
  it('come from the longest prefix that is known', () => {
    expect(at('+12125550124')).toEqual({ zones: ['America/New_York'], regions: ['NY'], source: 'number' })
    expect(at('+18502005550').zones).toEqual(['America/Chicago'])
    expect(at('+18505555550')).toMatchObject({ zones: ['America/New_York'], regions: ['FL'] })
    expect(at('+447700900123').zones).toContain('Europe/London')
    expect(at('+9779841234567').zones).toEqual(['Asia/Katmandu'])
    expect(at('+17095550123').zones).toEqual(['America/Halifax', 'America/St_Johns'])
  })

  it('are less trusted than the stored state, and that less than the stored zone', () => {
    expect(at('+12125550124', 'Australia/Lord_Howe', 'TX')).toEqual({
      zones: ['Australia/Lord_Howe'],
      regions: ['NY', 'TX'],
      source: 'contact',
    })
    expect(at('+12125550124', null, 'TN')).toEqual({
      zones: ['America/New_York', 'America/Chicago'],
      regions: ['NY', 'TN'],
      source: 'region',
    })
    expect(at('+12125550124', 'Mars/Olympus', null).source).toBe('number')
  })

  it('hold the law of the area code and of the stored state together, once each', () => {
    expect(at('+13055550123', null, 'FL').regions).toEqual(['FL'])
    expect(at('+13055550123', null, 'tx').regions).toEqual(['FL', 'TX'])
  })

  it('take two letters for a state only where numbers begin with 1', () => {
    expect(at('+61412345678', null, 'WA')).toMatchObject({ regions: [], source: 'number' })
    expect(at('+12125550124', null, 'Attica')).toMatchObject({ regions: ['NY'], source: 'number' })
  })

  it('of an area code that nobody knows are all of the contiguous states', () => {
    expect(at('+12995550123')).toEqual({ zones: contiguousStates, regions: [], source: 'country' })
  })

  it('of a number without a place are those of the whole country', () => {
    for (const phone of ['+18005550123', '+18885550123', '+15225550123', '+19005550123'])
      expect(at(phone)).toEqual({ zones: unitedStates, regions: [], source: 'country' })
  })

  it('of an announced overlay are those of the area that it covers', () => {
    expect(at('+13575550123')).toEqual({ zones: ['America/Los_Angeles'], regions: ['CA'], source: 'number' })
    expect(Object.keys(announcedOverlays)).toEqual(newAreaCodes.map((code) => `1${code}`))
  })
})

describe('the tables', () => {
  const words = (lines: string): string[][] => lines.trim().split('\n').map((line) => line.split(' ')) // prettier-ignore

  it('name zones only that the runtime knows', () => {
    const named = new Set([
      ...words(zoneLines).flatMap(([zones]) => zones!.split('&')),
      ...Object.values(announcedOverlays).flatMap(({ zones }) => zones),
      ...[...zonesOfRegion.values()].flat(),
    ])
    expect([...named].filter((zone) => !IANAZone.isValidZone(zone))).toEqual([])
  })

  it('do not know an announced overlay yet; remove it from the list when this fails', () => {
    const known = new Set(words(zoneLines).flatMap(([, ...prefixes]) => prefixes.map((p) => p.slice(0, 4))))
    expect(Object.keys(announcedOverlays).filter((area) => known.has(area))).toEqual([])
  })

  it('know the zones of each state that an area code has', () => {
    const states = new Set(words(stateLines).flatMap(([state]) => state!.split('&')))
    expect([...states].filter((state) => !zonesOfRegion.has(state))).toEqual([])
    expect(states.size).toBe(65)
  })

  it('know the state of every area code of the US and Canada that has a zone', () => {
    const withState = new Set(words(stateLines).flatMap(([, ...areas]) => areas))
    const north = words(zoneLines).filter(([zones]) =>
      zones!.split('&').every((zone) => unitedStates.includes(zone)),
    )
    const without = north
      .flatMap(([, ...prefixes]) => prefixes)
      .filter((prefix) => prefix.startsWith('1') && !withState.has(prefix.slice(0, 4)))
    expect(without).toEqual([])
  })
})
