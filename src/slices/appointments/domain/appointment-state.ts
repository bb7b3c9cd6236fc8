import type { TransitionTable } from '../../../kernel/transitions.js'

export const appointmentStates = ['scheduled', 'cancelled', 'completed', 'no_show'] as const
export type AppointmentState = (typeof appointmentStates)[number]

/** The database holds the same rows (appointment_transition) and refuses every other move. */
export const appointmentTransitions: TransitionTable<AppointmentState> = {
  scheduled: ['cancelled', 'completed', 'no_show'],
  cancelled: [],
  // Whoever ticked the wrong box may correct it.
  completed: ['no_show'],
  no_show: ['completed'],
}

export const appointmentKinds = ['individual', 'occurrence', 'cohort'] as const
export type AppointmentKind = (typeof appointmentKinds)[number]

export const partyRoles = ['client', 'coach'] as const
export type PartyRole = (typeof partyRoles)[number]
