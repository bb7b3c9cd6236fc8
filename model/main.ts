import { parseArgs } from 'node:util'
import { checkGuard, checkScenario, type GuardResult, type ScenarioResult } from './check.js'
import { guardNames, guardOf } from './guards.js'
import { scenarioNames, scenarioOf, type ScenarioName } from './scenarios.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

function main(): void {
  const chosen = values.only?.split(',').map((name) => name.trim())
  const known: readonly string[] = [...scenarioNames, ...guardNames]
  const unknown = (chosen ?? []).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`no such run: ${unknown.join(', ')}; there are ${known.join(', ')}`)
  const isChosen = (name: string): boolean => chosen?.includes(name) ?? true

  say('The protocol as it is: nothing may break.')
  const scenarios = scenarioNames.filter(isChosen).map((name) => {
    const result = checkScenario(name)
    sayScenario(result)
    return result
  })
  say('Without one guard each: the harm must be found.')
  const guards = guardNames.filter(isChosen).map((name) => {
    const result = checkGuard(name)
    sayGuard(result)
    return result
  })
  report(scenarios, guards)
}

function sayScenario(result: ScenarioResult): void {
  const { states, transitions, depth, violation, isComplete } = result
  const verdict = violation === null ? (isComplete ? 'holds   ' : 'TOO MANY') : 'BROKEN  '
  say(
    `  ${verdict} ${result.scenario.padEnd(14)} ${num(states)} states ${num(transitions)} steps, ${String(depth).padStart(3)} deep  ${boundsOf(result.scenario)}`,
  )
  if (violation === null) return
  say(`           ${violation.invariant}:`)
  sayTrace(violation.trace)
}

function boundsOf(name: ScenarioName): string {
  const { what, policy, phones, credits, calls, workers, lookUps, faults } = scenarioOf(name)
  const allowed = Object.entries(faults)
    .filter(([, count]) => count > 0)
    .map(([fault, count]) => `, ${String(count)} ${fault}`)
    .join('')
  return `${policy}: ${what} (messages ${String(phones.length)}, calls each ${String(calls)}, credits ${String(credits)}, workers ${String(workers)}, look-ups ${String(lookUps)}${allowed})`
}

function sayGuard(result: GuardResult): void {
  const { guard, breaks, scenario, isCaught, states, trace } = result
  say(
    `  ${isCaught ? 'caught' : 'MISSED'} ${guard.padEnd(26)} ${num(states)} states  ${breaks} in ${String(trace.length)} steps of ${scenario}: ${guardOf(guard).what}`,
  )
  if (values.verbose) sayTrace(trace)
}

function sayTrace(trace: readonly string[]): void {
  trace.forEach((step, index) => {
    say(`           ${String(index + 1).padStart(2)} ${step}`)
  })
}

function report(scenarios: readonly ScenarioResult[], guards: readonly GuardResult[]): void {
  const states = [...scenarios, ...guards].reduce((sum, result) => sum + result.states, 0)
  // One that was not explored to its end has not been shown to hold.
  const broken = scenarios.filter((result) => result.violation !== null || !result.isComplete)
  const caught = guards.filter((result) => result.isCaught)
  const isPassed = broken.length === 0 && caught.length === guards.length
  if (values.json) {
    const line = {
      states,
      violations: broken.length,
      guards: guards.length,
      guardsCaught: caught.length,
      scenarios,
      perGuard: guards,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  } else {
    say(
      `${num(states).trim()} states, ${String(broken.length)} violations, ${String(caught.length)} of ${String(guards.length)} guards caught`,
    )
  }
  if (!isPassed) process.exitCode = 1
}

const num = (value: number): string => value.toLocaleString('en').padStart(9)

main()
