import { explore, type Exploration } from './explore.js'
import { guardOf, type GuardName } from './guards.js'
import { type InvariantName } from './invariants.js'
import { scenarioOf, type ScenarioName } from './scenarios.js'

export interface ScenarioResult extends Exploration {
  scenario: ScenarioName
}

export interface GuardResult {
  guard: GuardName
  scenario: ScenarioName
  breaks: InvariantName
  isCaught: boolean
  states: number
  trace: readonly string[]
}

/** States that one exploration holds in memory at most. Reaching it is a failure, not a result. */
export const STATES_MAX = 3_000_000

/** The protocol as it is: no order of events may break anything. */
export function checkScenario(name: ScenarioName): ScenarioResult {
  const world = { scenario: scenarioOf(name), without: null }
  return { scenario: name, ...explore({ world, statesMax: STATES_MAX }) }
}

/** The protocol without one guard: the harm must be found. */
export function checkGuard(guard: GuardName): GuardResult {
  const { scenario, breaks } = guardOf(guard)
  const world = { scenario: scenarioOf(scenario), without: guard }
  const { states, violation } = explore({ world, only: breaks, statesMax: STATES_MAX })
  return { guard, scenario, breaks, isCaught: violation !== null, states, trace: violation?.trace ?? [] }
}
