import type { TransitionTable } from '../../../kernel/transitions.js'

/**
 * `dispatching`: a hold is taken and the intent to send is committed; the text may have left, so it is never sent
 * again without proof. `unknown`: nobody can tell yet. `unproven`: closed by policy, charged, still no proof.
 */
export const messageStates = [
  'pending',
  'dispatching',
  'unknown',
  'accepted',
  'unproven',
  'failed',
  'suppressed',
  'cancelled',
  'expired',
] as const
export type MessageState = (typeof messageStates)[number]

/** The database holds the same rows (message_transition) and refuses every other move. */
export const messageTransitions: TransitionTable<MessageState> = {
  pending: ['dispatching', 'suppressed', 'cancelled', 'expired', 'failed'],
  dispatching: ['accepted', 'unknown', 'pending', 'failed', 'suppressed', 'cancelled'],
  unknown: ['accepted', 'pending', 'failed', 'suppressed', 'cancelled', 'unproven'],
  accepted: [],
  unproven: ['accepted'],
  failed: [],
  suppressed: [],
  cancelled: [],
  expired: [],
}
