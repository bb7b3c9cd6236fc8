import type { ContextKey, NotificationContext } from '../domain/notification-context.js'
import { cancellation } from './cancellation.js'
import { cohortUpdate } from './cohort-update.js'
import { noShowFollowUp } from './no-show-follow-up.js'
import { reminder1hr } from './reminder-1hr.js'
import { reminder24hr } from './reminder-24hr.js'
import { reminder48hr } from './reminder-48hr.js'
import { reminderCustom } from './reminder-custom.js'
import { rescheduledAppointment } from './rescheduled-appointment.js'
import { scheduledAppointment } from './scheduled-appointment.js'

/** Every kind of notification. A key without its file does not compile; nothing else names them one by one. */
export const contexts: Readonly<Record<ContextKey, NotificationContext>> = {
  scheduled_appointment: scheduledAppointment,
  rescheduled_appointment: rescheduledAppointment,
  cancellation,
  reminder_48hr: reminder48hr,
  reminder_24hr: reminder24hr,
  reminder_1hr: reminder1hr,
  reminder_custom: reminderCustom,
  cohort_update: cohortUpdate,
  no_show_follow_up: noShowFollowUp,
}
