import {
  attemptOf,
  isOpen,
  messageOf,
  NOBODY,
  type Attempt,
  type CarrierRecord,
  type Message,
  type State,
} from './protocol-state.js'
import type { World } from './scenarios.js'

interface Invariant {
  readonly what: string
  holds(state: State, world: World): boolean
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
const attemptsOf = (state: State): Attempt[] => state.messages.flatMap((message) => [...message.attempts])
const isPaid = (attempt: Attempt): boolean => attempt.hold === 'captured' || attempt.hold === 'recharged'
const isLive = (attempt: Attempt): boolean =>
  isOpen(attempt) || attempt.state === 'accepted' || attempt.state === 'unproven'

function costOf(state: State, world: World, counts: (attempt: Attempt) => boolean): number {
  return sumOf(
    state.messages.flatMap((message, m) =>
      message.attempts.filter(counts).map(() => world.scenario.costs[m] ?? 0),
    ),
  )
}

/** What P0 cannot see: accepted after its window, given back, and nobody has told yet. */
function isUnprovedLate(state: State, { scenario }: World, record: CarrierRecord): boolean {
  const isPossible = scenario.refunds && scenario.lateRequests === 'accepted' && !record.told
  return isPossible && attemptOf(state, record.call)?.hold === 'refunded'
}

/** What must hold in every state. */
export const invariants = {
  'no-duplicate': {
    what: 'the carrier accepts no message twice',
    holds: (state) =>
      new Set(state.records.map((record) => messageOf(record.call))).size === state.records.length,
  },
  'within-credits': {
    what: 'the carrier accepts no more than there were credits for, but for what was given back and is owed when it is proved',
    holds: (state, world) =>
      sumOf(
        state.records
          .filter((record) => !isUnprovedLate(state, world, record))
          .map((record) => world.scenario.costs[messageOf(record.call)] ?? 0),
      ) <=
      state.granted + state.debt,
  },
  'sent-is-paid': {
    what: 'what the carrier has accepted is held or charged; where late texts are accepted and charges given back, until it is proved',
    holds: (state, world) =>
      state.records.every((record) => {
        const hold = attemptOf(state, record.call)
        return (
          isUnprovedLate(state, world, record) ||
          hold?.hold === 'open' ||
          (hold !== undefined && isPaid(hold))
        )
      }),
  },
  'proved-is-charged': {
    what: 'what was proved to be accepted is charged, once, whatever was decided before the proof',
    holds: (state) =>
      state.records.every((record) => {
        const attempt = attemptOf(state, record.call)
        return !record.told || attempt === undefined || isPaid(attempt)
      }),
  },
  'paid-is-sent': {
    what: 'what is captured was accepted by the carrier, or is unproven and says so',
    holds: (state) =>
      state.messages.every((message, m) =>
        message.attempts.every(
          (attempt, n) =>
            !isPaid(attempt) ||
            attempt.state === 'unproven' ||
            state.records.some((record) => record.call === m * 10 + n),
        ),
      ),
  },
  'holds-resolve-once': {
    what: 'a hold is captured or released once, a capture given back once at most, and no credit appears or vanishes',
    holds: (state, world) =>
      state.available >= 0 &&
      state.held === costOf(state, world, (attempt) => attempt.hold === 'open') &&
      state.spent === costOf(state, world, isPaid) &&
      state.available + state.held + state.spent - state.debt === state.granted &&
      (state.debt === 0 || state.available === 0) &&
      attemptsOf(state).every((attempt) => attempt.resolved <= 1 && attempt.refunds <= attempt.resolved),
  },
  'in-flight-is-held': {
    what: 'a message in flight has an open hold; one that is settled has none; both agree with their attempt',
    holds: (state) => state.messages.every(agrees),
  },
  'one-live-attempt': {
    what: 'a message never has two attempts that could be out',
    holds: (state) => state.messages.every((message) => message.attempts.filter(isLive).length <= 1),
  },
  'one-unresolved-per-number': {
    what: 'a number never has two attempts of unknown outcome',
    holds: (state, { scenario }) =>
      [...new Set(scenario.phones)].every(
        (phone) =>
          state.messages
            .filter((_, m) => scenario.phones[m] === phone)
            .flatMap((message) => message.attempts.filter(isOpen)).length <= 1,
      ),
  },
  'gate-is-asked': {
    what: 'no claim commits after a stop or a revocation has committed, or after its message was taken back',
    holds: (state) => attemptsOf(state).every((attempt) => !attempt.against),
  },
  'evidence-counts': {
    what: 'a call that was proved accepted is accepted',
    holds: (state) =>
      state.records.every((record) => !record.told || attemptOf(state, record.call)?.state === 'accepted'),
  },
  'tables-agree': {
    what: 'no decision asks for a move that the transition tables refuse',
    holds: (state) => !state.refusedMove,
  },
  'books-close': {
    what: 'when all is over nothing is held, and what is charged is what was sent, or is unproven and says so',
    holds: (state, world) => !isOver(state, world) || state.held === 0,
  },
} as const satisfies Record<string, Invariant>

export type StateInvariant = keyof typeof invariants
/**
 * `nothing-lost` is checked on the whole graph and not on one state (explore.ts): from every state there is a way to the end
 * that needs no luck, no callback and no top-up.
 */
export type InvariantName = StateInvariant | 'nothing-lost'
export const stateInvariants = Object.keys(invariants) as StateInvariant[]
export const holds = (name: StateInvariant, state: State, world: World): boolean =>
  (invariants[name] as Invariant).holds(state, world)

function agrees(message: Message): boolean {
  const attempt = message.attempts[message.attempt]
  switch (message.state) {
    case 'dispatching':
    case 'unknown':
      return attempt?.state === message.state && attempt.hold === 'open'
    case 'accepted':
    case 'unproven':
      return attempt?.state === message.state && (isPaid(attempt) || attempt.hold === 'refunded')
    case 'pending':
    case 'failed':
    case 'suppressed':
    case 'cancelled':
    case 'expired':
      return message.attempt === NOBODY && !message.attempts.some(isLive)
  }
}

/** Every message has ended, or waits for something that only a person can give; nobody is doing anything. */
export function isOver(state: State, world: World): boolean {
  const isQuiet =
    state.requests.length === 0 &&
    state.workers.every((worker) => worker.phase === 'idle') &&
    state.lookUps.every((lookUp) => lookUp.phase === 'idle')
  if (!isQuiet || attemptsOf(state).some(isOpen)) return false
  if (
    world.scenario.refunds &&
    attemptsOf(state).some((attempt) => attempt.state === 'unproven' && isPaid(attempt))
  )
    return false
  const next = state.messages.findIndex((message) => message.state === 'pending')
  return next < 0 || state.stopped || state.available < (world.scenario.costs[next] ?? 0)
}
