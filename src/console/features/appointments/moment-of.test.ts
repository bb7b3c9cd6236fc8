import { expect, test } from '@jest/globals'
import { momentOf } from './moment-of.js'

// The same cases as the server's own, so that what a form shows is what is booked.
test.each([
  ['2027-03-14', '02:30', 'America/New_York', '2027-03-14T07:30'],
  ['2027-11-07', '01:30', 'America/New_York', '2027-11-07T05:30'],
  ['2027-10-03', '02:15', 'Australia/Lord_Howe', '2027-10-02T15:45'],
  ['2027-01-01', '09:00', 'Asia/Kathmandu', '2027-01-01T03:15'],
])('%s %s in %s is %s', (date, time, zone, moment) => {
  expect(momentOf(date, time, zone)?.toISOString().slice(0, 16)).toBe(moment)
})

test('there is no moment while anything is missing', () => {
  expect([momentOf('', '09:00', 'Asia/Kathmandu'), momentOf('2027-01-01', '', 'Asia/Kathmandu')]).toEqual([
    null,
    null,
  ])
  expect(momentOf('2027-01-01', '09:00', null)).toBeNull()
})
