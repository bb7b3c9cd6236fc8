import { decideControl, decideGate } from '../src/slices/messages/domain/gate.js'
import { messageTransitions } from '../src/slices/messages/domain/message-state.js'
import { mayMove } from '../src/kernel/transitions.js'
import {
  attemptOf,
  callId,
  idleWorker,
  isOpen,
  NOBODY,
  UNRECORDED,
  withMessage,
  withWorker,
  type State,
  type Worker,
} from './protocol-state.js'
import type { World } from './scenarios.js'
import type { Step } from './steps.js'

/** Guards whose absence means that a claim reads first and commits later, on what it read. */
const SPLITTING: ReadonlySet<string | null> = new Set([
  'claim-locks-message',
  'claim-asks-gate',
  'claim-counts-credits',
])

/** The transaction of claim-messages.ts, for one message at a time. */
export function claimSteps(state: State, world: World, index: number, out: Step[]): void {
  if (world.without === 'intent-before-call') {
    callFirst(state, world, index, out)
    return
  }
  if (SPLITTING.has(world.without)) {
    read(state, world, index, out)
    return
  }
  const { state: gated, next, isFunded } = passGate(state, world)
  if (next !== null && isFunded) {
    out.push({ name: `claim of message ${next} commits`, next: claim(gated, world, index, next) })
  } else if (gated !== state) {
    out.push({ name: 'claim commits: the gate suppresses what is revoked', next: gated })
  }
}

interface Passed {
  /** With what the gate suppressed on its way. */
  state: State
  /** The first message in order that may be sent. */
  next: number | null
  isFunded: boolean
}

/** The gate over the waiting messages in their order, with the program's own decisions. */
function passGate(before: State, world: World): Passed {
  let state = before
  if (decideControl(controlFacts(before)) !== null) return { state, next: null, isFunded: false }
  for (const [index, message] of before.messages.entries()) {
    if (message.state !== 'pending') continue
    const verdict = gateOf(before, world, index)
    if (verdict.pass) return { state, next: index, isFunded: isFunded(before, world, index) }
    if (verdict.state !== 'deferred' && mayMove(messageTransitions, message.state, verdict.state))
      state = withMessage(state, index, { state: verdict.state })
  }
  return { state, next: null, isFunded: false }
}

function controlFacts(state: State) {
  return {
    lockReason: null,
    databaseChanged: false,
    platformStoppedReason: null,
    accountStoppedReason: state.stopped ? 'stopped' : null,
    subscriptionState: 'active',
  }
}

function gateOf(state: State, world: World, index: number) {
  const phone = world.scenario.phones[index]
  const isBusy = state.messages.some(
    (message, other) => world.scenario.phones[other] === phone && message.attempts.some(isOpen),
  )
  return decideGate({
    consent: { granted: state.revoked[phone ?? 0] !== true, eventId: 'consent' },
    purpose: 'marketing',
    isAnswer: false,
    optedOut: false,
    time: () => ({ isOpen: true, until: null, zones: [] }),
    countryAllowed: true,
    unreachable: null,
    phoneBusy: isBusy && world.without !== 'one-unresolved-per-number',
    expiresAt: null,
    now: new Date(0),
  })
}

function isFunded(state: State, world: World, index: number): boolean {
  return world.without === 'hold-before-call' || state.available >= (world.scenario.costs[index] ?? 0)
}

function claim(state: State, world: World, worker: number, index: number): State {
  const message = state.messages[index]
  if (message === undefined || message.attempts.length >= world.scenario.calls) return state
  if (message.state !== 'dispatching' && !mayMove(messageTransitions, message.state, 'dispatching'))
    return { ...state, refusedMove: true }
  const cost = world.scenario.costs[index] ?? 0
  const isHeld = world.without !== 'hold-before-call'
  const n = message.attempts.length
  const phone = world.scenario.phones[index] ?? 0
  const claimed = withMessage(state, index, {
    state: 'dispatching',
    attempt: n,
    attempts: [
      ...message.attempts,
      {
        state: 'dispatching',
        age: 0,
        hold: isHeld ? 'open' : 'none',
        resolved: 0,
        refunds: 0,
        sid: NOBODY,
        against: state.stopped || state.revoked[phone] === true || message.takenBack,
      },
    ],
  })
  const paid = isHeld
    ? { ...claimed, available: claimed.available - cost, held: claimed.held + cost }
    : claimed
  return withWorker(paid, worker, { ...idleWorker, phase: 'claimed', call: callId(index, n) })
}

function callFirst(state: State, world: World, index: number, out: Step[]): void {
  const { next, isFunded: funded } = passGate(state, world)
  if (next === null || !funded) return
  out.push({
    name: `message ${next} is chosen, nothing is committed`,
    next: withWorker(state, index, { ...idleWorker, phase: 'claimed', call: callId(next, UNRECORDED) }),
  })
}

/** Without the guard "intent before call": the claim is written when the carrier has answered. */
export function claimAfterwards(state: State, world: World, index: number, message: number): State | null {
  const { next, isFunded: funded } = passGate(state, world)
  return next === message && funded ? claim(state, world, index, message) : null
}

function read(state: State, world: World, index: number, out: Step[]): void {
  const { next, isFunded: funded } = passGate(state, world)
  if (next === null || !funded) return
  out.push({
    name: `claim of message ${next} reads`,
    next: withWorker(state, index, {
      ...idleWorker,
      phase: 'reading',
      call: callId(next, UNRECORDED),
    }),
  })
}

/** The second half of a split claim: asks again all but what the missing guard would have asked. */
export function commitRead(state: State, world: World, index: number, worker: Worker): State {
  const message =
    world.without === 'claim-counts-credits' ? passGate(state, world).next : Math.floor(worker.call / 10)
  if (message === null) return withWorker(state, index, idleWorker)
  const isWilling =
    world.without === 'claim-asks-gate' ||
    (decideControl(controlFacts(state)) === null && gateOf(state, world, message).pass) ||
    (world.without === 'claim-locks-message' && decideControl(controlFacts(state)) === null)
  const isPaid = world.without === 'claim-counts-credits' || isFunded(state, world, message)
  const isFree =
    state.messages[message]?.state === 'pending' ||
    (world.without === 'claim-locks-message' &&
      attemptOf(state, callId(message, state.messages[message]?.attempt ?? NOBODY))?.state === 'dispatching')
  const idle = withWorker(state, index, idleWorker)
  return isWilling && isPaid && isFree ? claim(idle, world, index, message) : idle
}
