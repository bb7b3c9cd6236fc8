import type { TransitionTable } from '../../../kernel/transitions.js'

export const notificationStates = ['planned', 'queued', 'voided', 'skipped'] as const
export type NotificationState = (typeof notificationStates)[number]

/** The database holds the same rows (notification_transition) and refuses every other move. */
export const notificationTransitions: TransitionTable<NotificationState> = {
  planned: ['queued', 'voided', 'skipped'],
  // Its text was still waiting and was taken back.
  queued: ['voided'],
  // Only what an opt-out took back, when the person agrees again.
  voided: ['planned'],
  skipped: [],
}

/** Why nothing is sent although it was once to be. */
export type VoidReason =
  'rescheduled' | 'changed' | 'cancelled' | 'ended' | 'not_next' | 'opted_out' | 'removed' | 'outdated'

/** Why nothing was ever to be sent, or no longer makes sense. */
export type SkipReason =
  | 'offset_passed'
  | 'quiet_hours'
  | 'too_late'
  | 'no_contact'
  | 'switched_off'
  | 'no_price'
  | 'country_not_allowed'
  | 'text_unusable'
  | 'tried_before'

/** For people: plans and lists show these. */
export const reasonWords: Readonly<Record<VoidReason | SkipReason, string>> = {
  rescheduled: 'The appointment was moved.',
  changed: 'The appointment was changed; a newer notification has taken its place.',
  cancelled: 'The appointment was cancelled.',
  ended: 'The appointment is over.',
  not_next: 'Another appointment of the series comes first.',
  opted_out: 'The recipient opted out of texts.',
  removed: 'The recipient is no longer part of the appointment.',
  outdated: 'The appointment changed before the text was written.',
  offset_passed: 'Its time had passed when the appointment was planned.',
  quiet_hours: 'The recipient’s quiet hours left no time for it.',
  too_late: 'It could not be written while it still made sense.',
  no_contact: 'There is no contact to text.',
  switched_off: 'The account has switched this kind of notification off.',
  no_price: 'Texts to this country have no price.',
  country_not_allowed: 'Texts to this country are not allowed for the account.',
  tried_before: 'A text about the same was on its way already when the appointment changed.',
  text_unusable: 'The template gives no text for this recipient.',
}
