import { expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import { createDateReader } from './consent-date.js'
import { purposesOfColumn, readConsentWord } from './consent-words.js'
import { countryFromText } from './country.js'
import { regionFromText } from './region.js'
import { tagsFromCell } from './tags.js'
import { zoneAliases } from './zone-aliases.js'
import { zoneFromText } from './zone.js'

const both = ['transactional', 'marketing'] as const
const now = DateTime.fromISO('2026-06-01T00:00:00Z', { zone: 'utc' })

test.each(['Y', 'yes', 'TRUE', 'Opted in', '1', ' Subscribed '])('%s is a yes', (word) => {
  expect(readConsentWord(word, both)).toEqual({ kind: 'yes', purposes: both })
})

test.each(['No', 'FALSE', 'unsubscribed', '0', 'Opted-out'])('%s is a no', (word) => {
  expect(readConsentWord(word, both)).toEqual({ kind: 'no', purposes: both })
})

test.each(['maybe', 'see notes', '2026'])('%s grants nothing and revokes nothing', (word) => {
  expect(readConsentWord(word, both)).toEqual({ kind: 'unclear' })
})

test('an empty cell says nothing', () => {
  expect(readConsentWord('  ', both)).toEqual({ kind: 'nothing' })
})

test('a cell that names a purpose speaks of that purpose only', () => {
  expect(readConsentWord('marketing', both)).toEqual({ kind: 'yes', purposes: ['marketing'] })
})

test('not having opted out is not consent', () => {
  expect(readConsentWord('No', both, 'opt-out')).toEqual({ kind: 'nothing' })
  expect(readConsentWord('Yes', both, 'opt-out')).toEqual({ kind: 'no', purposes: both })
  expect(readConsentWord('unsubscribed', both, 'opt-out')).toEqual({ kind: 'no', purposes: both })
})

test('a column that names a purpose speaks of that purpose only', () => {
  expect(purposesOfColumn('Marketing SMS Opt-in')).toEqual(['marketing'])
  expect(purposesOfColumn('SMS Consent')).toEqual(both)
})

test.each([
  ['2026-03-08', '2026-03-08T00:00:00.000Z'],
  ['3/13/2026', '2026-03-13T00:00:00.000Z'],
  ['13/3/2026', '2026-03-13T00:00:00.000Z'],
  ['2026-04-01T12:00:00Z', '2026-04-01T12:00:00.000Z'],
  ['2026-04-01 12:00:00', '2026-04-01T12:00:00.000Z'],
  ['Mar 13, 2026 4:05 PM', '2026-03-13T16:05:00.000Z'],
])('reads the date %s', (text, instant) => {
  expect(createDateReader('month-first', now)(text)?.toISOString()).toBe(instant)
})

test.each(['', 'soon', '2026-02-30', '13/13/2026', '2027-01-01', '1/1/1900'])(
  'the date "%s" proves nothing',
  (text) => {
    expect(createDateReader('month-first', now)(text)).toBeNull()
  },
)

test('an ambiguous date follows the stated order', () => {
  expect(createDateReader('day-first', now)('4/3/2026')?.toISOString()).toBe('2026-03-04T00:00:00.000Z')
})

test.each([
  ['America/New_York', 'America/New_York'],
  ['america/chicago', 'America/Chicago'],
  ['US/Pacific', 'America/Los_Angeles'],
  ['CST', 'America/Chicago'],
  ['Eastern', 'America/New_York'],
  ['Eastern Standard Time', 'America/New_York'],
  ['(GMT-05:00) Eastern Time (US & Canada)', 'America/New_York'],
  ['Europe/London', 'Europe/London'],
])('the zone %s is %s', (text, zone) => {
  expect(zoneFromText(text)).toBe(zone)
})

test.each(['', 'UTC', 'GMT', '-05:00', 'IST', 'Mars/Olympus', 'constructor'])(
  'the zone "%s" is unknown',
  (text) => {
    expect(zoneFromText(text)).toBeNull()
  },
)

test('mountain time in Arizona knows no daylight saving', () => {
  expect(zoneFromText('MST', 'AZ')).toBe('America/Phoenix')
  expect(zoneFromText('MST', 'CO')).toBe('America/Denver')
})

test('every alias leads to a zone that the runtime knows', () => {
  const unknown = Object.values(zoneAliases).filter((zone) => !DateTime.fromObject({}, { zone }).isValid)

  expect(unknown).toEqual([])
})

test.each([
  ['USA', 'US'],
  ['United States', 'US'],
  ['us', 'US'],
  ['England', 'GB'],
  ['Germany', 'DE'],
  ['Côte d’Ivoire', 'CI'],
  ['x', null],
  ['', null],
])('the country %s is %s', (text, country) => {
  expect(countryFromText(text)).toBe(country)
})

test.each([
  ['Tennessee', 'TN'],
  ['tn', 'TN'],
  ['US-TN', 'TN'],
  ['Québec', 'QC'],
  ['Bavaria', 'Bavaria'],
  ['', null],
])('the region %s is %s', (text, region) => {
  expect(regionFromText(text)).toBe(region)
})

test('tags of every export format end as one tidy list', () => {
  expect(tagsFromCell('VIP; spring-sale,vip')).toEqual(['vip', 'spring-sale'])
  expect(tagsFromCell('* myContacts ::: Clients')).toEqual(['mycontacts', 'clients'])
})
