import type { TransitionTable } from '../../../kernel/transitions.js'

/** One call to the carrier. `absent`: proved, after its credential had died, that the carrier never took it. */
export const attemptStates = ['dispatching', 'unknown', 'accepted', 'unproven', 'not_sent', 'absent'] as const
export type AttemptState = (typeof attemptStates)[number]

/** The database holds the same rows (attempt_transition). */
export const attemptTransitions: TransitionTable<AttemptState> = {
  dispatching: ['accepted', 'unknown', 'not_sent'],
  unknown: ['accepted', 'not_sent', 'absent', 'unproven'],
  accepted: [],
  unproven: ['accepted'],
  not_sent: [],
  absent: [],
}

/** Who or what told us how an attempt ended. */
export type Evidence = 'worker' | 'callback' | 'look_up' | 'lease' | 'policy' | 'administrator' | 'restore'
