import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { grantOf, paceRules, placeInGrant, segmentsAhead, segmentsToAsk, type PaceGrant } from './pace.js'

const PER_SECOND = 20

/** The row in the database: who asks gets the next stretch. */
function timekeeper() {
  let nextFreeAtMs = 0
  return (segments: number, answerAtMs: number): number => {
    const startsAtMs = Math.max(nextFreeAtMs, answerAtMs)
    nextFreeAtMs = startsAtMs + (segments * 1_000) / (PER_SECOND * paceRules.share)
    return startsAtMs - answerAtMs
  }
}

interface Step {
  process: number
  segments: number
  /** How long the question and its answer take. */
  wayMs: number
  backMs: number
}

/** Texts that leave, each with its segments, when processes ask for their turns in this order. */
function leave(steps: readonly Step[]): { atMs: number; segments: number }[] {
  const reserve = timekeeper()
  const processes = [0, 1, 2].map(() => ({
    grant: null as PaceGrant | null,
    nowMs: 0,
    doneAtMs: 0,
    delayMs: 0,
  }))
  const left: { atMs: number; segments: number }[] = []
  for (const { process, segments, wayMs, backMs } of steps) {
    const self = processes[process]!
    let placed = placeInGrant(self.grant, segments, self.nowMs, self.doneAtMs)
    for (let tries = 0; placed === null && tries < 20; tries += 1) {
      const asked = segmentsToAsk(segments, PER_SECOND, self.delayMs)
      const askedAtMs = self.nowMs
      const startsInMs = reserve(asked, askedAtMs + wayMs)
      self.nowMs = askedAtMs + wayMs + backMs
      self.delayMs = wayMs + backMs
      const answer = {
        askedAtMs,
        answeredAtMs: self.nowMs,
        startsInMs,
        segments: asked,
        perSecond: PER_SECOND,
      }
      self.grant = grantOf(answer)
      placed = placeInGrant(self.grant, segments, self.nowMs, self.doneAtMs)
    }
    if (placed === null) continue
    self.grant = placed.grant
    self.nowMs = placed.atMs
    self.doneAtMs = placed.atMs + segments * placed.grant.perSegmentMs
    left.push({ atMs: placed.atMs, segments })
  }
  return left
}

test('three processes together keep the limit in every second, wherever it begins and however slowly they are answered', () => {
  const step = fc.record({
    process: fc.integer({ min: 0, max: 2 }),
    segments: fc.integer({ min: 1, max: 3 }),
    wayMs: fc.integer({ min: 0, max: 150 }),
    backMs: fc.integer({ min: 0, max: 150 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const left = leave(steps)
      for (const { atMs } of left) {
        const within = left.filter((text) => text.atMs >= atMs && text.atMs < atMs + 1_000)
        expect(within.reduce((sum, { segments }) => sum + segments, 0)).toBeLessThanOrEqual(PER_SECOND)
      }
    }),
  )
})

test('a process alone spreads its texts evenly, and being late never makes two leave together', () => {
  const grant = grantOf({ askedAtMs: 0, answeredAtMs: 0, startsInMs: 0, segments: 4, perSecond: PER_SECOND })
  const first = placeInGrant(grant, 1, 30, 0)
  const next = placeInGrant(first!.grant, 1, 30, 30 + grant.perSegmentMs)
  expect(next!.atMs - first!.atMs).toBeCloseTo(grant.perSegmentMs)
})

test('what is not used in time is lost, and a text larger than what is left asks anew', () => {
  const grant = grantOf({ askedAtMs: 0, answeredAtMs: 0, startsInMs: 0, segments: 2, perSecond: PER_SECOND })
  expect(placeInGrant(grant, 1, grant.endsAtMs + paceRules.lateMs + 1, 0)).toBeNull()
  expect(placeInGrant(grant, 3, 0, 0)).toBeNull()
  expect(placeInGrant(null, 1, 0, 0)).toBeNull()
})

test('at least one text is authorised ahead, and no more than half a second’s worth', () => {
  expect([segmentsAhead(1), segmentsAhead(3.75), segmentsAhead(100)]).toEqual([1, 1, 50])
})
