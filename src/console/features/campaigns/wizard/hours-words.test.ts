import { expect, test } from '@jest/globals'
import { hoursWords } from './hours-words.js'

type Hours = NonNullable<Parameters<typeof hoursWords>[0]['hours']>

const createdAt = '2026-03-03T13:30:00.000Z'
const said = (hours: Hours | null): string | null =>
  hoursWords({ hours, createdAt }, (at) => at.slice(11, 16))
const quoted: Hours = {
  __typename: 'QuoteHours',
  textableNow: 5,
  waiting: 0,
  neverOpen: 0,
  firstOpensAt: null,
  lastOpensAt: null,
}

test('one sentence says who can be texted now and until when the first and the last of the others wait', () => {
  expect(said(quoted)).toBe('By their own clocks all of them can be texted now (13:30).')
  const opensAt = '2026-03-03T17:00:00.000Z'
  const alike = { ...quoted, waiting: 1200, firstOpensAt: opensAt, lastOpensAt: opensAt }
  expect(said(alike)).toBe(
    '5 people can be texted now (13:30); 1,200 wait for the hours of their places until 17:00.',
  )
  const spread = { ...alike, textableNow: 0, firstOpensAt: '2026-03-03T14:00:00.000Z', neverOpen: 2 }
  expect(said(spread)).toBe(
    'Nobody can be texted now (13:30); 1,200 wait for the hours of their places, the first until 14:00, the last until 17:00; for 2 no hour is open in all the places they may be in.',
  )
})

test('a quote from before the figure was kept says nothing about it', () => {
  expect(said(null)).toBeNull()
})
