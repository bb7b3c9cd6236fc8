import type { AttemptState } from '../src/slices/messages/domain/attempt-state.js'
import type { LookUpDecision } from '../src/slices/messages/domain/look-up.js'
import type { MessageState } from '../src/slices/messages/domain/message-state.js'
import type { Scenario } from './scenarios.js'

/**
 * Everything that the protocol can be in: the database, the workers' memories, the wires, and the carrier. A step makes a new
 * state and never changes an old one.
 */
export interface State {
  readonly available: number
  readonly held: number
  readonly spent: number
  /** Owed for what was proved late and could not be paid. */
  readonly debt: number
  readonly granted: number
  /** Somebody with the right to has stopped all sending of the account. */
  readonly stopped: boolean
  /** Per phone number. */
  readonly revoked: readonly boolean[]
  readonly messages: readonly Message[]
  readonly workers: readonly Worker[]
  readonly lookUps: readonly LookUp[]
  /** On their way to the carrier, by the call that they belong to. */
  readonly requests: readonly CallId[]
  readonly records: readonly CarrierRecord[]
  readonly left: Faults
  /** The program asked for a move that its own transition table refuses. */
  readonly refusedMove: boolean
}

/** How often each thing that nobody can rule out may still happen. */
export interface Faults {
  readonly crashes: number
  readonly refusals: number
  readonly revocations: number
  readonly stops: number
  readonly topUps: number
  readonly takeBacks: number
}

/** A call: message × 10 + number of its attempt, or `UNRECORDED` in place of the number. */
export type CallId = number
export const UNRECORDED = 9
export const NOBODY = -1

export const callId = (message: number, n: number): CallId => message * 10 + n
export const messageOf = (call: CallId): number => Math.floor(call / 10)

export interface Message {
  readonly state: MessageState
  /** The attempt that it names: in flight, or the one that settled it. */
  readonly attempt: number
  readonly attempts: readonly Attempt[]
  /** Nobody wants it any more. */
  readonly takenBack: boolean
}

/** `recharged`: given back, and charged when the proof came. */
export type Hold = 'none' | 'open' | 'captured' | 'released' | 'refunded' | 'recharged'

export interface Attempt {
  readonly state: AttemptState
  /** Ticks since its claim, on the clock of its phone number. */
  readonly age: number
  readonly hold: Hold
  /** How often its hold was captured or released, and how often a capture was given back. */
  readonly resolved: number
  readonly refunds: number
  readonly sid: number
  /** Its claim committed after a "no" had been committed. */
  readonly against: boolean
}

export type Answer = 'none' | 'accepted' | 'late' | 'put off' | 'refused' | 'unknown'

export interface Worker {
  readonly phase: 'idle' | 'reading' | 'claimed' | 'writing' | 'waiting' | 'answered'
  readonly call: CallId
  readonly answer: Answer
}

export interface LookUp {
  readonly phase: 'idle' | 'selected' | 'listed' | 'decided'
  readonly call: CallId
  /** What the attempt was when it was selected. */
  readonly from: 'unknown' | 'unproven'
  /** The age of the attempt when the list was read. */
  readonly askedAge: number
  readonly sids: readonly number[]
  readonly verdict: LookUpDecision['verdict']
}

/** A text that the carrier has accepted. */
export interface CarrierRecord {
  readonly sid: number
  readonly call: CallId
  readonly age: number
  /** The attempt for which somebody other than the sending worker has reported it. */
  readonly seenFor: CallId
  /** The program has been told of it as the outcome of its own call. */
  readonly told: boolean
}

export const idleWorker: Worker = { phase: 'idle', call: NOBODY, answer: 'none' }
export const idleLookUp: LookUp = {
  phase: 'idle',
  call: NOBODY,
  from: 'unknown',
  askedAge: 0,
  sids: [],
  verdict: 'too_early',
}

export function firstState(scenario: Scenario): State {
  return {
    available: scenario.credits,
    held: 0,
    spent: 0,
    debt: 0,
    granted: scenario.credits,
    stopped: false,
    revoked: [...new Set(scenario.phones)].map(() => false),
    messages: scenario.phones.map(() => ({
      state: 'pending',
      attempt: NOBODY,
      attempts: [],
      takenBack: false,
    })),
    workers: Array.from({ length: scenario.workers }, () => idleWorker),
    lookUps: Array.from({ length: scenario.lookUps }, () => idleLookUp),
    requests: [],
    records: [],
    left: scenario.faults,
    refusedMove: false,
  }
}

export function attemptOf(state: State, call: CallId): Attempt | undefined {
  return state.messages[messageOf(call)]?.attempts[call % 10]
}

export function isOpen(attempt: Attempt): boolean {
  return attempt.state === 'dispatching' || attempt.state === 'unknown'
}

/** Known to belong to some attempt. */
export function isTaken(state: State, record: CarrierRecord): boolean {
  return (
    record.seenFor !== NOBODY ||
    state.messages.some((message) => message.attempts.some((attempt) => attempt.sid === record.sid))
  )
}

/** Credits come back or in: what is owed is paid first. */
export function withCredits(state: State, credits: number): State {
  const paid = Math.min(state.debt, credits)
  return { ...state, available: state.available + credits - paid, debt: state.debt - paid }
}

export function replaced<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  const copy = items.slice()
  copy[index] = item
  return copy
}

export function withAttempt(state: State, call: CallId, change: Partial<Attempt>): State {
  const index = messageOf(call)
  const message = state.messages[index]
  const attempt = message?.attempts[call % 10]
  if (message === undefined || attempt === undefined) return state
  const attempts = replaced(message.attempts, call % 10, { ...attempt, ...change })
  return { ...state, messages: replaced(state.messages, index, { ...message, attempts }) }
}

export function withMessage(state: State, index: number, change: Partial<Message>): State {
  const message = state.messages[index]
  if (message === undefined) return state
  return { ...state, messages: replaced(state.messages, index, { ...message, ...change }) }
}

export function withWorker(state: State, index: number, worker: Worker): State {
  return { ...state, workers: replaced(state.workers, index, worker) }
}

export function withLookUp(state: State, index: number, lookUp: LookUp): State {
  return { ...state, lookUps: replaced(state.lookUps, index, lookUp) }
}
