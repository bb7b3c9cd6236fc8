import { expect, test } from '@jest/globals'
import { FIRST_CLAIM, nextClaimLimit } from './claim-pace.js'

/** Claims after one another against a carrier that begins so many calls a second. */
function limitAfter(claims: number, perSecond: number, batchSize = 500): number {
  let limit = FIRST_CLAIM
  for (let claim = 0; claim < claims; claim += 1)
    limit = nextClaimLimit(limit, { waiting: limit, waitedMs: (limit / perSecond) * 1000 }, batchSize)
  return limit
}

test('a claim grows with the speed of the carrier, up to the batch size', () => {
  expect(limitAfter(1, 100_000)).toBe(2 * FIRST_CLAIM)
  expect(limitAfter(10, 100_000)).toBe(500)
  expect(limitAfter(10, 1_000)).toBe(300)
})

test('a claim of a slow carrier is small, so that whoever forbids sending waits for little', () => {
  expect(limitAfter(10, 40)).toBe(12)
  expect(limitAfter(10, 0.5)).toBe(1)
})

test('a claim recovers when the carrier does', () => {
  expect(nextClaimLimit(1, { waiting: 1, waitedMs: 0 }, 500)).toBe(2)
})

test('a carrier that stands still does not stop the claims for ever', () => {
  expect(nextClaimLimit(250, { waiting: 250, waitedMs: 3_600_000 }, 500)).toBe(1)
})
