import { attemptStates } from '../src/slices/messages/domain/attempt-state.js'
import { messageStates } from '../src/slices/messages/domain/message-state.js'
import {
  callId,
  isTaken,
  replaced,
  type CarrierRecord,
  type LookUp,
  type Message,
  type State,
  type Worker,
} from './protocol-state.js'
import type { World } from './scenarios.js'
import { isLookedUp, isTimed } from './steps.js'

const holds = ['none', 'open', 'captured', 'released', 'refunded', 'recharged']
const workerPhases = ['idle', 'reading', 'claimed', 'writing', 'waiting', 'answered']
const answers = ['none', 'accepted', 'late', 'put off', 'refused', 'unknown']
const lookUpPhases = ['idle', 'selected', 'listed', 'decided']
const verdicts = ['found', 'absent', 'unproven', 'refund', 'too_early']

/**
 * The same state for everything that differs only in what can never matter again: which of two like workers does what, and
 * the ages of what is settled.
 */
export function canonical(state: State, world: World): State {
  return {
    ...state,
    messages: withoutIdleAges(state, world),
    records: withoutTakenAges(state, world),
    workers: sorted(state.workers, workerRank),
    lookUps: sorted(state.lookUps, lookUpRank),
    requests: sorted(state.requests, (call) => call),
  }
}

function withoutIdleAges(state: State, world: World): readonly Message[] {
  let messages = state.messages
  state.messages.forEach((message, m) => {
    message.attempts.forEach((attempt, n) => {
      const call = callId(m, n)
      if (attempt.age === 0 || isTimed(state, world, call) || isLookedUp(state, call)) return
      const now = messages[m] ?? message
      messages = replaced(messages, m, {
        ...now,
        attempts: replaced(now.attempts, n, { ...attempt, age: 0 }),
      })
    })
  })
  return messages
}

function withoutTakenAges(state: State, world: World): readonly CarrierRecord[] {
  if (world.without === 'look-up-leaves-taken') return state.records
  const isOld = (record: CarrierRecord): boolean => record.age !== 0 && isTaken(state, record)
  if (!state.records.some(isOld)) return state.records
  return state.records.map((record) => (isOld(record) ? { ...record, age: 0 } : record))
}

function sorted<Item>(items: readonly Item[], rank: (item: Item) => number): readonly Item[] {
  if (items.length < 2) return items
  const isSorted = items.every((item, index) => {
    const before = items[index - 1]
    return before === undefined || rank(before) <= rank(item)
  })
  return isSorted ? items : [...items].sort((a, b) => rank(a) - rank(b))
}

const workerRank = (worker: Worker): number =>
  (workerPhases.indexOf(worker.phase) * 100 + worker.call + 1) * 10 + answers.indexOf(worker.answer)

const lookUpRank = (lookUp: LookUp): number =>
  lookUp.phase === 'idle' ? 0 : lookUpCode(lookUp).reduce((rank, part) => rank * 101 + part, 0)

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
    state.debt + OFFSET,
    state.granted,
    bit(state.stopped) + 2 * bit(state.refusedMove),
    left.crashes,
    left.refusals,
    left.revocations,
    left.stops,
    left.topUps,
    left.takeBacks,
  ]
  for (const isRevoked of state.revoked) code.push(bit(isRevoked))
  for (const message of state.messages) {
    code.push(
      messageStates.indexOf(message.state),
      message.attempt + 1,
      message.attempts.length,
      bit(message.takenBack),
    )
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
