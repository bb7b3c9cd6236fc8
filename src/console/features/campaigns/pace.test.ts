import { expect, test } from '@jest/globals'
import { extendPace, noPace } from './pace.js'

const event = (second: number, count: number, kind = 'accepted', report: string | null = null) => ({
  at: new Date(Date.parse('2026-03-01T10:00:00Z') + second * 1000).toISOString(),
  kind,
  report,
  count,
})

test('only what the carrier took counts, and the last point is the sum', () => {
  const pace = extendPace(noPace, [
    event(0, 5),
    event(1, 7, 'dispatching'),
    event(2, 5),
    event(3, 5, 'delivered', 'delivery'),
  ])

  expect(pace.points.map(({ sent }) => sent)).toEqual([5, 10])
})

test('a long campaign keeps a bounded line whose end is exact', () => {
  const events = Array.from({ length: 10_000 }, (_, second) => event(second, 2))
  const pace = extendPace(noPace, events)

  expect(pace.points.length).toBeLessThanOrEqual(240)
  expect(pace.points.at(-1)?.sent).toBe(20_000)
  expect(pace.sent).toBe(20_000)
})
