import { attemptStates } from '../src/slices/messages/domain/attempt-state.js'
import { messageStates } from '../src/slices/messages/domain/message-state.js'
import { callId, isTaken, type LookUp, type State, type Worker } from './protocol-state.js'
import type { World } from './scenarios.js'
import { isLookedUp, isTimed } from './steps.js'

const holds = ['none', 'open', 'captured', 'released', 'refunded']
const workerPhases = ['idle', 'reading', 'claimed', 'writing', 'waiting', 'answered']
const answers = ['none', 'accepted', 'late', 'put off', 'refused', 'unknown']
const lookUpPhases = ['idle', 'selected', 'listed', 'decided']
const verdicts = ['found', 'absent', 'unproven', 'refund', 'too_early']

/**
 * The same state for everything that differs only in what can never matter again: which of two like workers does what, and
 * the ages of what is settled.
 */
export function canonical(state: State, world: World): State {
  const records = state.records.map((record) =>
    record.age !== 0 && world.without !== 'look-up-leaves-taken' && isTaken(state, record)
      ? { ...record, age: 0 }
      : record,
  )
  const messages = state.messages.map((message, m) => ({
    ...message,
    attempts: message.attempts.map((attempt, n) => {
      const call = callId(m, n)
      const isAgeless = attempt.age !== 0 && !isTimed(state, world, call) && !isLookedUp(state, call)
      return isAgeless ? { ...attempt, age: 0 } : attempt
    }),
  }))
  return {
    ...state,
    messages,
    records,
    workers: [...state.workers].sort((a, b) => workerRank(a) - workerRank(b)),
    lookUps: [...state.lookUps].sort(byLookUp),
    requests: state.requests.length > 1 ? [...state.requests].sort((a, b) => a - b) : state.requests,
  }
}

const workerRank = (worker: Worker): number =>
  (workerPhases.indexOf(worker.phase) * 100 + worker.call + 1) * 10 + answers.indexOf(worker.answer)

const byLookUp = (a: LookUp, b: LookUp): number => {
  const [one, other] = [lookUpCode(a).join(), lookUpCode(b).join()]
  return one < other ? -1 : one > other ? 1 : 0
}

const lookUpCode = (lookUp: LookUp): number[] => [
  lookUpPhases.indexOf(lookUp.phase),
  lookUp.call + 1,
  lookUp.from === 'unknown' ? 0 : 1,
  lookUp.askedAge,
  verdicts.indexOf(lookUp.verdict),
  lookUp.sids.length,
  ...lookUp.sids,
]

const bit = (value: boolean): number => (value ? 1 : 0)
/** Debts would be negative, and a character is not. */
const OFFSET = 100

/** A canonical state as a text; two states are the same if their texts are. */
export function keyOf(state: State): string {
  const { left } = state
  const code = [
    state.available + OFFSET,
    state.held + OFFSET,
    state.spent + OFFSET,
    state.granted,
    bit(state.stopped) + 2 * bit(state.refusedMove),
    left.crashes,
    left.refusals,
    left.revocations,
    left.stops,
    left.topUps,
  ]
  for (const isRevoked of state.revoked) code.push(bit(isRevoked))
  for (const message of state.messages) {
    code.push(messageStates.indexOf(message.state), message.attempt + 1, message.attempts.length)
    for (const attempt of message.attempts)
      code.push(
        attemptStates.indexOf(attempt.state),
        attempt.age,
        holds.indexOf(attempt.hold),
        attempt.resolved * 10 + attempt.refunds,
        attempt.sid + 1,
        bit(attempt.against),
      )
  }
  for (const worker of state.workers) code.push(workerRank(worker))
  for (const lookUp of state.lookUps) code.push(...lookUpCode(lookUp))
  code.push(state.requests.length, ...state.requests, state.records.length)
  for (const record of state.records)
    code.push(record.sid, record.call, record.age, record.seenFor + 1, bit(record.told))
  return String.fromCharCode(...code)
}
