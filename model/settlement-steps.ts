import { attemptTransitions } from '../src/slices/messages/domain/attempt-state.js'
import { CALLS_MAX } from '../src/slices/messages/domain/limits.js'
import { messageTransitions } from '../src/slices/messages/domain/message-state.js'
import {
  decideSettlement,
  isProvedLate,
  type AttemptOutcome,
  type Settlement,
} from '../src/slices/messages/domain/settlement.js'
import { mayMove } from '../src/kernel/transitions.js'
import {
  attemptOf,
  isOpen,
  messageOf,
  NOBODY,
  replaced,
  withAttempt,
  withCredits,
  withMessage,
  type Attempt,
  type CallId,
  type State,
} from './protocol-state.js'
import type { World } from './scenarios.js'

/** What the model says in the program's words. A carrier id is the number of its record. */
export const outcomes = {
  accepted: (sid: number): AttemptOutcome => ({ kind: 'accepted', sid: String(sid) }),
  unknown: { kind: 'unknown', reason: 'timeout' },
  absent: { kind: 'absent' },
  unproven: { kind: 'unproven' },
  late: notSent('credential-refused', true),
  'put off': notSent('throttled', true),
  refused: notSent('refused', false),
} as const

function notSent(reason: string, retryable: boolean): AttemptOutcome {
  return {
    kind: 'not_sent',
    failureClass: 'R',
    retryable,
    optedOut: false,
    blocksSender: false,
    errorCode: null,
    reason,
  }
}

/** One transaction of settle-attempts.ts: observation, hold, attempt and message together, or nothing. */
export function settle(
  before: State,
  world: World,
  call: CallId,
  outcome: AttemptOutcome,
  evidence: 'worker' | 'callback' | 'look_up' | 'lease' | 'policy',
): State {
  const state = outcome.kind === 'accepted' ? observe(before, call, Number(outcome.sid), evidence) : before
  const attempt = attemptOf(state, call)
  if (attempt === undefined || isIgnored(world, attempt, outcome)) return state
  const settlement = decideSettlement(
    {
      attempt: world.without === 'settle-reads-under-lock' ? 'dispatching' : attempt.state,
      // A message comes into the model with so many calls behind it that a few are left.
      calls: CALLS_MAX - world.scenario.calls + (call % 10) + 1,
      refusals: 0,
      isTakenBack: state.messages[messageOf(call)]?.takenBack === true && world.without !== 'taken-back-ends',
    },
    outcome,
  )
  if (settlement === null) return chargeLate(state, world, call, attempt, outcome)
  const sid = outcome.kind === 'accepted' ? Number(outcome.sid) : attempt.sid
  // The database refuses the whole transaction, observation included.
  if (isSidOfAnother(state, call, sid)) return before
  if (!isAllowed(state, call, attempt, settlement)) return { ...before, refusedMove: true }
  const charged = chargeLate(state, world, call, attempt, outcome)
  return write(moveCredits(charged, world, call, settlement), call, settlement, sid)
}

/** correct-late-proofs.ts: what was given back is charged again, and the message is taken back. */
function chargeLate(
  state: State,
  world: World,
  call: CallId,
  attempt: Attempt,
  outcome: AttemptOutcome,
): State {
  if (outcome.kind !== 'accepted' || !isProvedLate(attempt.state)) return state
  if (world.without === 'late-proof-is-charged') return state
  const m = messageOf(call)
  const stopped = takeBack(state, m)
  if (attempt.hold !== 'refunded' && attempt.hold !== 'released') return stopped
  const cost = world.scenario.costs[m] ?? 0
  const owed = Math.max(0, cost - state.available)
  const paid = {
    ...stopped,
    available: stopped.available - (cost - owed),
    spent: stopped.spent + cost,
    debt: stopped.debt + owed,
  }
  return withAttempt(paid, call, { hold: 'recharged' })
}

/** take-back-messages.ts: what waits is cancelled, what is in flight is marked. */
export function takeBack(state: State, m: number): State {
  const message = state.messages[m]
  if (message === undefined || !['pending', 'dispatching', 'unknown'].includes(message.state)) return state
  const ended = message.state === 'pending' ? { state: 'cancelled' as const } : {}
  return withMessage(state, m, { ...ended, takenBack: true })
}

function isIgnored(world: World, attempt: Attempt, outcome: AttemptOutcome): boolean {
  if (outcome.kind !== 'accepted') return false
  if (world.without === 'evidence-from-anybody') return attempt.state !== 'dispatching'
  return world.without === 'evidence-over-policy' && attempt.state === 'unproven'
}

/** Keeps a carrier id that did not come from the worker's own call; the first report of an id stands. */
function observe(state: State, call: CallId, sid: number, evidence: string): State {
  const index = state.records.findIndex((record) => record.sid === sid)
  const record = state.records[index]
  const attempt = attemptOf(state, call)
  if (record === undefined || attempt === undefined) return state
  const fromWorker = evidence === 'worker' && isOpen(attempt)
  const isNews = !fromWorker && attempt.sid !== sid && record.seenFor === NOBODY
  return {
    ...state,
    records: replaced(state.records, index, {
      ...record,
      seenFor: isNews ? call : record.seenFor,
      told: record.told || record.call === call,
    }),
  }
}

function isSidOfAnother(state: State, call: CallId, sid: number): boolean {
  return (
    sid !== NOBODY &&
    state.messages.some((message, m) =>
      message.attempts.some((attempt, n) => attempt.sid === sid && m * 10 + n !== call),
    )
  )
}

function isAllowed(state: State, call: CallId, attempt: Attempt, settlement: Settlement): boolean {
  const message = state.messages[messageOf(call)]
  if (message === undefined) return false
  return (
    (attempt.state === settlement.attempt ||
      mayMove(attemptTransitions, attempt.state, settlement.attempt)) &&
    (message.state === settlement.message ||
      message.attempt !== call % 10 ||
      mayMove(messageTransitions, message.state, settlement.message))
  )
}

function moveCredits(state: State, world: World, call: CallId, { credits }: Settlement): State {
  const cost = world.scenario.costs[messageOf(call)] ?? 0
  const attempt = attemptOf(state, call)
  if (credits === 'keep' || attempt === undefined) return state
  // Only without the guard "hold before call" is there no hold; the price is then taken from what is left.
  const source = attempt.hold === 'none' ? 'available' : 'held'
  const paid = { ...state, [source]: state[source] - cost }
  const moved = credits === 'capture' ? { ...paid, spent: paid.spent + cost } : withCredits(paid, cost)
  const hold = credits === 'capture' ? 'captured' : 'released'
  return withAttempt(moved, call, { hold, resolved: attempt.resolved + 1 })
}

function write(state: State, call: CallId, settlement: Settlement, sid: number): State {
  const settled = withAttempt(state, call, { state: settlement.attempt, sid })
  const message = settled.messages[messageOf(call)]
  if (message?.attempt !== call % 10) return settled
  const isNamed = ['unknown', 'accepted', 'unproven'].includes(settlement.message)
  return withMessage(settled, messageOf(call), {
    state: settlement.message,
    attempt: isNamed ? message.attempt : NOBODY,
  })
}
