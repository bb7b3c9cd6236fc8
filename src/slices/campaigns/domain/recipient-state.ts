/** Where one recipient stands: skipped, or in the state of its message (pending also while there is none yet). */
export const recipientStates = [
  'skipped',
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
export type RecipientState = (typeof recipientStates)[number]
