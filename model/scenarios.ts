import type { GuardName } from './guards.js'
import type { Faults } from './protocol-state.js'

/** Bounds within which every order of events is tried. */
export interface Scenario {
  readonly what: string
  readonly policy: 'P0' | 'P1'
  /** What becomes of a request that reaches the carrier after its deadline and ε. */
  readonly lateRequests: 'refused' | 'lost' | 'accepted'
  /** Unproven charges are looked up again a day later and given back. */
  readonly refunds: boolean
  /** The number of each message, in the order of the messages. */
  readonly phones: readonly number[]
  readonly costs: readonly number[]
  readonly credits: number
  /** Calls per message at most. */
  readonly calls: number
  readonly workers: number
  /** Look-ups that may be under way at once. */
  readonly lookUps: number
  readonly faults: Faults
}

const none: Faults = { crashes: 0, refusals: 0, revocations: 0, stops: 0, topUps: 0, takeBacks: 0 }
const base: Scenario = {
  what: '',
  policy: 'P1',
  lateRequests: 'refused',
  refunds: false,
  phones: [0],
  costs: [1],
  credits: 1,
  calls: 2,
  workers: 2,
  lookUps: 1,
  faults: none,
}
const p0 = { ...base, policy: 'P0', lateRequests: 'lost' } as const satisfies Scenario

export const scenarios = {
  p1: {
    ...base,
    what: 'one message, every kind of fault',
    credits: 2,
    faults: { ...none, crashes: 1, refusals: 1, revocations: 1, stops: 1 },
  },
  'p1-taken-back': {
    ...base,
    what: 'one message that is taken back at any moment',
    credits: 2,
    faults: { ...none, crashes: 1, refusals: 1, takeBacks: 1 },
  },
  'p1-two': {
    ...base,
    what: 'two numbers, credits for one, a top-up',
    phones: [0, 1],
    costs: [1, 1],
    calls: 1,
    faults: { ...none, crashes: 1, topUps: 1 },
  },
  'p1-one-number': {
    ...base,
    what: 'two messages to one number',
    phones: [0, 0],
    costs: [1, 1],
    credits: 2,
    calls: 1,
    workers: 1,
  },
  'p1-look-ups': {
    ...base,
    what: 'one message, two look-ups that may be slow',
    workers: 1,
    lookUps: 2,
    faults: { ...none, crashes: 1 },
  },
  'p1-three': {
    ...base,
    what: 'three messages of different cost to one number',
    phones: [0, 0, 0],
    costs: [1, 2, 1],
    credits: 3,
    calls: 1,
    workers: 1,
  },
  'p0-late': {
    ...p0,
    what: 'no fence: late requests are accepted; unproven stays charged',
    lateRequests: 'accepted',
    faults: { ...none, crashes: 1, refusals: 1, revocations: 1 },
  },
  'p0-refund': {
    ...p0,
    what: 'unproven charges are given back a day later, two look-ups',
    refunds: true,
    workers: 1,
    lookUps: 2,
    faults: { ...none, crashes: 1 },
  },
  'p0-refund-late': {
    ...p0,
    what: 'late requests are accepted after unproven charges were given back; the other number has taken the credits',
    lateRequests: 'accepted',
    refunds: true,
    phones: [0, 1],
    costs: [1, 1],
    calls: 1,
    workers: 1,
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]
export const scenarioOf = (name: ScenarioName): Scenario => scenarios[name]

/** What a step needs to know beside the state. */
export interface World {
  readonly scenario: Scenario
  /** The guard that is switched off, if any. */
  readonly without: GuardName | null
}

/**
 * Time is counted in ticks, each number on a clock of its own, which allows every relative speed. One tick stands for the
 * life of a credential, for ε, for Λ and for the validity alike: what counts is only what comes after what.
 */
export const TICK_MS = 10_000
export const LIFE = 1
export const SKEW = 1
export const LAG = 1
export const VALIDITY = 1
/** Ages after which nothing new can be learnt about an attempt. */
export const ABSENT_AGE = LIFE + SKEW + LAG + 1
export const UNPROVEN_AGE = ABSENT_AGE + VALIDITY
export const REFUND_AGE = UNPROVEN_AGE + 1

export function lastAge(scenario: Scenario): number {
  if (scenario.policy === 'P1') return ABSENT_AGE
  return scenario.refunds ? REFUND_AGE : UNPROVEN_AGE
}
