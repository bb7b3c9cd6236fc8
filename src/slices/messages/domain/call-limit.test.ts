import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  afterCall,
  afterOutage,
  callLimitRules,
  wideOpen,
  type CallLimit,
  type CallSign,
} from './call-limit.js'

const MAX = 40
const counts = fc.option(fc.integer({ min: 1, max: 500 }), { nil: null })
const signs: fc.Arbitrary<CallSign> = fc.oneof(
  fc.record({ kind: fc.constant('accepted' as const), concurrentRequests: counts }),
  fc.record({
    kind: fc.constant('throttled' as const),
    concurrentRequests: counts,
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 3_600_000 }), { nil: null }),
  }),
  fc.constant({ kind: 'silent' as const }),
)
const throttle: CallSign = { kind: 'throttled', concurrentRequests: null, retryAfterMs: null }
const good: CallSign = { kind: 'accepted', concurrentRequests: null }

/** Where a run of answers, so many milliseconds apart, leads. */
function run(steps: readonly (readonly [CallSign, number])[], from: CallLimit = wideOpen(MAX)): CallLimit {
  let limit = from
  let nowMs = 0
  for (const [sign, afterMs] of steps) {
    nowMs += afterMs
    limit = afterCall(limit, sign, MAX, nowMs)
  }
  return limit
}

test('whatever the carrier answers, at least one call goes on, never more than configured, and no pause is longer than a minute', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(signs, fc.integer({ min: 0, max: 5_000 })), { maxLength: 200 }),
      (steps) => {
        const nowMs = steps.reduce((sum, [, afterMs]) => sum + afterMs, 0)
        const { calls, pausedUntilMs } = run(steps)
        expect(calls).toBeGreaterThanOrEqual(1)
        expect(calls).toBeLessThanOrEqual(MAX)
        expect(pausedUntilMs - nowMs).toBeLessThanOrEqual(callLimitRules.pauseMaxMs)
      },
    ),
  )
})

test('one answer never makes it grow by more than one call, or shrink by more than half', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(signs, fc.integer({ min: 0, max: 5_000 }))), signs, (steps, sign) => {
      const before = run(steps)
      const after = afterCall(before, sign, MAX, 10_000_000)
      expect(after.calls - before.calls).toBeLessThanOrEqual(1)
      expect(after.calls).toBeGreaterThanOrEqual(Math.max(1, before.calls * callLimitRules.shrinkTo))
    }),
  )
})

test('a crowd of refusals at one moment halves it once; refusals that go on bring it down to one call', () => {
  expect(run(Array.from({ length: 30 }, () => [throttle, 1] as const)).calls).toBe(MAX / 2)
  expect(run(Array.from({ length: 30 }, () => [throttle, 1_000] as const)).calls).toBe(1)
})

test('it grows back to what is configured, a call for each round of accepted ones', () => {
  const down = run([[throttle, 0]])
  const round = (from: CallLimit): CallLimit => {
    let limit = from
    for (let answer = 0; answer < Math.floor(from.calls); answer += 1)
      limit = afterCall(limit, good, MAX, 2_000)
    return limit
  }

  const next = round(down)

  expect(next.calls).toBeGreaterThan(down.calls + 0.9)
  expect(next.calls).toBeLessThanOrEqual(down.calls + 1)
  let limit = next
  for (let rounds = 0; rounds < 2 * MAX; rounds += 1) limit = round(limit)
  expect(limit.calls).toBe(MAX)
})

test('while the carrier counts nearly as many calls as when it refused, it eases instead of growing', () => {
  const refused = run([[{ kind: 'throttled', concurrentRequests: 100, retryAfterMs: null }, 0]])
  const crowded: CallSign = { kind: 'accepted', concurrentRequests: 95 }

  expect(afterCall(refused, crowded, MAX, 2_000).calls).toBeLessThan(refused.calls)
  expect(afterCall(refused, { ...crowded, concurrentRequests: 50 }, MAX, 2_000).calls).toBeGreaterThan(
    refused.calls,
  )
  expect(afterCall(refused, crowded, MAX, 61_000).calls).toBeGreaterThan(refused.calls)
})

test('after an outage it begins with a tenth', () => {
  expect(afterOutage(wideOpen(MAX), MAX).calls).toBe(4)
  expect(afterOutage(wideOpen(3), 3).calls).toBe(1)
})
