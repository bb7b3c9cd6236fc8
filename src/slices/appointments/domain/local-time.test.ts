import { describe, expect, test } from '@jest/globals'
import { isZone, localWords, momentOf, wallClockAt } from './local-time.js'
import { isRule, occurrencesFrom } from './recurrence.js'

const utc = (at: Date): string => at.toISOString().slice(0, 16)

test.each([
  // Skipped in spring: as far behind the change as the clock was put forward.
  ['2027-03-14T02:30', 'America/New_York', '2027-03-14T07:30'],
  ['2027-03-28T01:30', 'Europe/London', '2027-03-28T01:30'],
  // Half an hour is skipped there.
  ['2027-10-03T02:15', 'Australia/Lord_Howe', '2027-10-02T15:45'],
  // Twice in autumn: the first.
  ['2027-11-07T01:30', 'America/New_York', '2027-11-07T05:30'],
  ['2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45'],
  ['2027-11-07T01:30', 'America/St_Johns', '2027-11-07T04:00'],
  ['2027-01-01T09:00', 'Asia/Kathmandu', '2027-01-01T03:15'],
])('%s in %s is %s, in whatever season it is asked', (wall, zone, moment) => {
  expect(utc(momentOf(wall, zone))).toBe(moment)
})

test('a weekly hour stays what the clock shows', () => {
  const series = { rule: 'FREQ=WEEKLY;COUNT=4', zone: 'America/New_York', localStart: '2027-02-28T09:00' }

  const all = occurrencesFrom(series, 1, 10)
  expect(all.map(({ startsAt }) => utc(startsAt))).toEqual([
    '2027-02-28T14:00',
    '2027-03-07T14:00',
    '2027-03-14T13:00',
    '2027-03-21T13:00',
  ])
  expect(all.map(({ startsAt }) => wallClockAt(startsAt, series.zone).slice(11))).toEqual(
    Array.from({ length: 4 }, () => '09:00'),
  )
  expect(occurrencesFrom(series, 3, 1)).toEqual([all[2]])
  expect(occurrencesFrom(series, 5, 3)).toEqual([])
})

describe('rules', () => {
  test.each([
    'FREQ=WEEKLY;COUNT=10',
    'FREQ=DAILY',
    'FREQ=MONTHLY;BYDAY=1MO',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  ])('%s is one', (rule) => {
    expect(isRule(rule)).toBe(true)
  })

  test.each([
    '',
    'FREQ=HOURLY',
    'FREQ=MINUTELY;COUNT=5',
    'FREQ=DAILY;BYHOUR=1,2,3',
    'every week',
    'FREQ=DAILY;DTSTART=20260101',
  ])('%s is none: nobody meets people all day', (rule) => {
    expect(isRule(rule)).toBe(false)
  })
})

test('zones are places, and words need no expensive characters', () => {
  expect([
    isZone('America/New_York'),
    isZone('Asia/Kathmandu'),
    isZone('EST'),
    isZone('UTC+3'),
    isZone('Mars/Base'),
  ]).toEqual([true, true, false, false, false])
  const at = new Date('2027-03-10T20:00:00Z')
  expect(localWords(at, 'America/New_York', 'es', false).when).toBe('10 de marzo a las 15:00')
  expect(localWords(at, 'America/St_Johns', 'en', true).when).toMatch(/^Wed, Mar 10 at 4:30 PM [\x20-\x7e]+$/)
})
