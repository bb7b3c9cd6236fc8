import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { backoffMs, carrierBackoff } from '../../../kernel/backoff.js'
import { seededRandom } from '../../../kernel/random.js'
import { isTooOld, RETRY_AGE_MAX_MS, retryAt } from './retry.js'

const now = new Date('2026-03-02T15:00:00Z')

test('retries come after 30, 60, 120 s and so on, a fifth more or less, never before 30 s and never after 300 s', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, attempt) => {
      const delayMs = backoffMs(carrierBackoff, attempt, seededRandom(seed))
      const plainMs = 30_000 * 2 ** (attempt - 1)
      expect(delayMs).toBeGreaterThanOrEqual(Math.max(30_000, Math.min(300_000, Math.floor(plainMs * 0.8))))
      expect(delayMs).toBeLessThanOrEqual(Math.min(300_000, Math.ceil(plainMs * 1.2)))
    }),
  )
})

test('a retry is due after its back-off and after the carrier’s wish, and never after the message’s usefulness', () => {
  const ms = fc.integer({ min: 0, max: 3_600_000 })
  fc.assert(
    fc.property(ms, fc.option(ms), fc.option(ms), (delayMs, retryAfterMs, usefulMs) => {
      const expiresAt = usefulMs === null ? null : new Date(now.getTime() + usefulMs)
      const waitMs = retryAt({ now, delayMs, retryAfterMs, expiresAt }).getTime() - now.getTime()
      expect(waitMs).toBe(
        Math.min(Math.max(delayMs, Math.min(retryAfterMs ?? 0, 300_000)), usefulMs ?? Infinity),
      )
    }),
  )
})

test('a message whose first call is a day ago is not tried again', () => {
  const ago = (ms: number): Date => new Date(now.getTime() - ms)
  expect(isTooOld(null, now)).toBe(false)
  expect(isTooOld(ago(RETRY_AGE_MAX_MS), now)).toBe(false)
  expect(isTooOld(ago(RETRY_AGE_MAX_MS + 1), now)).toBe(true)
})
