import { expect, test } from '@jest/globals'
import { countOn, rateAt, todayFrom, WINDOW_SECONDS } from './today.js'

const startMs = Date.parse('2026-03-01T10:00:00Z')
const at = (seconds: number): string => new Date(startMs + seconds * 1000).toISOString()

test('the tally and the events after it add up, each in one line', () => {
  const today = countOn(
    todayFrom({
      __typename: 'MessageTally',
      seq: 7,
      counts: [
        { __typename: 'MessageTallyCount', kind: 'accepted', report: null, messages: 10 },
        { __typename: 'MessageTallyCount', kind: 'dispatching', report: null, messages: 12 },
        { __typename: 'MessageTallyCount', kind: 'delivered', report: 'delivery', messages: 4 },
      ],
    }),
    [
      { kind: 'accepted', report: null, at: at(0), count: 2 },
      { kind: 'failed', report: null, at: at(1), count: 1 },
      { kind: 'undelivered', report: 'delivery', at: at(2), count: 1 },
      { kind: 'refused', report: null, at: at(3), count: 3 },
      { kind: 'late_proof', report: 'alarm', at: at(4), count: 5 },
    ],
  )

  expect(today).toMatchObject({ sent: 12, delivered: 4, failed: 2, stopped: 3 })
})

test('the rate is what was sent within the window, and falls to nothing after it', () => {
  const none = todayFrom({ __typename: 'MessageTally', seq: 0, counts: [] })
  const today = countOn(none, [
    { kind: 'accepted', report: null, at: at(0), count: 30 },
    { kind: 'accepted', report: null, at: at(5), count: 20 },
  ])

  expect(rateAt(today, startMs + 6_000)).toBe(50 / WINDOW_SECONDS)
  expect(rateAt(today, startMs + 12_000)).toBe(20 / WINDOW_SECONDS)
  expect(rateAt(today, startMs + 60_000)).toBe(0)
})
