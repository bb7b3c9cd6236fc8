import type { InvariantName } from './invariants.js'
import type { ScenarioName } from './scenarios.js'

interface Guard {
  /** Who keeps it: our program (with its database), or the carrier and Postgres as we assume them (A1 … A5). */
  readonly keeper: 'program' | 'assumption'
  readonly what: string
  /** What must break when it is missing, and where that is looked for. */
  readonly breaks: InvariantName
  readonly scenario: ScenarioName
}

/** Each is switched off alone. A guard that can be missing without harm is no guard, or the model does not see the harm. */
export const guards = {
  'intent-before-call': {
    keeper: 'program',
    what: 'the attempt is committed before the call is made',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'hold-before-call': {
    keeper: 'program',
    what: 'the credits are held before the call is made',
    breaks: 'within-credits',
    scenario: 'p1-two',
  },
  'claim-locks-message': {
    keeper: 'program',
    what: 'a claim takes only what is pending when it commits: one live attempt per message',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'claim-asks-gate': {
    keeper: 'program',
    what: 'the gate is asked in the transaction that claims',
    breaks: 'gate-is-asked',
    scenario: 'p1',
  },
  'claim-counts-credits': {
    keeper: 'program',
    what: 'the credits are counted in the transaction that holds them',
    breaks: 'within-credits',
    scenario: 'p1-two',
  },
  'one-unresolved-per-number': {
    keeper: 'program',
    what: 'a number with an unknown outcome gets no other text',
    breaks: 'sent-is-paid',
    scenario: 'p1-one-number',
  },
  'taken-back-ends': {
    keeper: 'program',
    what: 'a message that was taken back in flight is not tried again',
    breaks: 'gate-is-asked',
    scenario: 'p1-taken-back',
  },
  'rescue-to-unknown': {
    keeper: 'program',
    what: 'the attempt of a lost worker becomes unknown, not pending again',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'rescue-at-all': {
    keeper: 'program',
    what: 'attempts of lost workers are found',
    breaks: 'nothing-lost',
    scenario: 'p1',
  },
  'look-up-at-all': {
    keeper: 'program',
    what: 'unknown outcomes are looked up: callbacks may all be lost',
    breaks: 'nothing-lost',
    scenario: 'p1',
  },
  'no-answer-is-unknown': {
    keeper: 'program',
    what: 'a call without a trustworthy answer is unknown, not unsent',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'no-client-retry': {
    keeper: 'program',
    what: "the carrier's client never repeats a call by itself",
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'settle-reads-under-lock': {
    keeper: 'program',
    what: 'a settlement decides on the state that it reads under the lock: twice is once',
    breaks: 'holds-resolve-once',
    scenario: 'p1',
  },
  'evidence-from-anybody': {
    keeper: 'program',
    what: 'a proof counts whoever brings it, also after the lease',
    breaks: 'evidence-counts',
    scenario: 'p1',
  },
  'evidence-over-policy': {
    keeper: 'program',
    what: 'a proof counts after the policy has closed the attempt as unproven',
    breaks: 'evidence-counts',
    scenario: 'p0-late',
  },
  'absent-after-credential': {
    keeper: 'program',
    what: 'nothing is called absent while its credential lives',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'absent-after-list-lag': {
    keeper: 'program',
    what: 'nothing is called absent before the list has had time to show it',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'clocks-may-differ': {
    keeper: 'program',
    what: "the carrier's clock may be off by ε",
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'look-up-waits': {
    keeper: 'program',
    what: 'a look-up begins only when the window of its attempt is over',
    breaks: 'sent-is-paid',
    scenario: 'p1-one-number',
  },
  'look-up-window': {
    keeper: 'program',
    what: "a listed text counts for an attempt only when created in the attempt's own window",
    breaks: 'sent-is-paid',
    scenario: 'p1-look-ups',
  },
  'look-up-leaves-taken': {
    keeper: 'program',
    what: 'a listed text that belongs to an attempt counts for no other',
    breaks: 'nothing-lost',
    scenario: 'p1-one-number',
  },
  'p0-never-resends': {
    keeper: 'program',
    what: 'without a fence an empty list proves nothing',
    breaks: 'no-duplicate',
    scenario: 'p0-late',
  },
  'refund-once': {
    keeper: 'program',
    what: 'a capture is given back once at most',
    breaks: 'holds-resolve-once',
    scenario: 'p0-refund',
  },
  'refund-reads-under-lock': {
    keeper: 'program',
    what: 'a charge is given back only if nothing has proved its text since the list was read',
    breaks: 'proved-is-charged',
    scenario: 'p0-refund-late',
  },
  'late-proof-is-charged': {
    keeper: 'program',
    what: 'what was given back is charged again when its text is proved',
    breaks: 'proved-is-charged',
    scenario: 'p0-refund-late',
  },
  'a1-fence': {
    keeper: 'assumption',
    what: 'A1: the carrier refuses a request whose credential has died',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'a2-list-lag': {
    keeper: 'assumption',
    what: 'A2: what the carrier accepted is in its list within Λ',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'a4-durable-commit': {
    keeper: 'assumption',
    what: 'A4: an acknowledged commit is never lost',
    breaks: 'no-duplicate',
    scenario: 'p1',
  },
  'p0-late-requests-die': {
    keeper: 'assumption',
    what: 'a day-late refund needs this, fence or not: no request is accepted after its deadline and ε',
    breaks: 'sent-is-paid',
    scenario: 'p0-refund',
  },
} as const satisfies Record<string, Guard>

export type GuardName = keyof typeof guards
export const guardNames = Object.keys(guards) as GuardName[]
export const guardOf = (name: GuardName): Guard => guards[name]
