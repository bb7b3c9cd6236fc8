import { expect, test } from '@jest/globals'
import { byHour } from './by-hour.js'

test('people are counted in the hour in which they can first be texted, and empty hours between stay', () => {
  const bars = byHour([
    { recipients: 3, opensAt: '2026-11-23T13:00:00Z' },
    { recipients: 2, opensAt: '2026-11-23T13:59:59Z' },
    { recipients: 5, opensAt: '2026-11-23T16:00:00Z' },
    { recipients: 9, opensAt: null },
  ])
  expect(bars.map(({ people }) => people)).toEqual([5, 0, 0, 5])
  expect(bars[0]?.at.toISOString()).toBe('2026-11-23T13:00:00.000Z')
})

test('hours that are far apart are not filled up', () => {
  const bars = byHour([
    { recipients: 1, opensAt: '2026-11-23T13:00:00Z' },
    { recipients: 1, opensAt: '2026-12-23T13:00:00Z' },
  ])
  expect(bars).toHaveLength(2)
})

test('nobody makes no bars', () => {
  expect(byHour([{ recipients: 4, opensAt: null }])).toEqual([])
})
