import { commonRefusals, refuse, type Refused, type RefusalTable } from '../../../platform/graphql/index.js'
import type { BookResult } from '../book-appointment.js'
import type { BookSeriesResult } from '../book-series.js'
import type { CancelResult } from '../cancel-appointment.js'
import type { CancelSeriesResult } from '../cancel-series.js'
import type { ChangeSettingsResult } from '../change-settings.js'
import type { CloseResult } from '../close-appointment.js'
import type { PreviewResult } from '../preview-notification.js'
import type { ReplaceSeriesResult } from '../replace-series.js'
import type { RescheduleResult } from '../reschedule-appointment.js'
import type { UpdateResult } from '../update-appointment.js'

type ReasonOf<Result> = Extract<Result, { ok: false }>['reason' & keyof Extract<Result, { ok: false }>] &
  string

type WriteReason = ReasonOf<
  | BookResult
  | BookSeriesResult
  | CancelResult
  | CancelSeriesResult
  | CloseResult
  | ReplaceSeriesResult
  | RescheduleResult
  | UpdateResult
>

/** Of everything that books and changes: the same reason reads the same everywhere. */
export const writeRefusals: RefusalTable<WriteReason> = {
  ...commonRefusals,
  'in-the-past': { message: 'That time has passed.', remedy: 'Choose a later one.' },
  'too-far-ahead': { message: 'That time is too far ahead.', remedy: 'Choose one within five years.' },
  'zone-unknown': {
    message: 'There is no such time zone.',
    remedy: 'Use the IANA name of a place, for example America/New_York.',
  },
  'duration-out-of-range': { message: 'The duration is out of range.', remedy: 'Use 1 to 1,440 minutes.' },
  'line-unusable': {
    message: 'The title or the place is not one short line.',
    remedy: 'Use at most 100 characters without line breaks.',
  },
  'offsets-unusable': {
    message: 'The reminder offsets cannot be used.',
    remedy: 'Use at most ten different ones of 5 to 43,200 minutes.',
  },
  'contact-not-found': { message: 'One of the contacts is not there.', remedy: 'Check the ids.' },
  'nobody-invited': { message: 'Nobody is invited.', remedy: 'Name at least one client.' },
  'too-many-clients': {
    message: 'Too many clients.',
    remedy: 'Name one, or make it a group of at most 500.',
  },
  'invited-twice': { message: 'Somebody is invited twice.', remedy: 'Name each client once.' },
  'rule-unusable': {
    message: 'The rule cannot be used.',
    remedy: 'Write RFC 5545 without DTSTART, at most daily, whose first occurrence is `startsAt`.',
  },
  'not-scheduled': { message: 'The appointment has ended or was cancelled.', remedy: 'Book a new one.' },
  'has-begun': { message: 'The appointment has begun.', remedy: 'Move it, or say how it ended.' },
  'same-time': { message: 'It has this time already.', remedy: 'Choose another one.' },
  'changed-meanwhile': {
    message: 'Somebody else changed it at the same moment.',
    remedy: 'Look at it again, then repeat.',
  },
  'not-a-group': { message: 'Only a group changes its members.', remedy: 'Cancel it and book a new one.' },
  'not-begun': { message: 'The appointment has not begun.', remedy: 'Wait until it has, or cancel it.' },
  cancelled: { message: 'The appointment was cancelled.', remedy: 'Book a new one.' },
  'not-active': { message: 'The series has ended.', remedy: 'Book a new one.' },
}

const settings: RefusalTable<ReasonOf<ChangeSettingsResult> | ReasonOf<PreviewResult>> = {
  'context-unknown': { message: 'There is no such kind of notification.', remedy: 'Use one from the list.' },
  'offsets-unusable': writeRefusals['offsets-unusable'],
  'zone-unknown': writeRefusals['zone-unknown'],
  'template-invalid': {
    message: 'The template cannot be used.',
    remedy: 'Correct it at the place that is named; `notificationSettings { fields }` lists what it may say.',
  },
  'text-unusable': { message: 'The template gives no text.', remedy: 'Write some words besides the fields.' },
}

/** With the place of what is wrong with a template. */
export function refuseSettings(
  refusal: Extract<ChangeSettingsResult | PreviewResult, { ok: false }>,
): Refused {
  const refused = refuse(settings, refusal.reason)
  if (!('problem' in refusal)) return refused
  const { position, message } = refusal.problem
  return Object.assign(refused, { message: `Character ${String(position)}: ${message}` })
}
