import { carrierSteps, text, withOlderRecords } from './carrier-steps.js'
import { lookUpSteps } from './look-up-steps.js'
import { callId, isOpen, withAttempt, withCredits, type State } from './protocol-state.js'
import { lastAge, LIFE, SKEW, type World } from './scenarios.js'
import { outcomes, settle, takeBack } from './settlement-steps.js'
import { workerSteps } from './worker-steps.js'

export interface Step {
  readonly name: string
  readonly next: State
  /** Need not happen: nothing may depend on it to come to an end. */
  readonly isFault?: true
}

/** Everything that can happen next. */
export function stepsFrom(state: State, world: World): Step[] {
  const out: Step[] = []
  workerSteps(state, world, out)
  carrierSteps(state, world, out)
  lookUpSteps(state, world, out)
  rescueSteps(state, world, out)
  timeSteps(state, world, out)
  controlSteps(state, out)
  return out
}

/** rescue-attempts.ts: whoever has not reported by the end of the credential is taken for lost. */
function rescueSteps(state: State, world: World, out: Step[]): void {
  if (world.without === 'rescue-at-all') return
  const outcome = world.without === 'rescue-to-unknown' ? outcomes.late : outcomes.unknown
  state.messages.forEach((message, m) => {
    message.attempts.forEach((attempt, n) => {
      if (attempt.state !== 'dispatching' || attempt.age <= LIFE + SKEW) return
      const call = callId(m, n)
      out.push({ name: `rescue of ${text(call)}`, next: settle(state, world, call, outcome, 'lease') })
    })
  })
}

/** A tick of one number's clock, while there is an attempt for which it changes something. */
function timeSteps(state: State, world: World, out: Step[]): void {
  const { phones } = world.scenario
  for (const phone of new Set(phones)) {
    const calls = callsOf(state, world, phone)
    const isWorth = calls.some(
      ({ call, age }) => age < lastAge(world.scenario) && isTimed(state, world, call),
    )
    if (!isWorth) continue
    const older = calls.reduce(
      (next, { call, age }) =>
        isTimed(state, world, call) || isLookedUp(state, call)
          ? withAttempt(next, call, { age: age + 1 })
          : next,
      withOlderRecords(state, world, phone),
    )
    out.push({ name: `time passes for number ${phone}`, next: older })
  }
}

function callsOf(state: State, world: World, phone: number): { call: number; age: number }[] {
  return state.messages.flatMap((message, m) =>
    world.scenario.phones[m] === phone
      ? message.attempts.map((attempt, n) => ({ call: callId(m, n), age: attempt.age }))
      : [],
  )
}

/** Its age may still decide something. */
export function isTimed(state: State, world: World, call: number): boolean {
  const attempt = state.messages[Math.floor(call / 10)]?.attempts[call % 10]
  if (attempt === undefined) return false
  const awaitsRefund = attempt.state === 'unproven' && attempt.hold === 'captured' && world.scenario.refunds
  return (
    isOpen(attempt) ||
    awaitsRefund ||
    state.requests.includes(call) ||
    state.workers.some((worker) => worker.call === call)
  )
}

export function isLookedUp(state: State, call: number): boolean {
  return state.lookUps.some((lookUp) => lookUp.call === call)
}

function controlSteps(state: State, out: Step[]): void {
  const { left } = state
  if (left.takeBacks > 0) takeBackSteps(state, out)
  if (left.revocations > 0)
    state.revoked.forEach((isRevoked, phone) => {
      if (isRevoked) return
      const revoked = state.revoked.map((was, other) => was || other === phone)
      const next = { ...state, revoked, left: { ...left, revocations: left.revocations - 1 } }
      out.push({ name: `consent of number ${phone} is revoked`, next, isFault: true })
    })
  if (left.stops > 0 && !state.stopped)
    out.push({
      name: 'sending is stopped',
      next: { ...state, stopped: true, left: { ...left, stops: left.stops - 1 } },
      isFault: true,
    })
  if (state.stopped)
    out.push({ name: 'sending is allowed again', next: { ...state, stopped: false }, isFault: true })
  if (left.topUps > 0)
    out.push({
      name: 'one credit is bought',
      next: {
        ...withCredits(state, 1),
        granted: state.granted + 1,
        left: { ...left, topUps: left.topUps - 1 },
      },
      isFault: true,
    })
}

function takeBackSteps(state: State, out: Step[]): void {
  const left = { ...state.left, takeBacks: state.left.takeBacks - 1 }
  state.messages.forEach((_, m) => {
    const next = takeBack(state, m)
    if (next !== state)
      out.push({ name: `message ${m} is taken back`, next: { ...next, left }, isFault: true })
  })
}
