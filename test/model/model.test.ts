import { describe, expect, test } from '@jest/globals'
import { checkGuard } from '../../model/check.js'
import { explore } from '../../model/explore.js'
import { guardNames, guardOf } from '../../model/guards.js'
import { scenarioNames, scenarioOf, type ScenarioName } from '../../model/scenarios.js'

/** The first tens of thousands of events; `npm run model` goes to the end. */
const STATES_MAX = 4_000

describe('the sending protocol, explored', () => {
  test.each(scenarioNames)('breaks nothing in the beginning of %s', (name: ScenarioName) => {
    const world = { scenario: scenarioOf(name), without: null }

    expect(explore({ world, statesMax: STATES_MAX }).violation).toBeNull()
  })

  test('breaks nothing and ends well when one message is followed to the end', () => {
    const scenario = { ...scenarioOf('p1-look-ups'), calls: 2, lookUps: 1, workers: 1 }

    expect(explore({ world: { scenario, without: null }, statesMax: 100_000 })).toMatchObject({
      violation: null,
      isComplete: true,
    })
  })

  test.each(guardNames)('needs its guard %s', (name) => {
    const result = checkGuard(name)

    expect(result).toMatchObject({ isCaught: true, breaks: guardOf(name).breaks })
    expect(result.trace.length).toBeGreaterThan(1)
  })
})
