import { expect, test } from '@jest/globals'
import { isRule, occurrencesFrom, PLACES_MAX } from './recurrence.js'

const NEW_YORK = 'America/New_York'
const BERLIN = 'Europe/Berlin'

function startsOf(rule: string, localStart: string, zone: string, count = PLACES_MAX): string[] {
  return occurrencesFrom({ rule, localStart, zone }, 1, count).map(({ startsAt }) =>
    startsAt.toISOString().slice(0, 16),
  )
}

test.each([
  ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', '2027-01-04T09:00'],
  ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20270301T000000', '2027-01-04T09:00'],
  ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=1,2,-1,-2', '2027-01-04T09:00'],
  ['FREQ=DAILY;INTERVAL=7;BYDAY=TU', '2027-01-04T09:00'],
  ['FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31', '2027-01-04T09:00'],
  ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30', '2027-02-04T09:00'],
  ['FREQ=YEARLY;BYWEEKNO=60', '2027-01-04T09:00'],
])('a rule without occurrences is found to have none at once: %s', (rule, localStart) => {
  const begun = performance.now()

  expect(startsOf(rule, localStart, NEW_YORK, 1)).toEqual([])
  // A walk to the year 9999 takes seconds.
  expect(performance.now() - begun).toBeLessThan(500)
})

test.each([
  ['FREQ=DAILY', PLACES_MAX],
  ['FREQ=DAILY;COUNT=400', 400],
  ['FREQ=WEEKLY', 522],
  ['FREQ=MONTHLY', 122],
  ['FREQ=YEARLY', 10],
  ['FREQ=YEARLY;INTERVAL=1000', 1],
  ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29', 3],
])('a series has %s with occurrences for ten years and a thousand places at most', (rule, count) => {
  const starts = startsOf(rule, '2028-02-01T09:00', NEW_YORK)

  expect(starts).toHaveLength(count)
  expect(new Set(starts).size).toBe(count)
})

test.each([
  ['an end in UTC is a moment, east of it', 'UNTIL=20270301T080000Z', BERLIN, '2027-03-01T08:00'],
  ['and one second before it', 'UNTIL=20270301T075959Z', BERLIN, '2027-02-22T08:00'],
  ['and west of it', 'UNTIL=20270301T140000Z', NEW_YORK, '2027-03-01T14:00'],
  ['where the next one would come too late', 'UNTIL=20270301T093000Z', NEW_YORK, '2027-02-22T14:00'],
  [
    'an end without a zone is on the clock of the series',
    'UNTIL=20270301T090000',
    BERLIN,
    '2027-03-01T08:00',
  ],
  ['and the end of a day is that of its place', 'UNTIL=20270301T235959', NEW_YORK, '2027-03-01T14:00'],
])('%s', (_, end, zone, last) => {
  expect(startsOf(`FREQ=WEEKLY;${end}`, '2027-02-01T09:00', zone).at(-1)).toBe(last)
})

test('upper and lower case are the same', () => {
  expect(startsOf('freq=weekly;byday=mo,we;count=3', '2027-02-01T09:00', BERLIN)).toEqual(
    startsOf('FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3', '2027-02-01T09:00', BERLIN),
  )
  expect(isRule('freq=weekly;byday=mo,we;count=3')).toBe(true)
})

test.each([
  'FREQ=DAILY;BYHOUR=9,10',
  'FREQ=DAILY;byhour=9,10',
  'FREQ=DAILY;ByMinute=0,30',
  'FREQ=DAILY;bysecond=0,1,2',
  'FREQ=DAILY;dtstart=20270101T090000',
  'FREQ=HOURLY',
  'FREQ=DAILY;COUNT=2\nRRULE:FREQ=SECONDLY',
  'FREQ=DAILY COUNT=2',
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=DAILY;INTERVAL=-1',
  'FREQ=DAILY;INTERVAL=1.5',
  'FREQ=DAILY;INTERVAL=1E9',
  'FREQ=DAILY;INTERVAL=99999999999999',
  'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2,3,4,5',
  'FREQ=DAILY;UNTIL=TOMORROW',
  'COUNT=10',
  '',
])('no rule: %j', (rule) => {
  expect(isRule(rule)).toBe(false)
})
