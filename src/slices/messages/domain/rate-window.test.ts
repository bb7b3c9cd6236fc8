import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { placeFreeAt, placesLeft, windowAt, withMore, type RateWindow } from './rate-window.js'

const LIMIT = 10
const HOUR_MS = 3_600_000
const start = new Date('2026-03-02T15:00:30Z').getTime()

/** Texts that come after so many seconds each, sent as soon as the window lets them; returns when each was sent. */
function sendAll(gapsSeconds: readonly number[]): number[] {
  let window: RateWindow | null = null
  let nowMs = start
  const sent: number[] = []
  for (const gap of gapsSeconds) {
    nowMs += gap * 1_000
    window = windowAt(window, new Date(nowMs))
    if (placesLeft(window, LIMIT) === 0) {
      nowMs = placeFreeAt(window, LIMIT, 0).getTime()
      window = windowAt(window, new Date(nowMs))
    }
    expect(placesLeft(window, LIMIT)).toBeGreaterThan(0)
    window = withMore(window, 1)
    sent.push(nowMs)
  }
  return sent
}

test('no hour sees more than the limit, wherever it begins, and what waits goes when its place is free', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 80 }), (gaps) => {
      const sent = sendAll(gaps)
      for (const from of sent) {
        expect(sent.filter((at) => at >= from && at < from + HOUR_MS).length).toBeLessThanOrEqual(LIMIT)
      }
    }),
  )
})

test('texts far beyond the limit are told different times, in their order', () => {
  let window = withMore(windowAt(null, new Date(start)), 4)
  window = withMore(windowAt(window, new Date(start + 600_000)), 6)

  const times = [0, 3, 4, 9, 500].map((beyond) => placeFreeAt(window, LIMIT, beyond).toISOString())

  expect(times).toEqual([
    '2026-03-02T16:01:00.000Z',
    '2026-03-02T16:01:00.000Z',
    '2026-03-02T16:11:00.000Z',
    '2026-03-02T16:11:00.000Z',
    '2026-03-02T16:11:00.000Z',
  ])
})

test('a clock that steps back forgets nothing', () => {
  const window = withMore(windowAt(null, new Date(start)), LIMIT)
  expect(placesLeft(windowAt(window, new Date(start - HOUR_MS)), LIMIT)).toBe(0)
})
