import { expect, test } from '@jest/globals'
import { inLanes } from './lanes.js'

const lanesOf = (spans: readonly (readonly [begin: number, end: number])[]): string[] =>
  inLanes(spans.map(([begin, end]) => ({ begin, end }))).map(
    ({ item, lane, lanes }) =>
      `${String(item.begin)}-${String(item.end)} ${String(lane + 1)}/${String(lanes)}`,
  )

test('what does not overlap has the whole width, also end to end', () => {
  expect(
    lanesOf([
      [10, 11],
      [9, 10],
      [12, 13],
    ]),
  ).toEqual(['9-10 1/1', '10-11 1/1', '12-13 1/1'])
})

test('what overlaps stands side by side, and a lane that is free again is used again', () => {
  expect(
    lanesOf([
      [9, 12],
      [9, 10],
      [10, 11],
      [13, 14],
    ]),
  ).toEqual(['9-12 1/2', '9-10 2/2', '10-11 2/2', '13-14 1/1'])
})
