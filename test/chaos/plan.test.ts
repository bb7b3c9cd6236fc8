import { expect, test } from '@jest/globals'
import { tracks, weightedFaults } from '../../chaos/plan/fault-kinds.js'
import { crashPoints } from '../../chaos/plan/crash-points.js'
import { describePlan, makePlan } from '../../chaos/plan/plan.js'

test('the same seed is the same plan, to the last die', () => {
  expect(describePlan(makePlan({ seed: 7, minutes: 5 }))).toEqual(
    describePlan(makePlan({ seed: 7, minutes: 5 })),
  )
  expect(describePlan(makePlan({ seed: 8, minutes: 5 }))).not.toEqual(
    describePlan(makePlan({ seed: 7, minutes: 5 })),
  )
})

test('every kind of fault comes in five minutes, whatever the seed', () => {
  const kinds = tracks.flatMap((track) => weightedFaults[track].map(([kind]) => kind))
  for (let seed = 1; seed <= 50; seed += 1) {
    const planned = new Set(makePlan({ seed, minutes: 5 }).faults.map(({ kind }) => kind))
    expect(kinds.filter((kind) => !planned.has(kind))).toEqual([])
  }
})

test('faults of a track never overlap, and all begin within the storm', () => {
  const plan = makePlan({ seed: 3, minutes: 5 })
  for (const track of tracks) {
    const own = plan.faults.filter((fault) => fault.track === track)
    for (const [index, fault] of own.entries()) {
      expect(fault.atMs).toBeLessThan(plan.stormMs)
      expect(fault.atMs).toBeGreaterThanOrEqual((own[index - 1]?.atMs ?? 0) + (own[index - 1]?.lastsMs ?? 0))
    }
  }
})

test('every crash point has its turn, and only what is asked for is planned', () => {
  const plan = makePlan({ seed: 3, minutes: 1 })
  const planned = [...plan.workerCrashes, ...plan.apiCrashes].map(({ point }) => point)
  expect(planned.sort()).toEqual([...crashPoints].sort())
  const some = makePlan({ seed: 3, minutes: 5, only: ['network'] })
  expect(new Set(some.faults.map(({ track }) => track))).toEqual(new Set(['network']))
  expect([...some.workerCrashes, ...some.apiCrashes]).toEqual([])
  const one = makePlan({ seed: 3, minutes: 5, only: ['credits.grant:written'] })
  expect(one.faults).toEqual([])
  expect([...one.workerCrashes, ...one.apiCrashes].map(({ point }) => point)).toEqual([
    'credits.grant:written',
  ])
})
