/** The front door of appointments: the only file that others import. */
export type { AppointmentDeps, BookingDeps, Caller } from './appointment-deps.js'
export { bookAppointment, type BookInput } from './book-appointment.js'
export { bookSeries } from './book-series.js'
export { cancelAppointment } from './cancel-appointment.js'
export { cancelSeries } from './cancel-series.js'
export { changeSettings } from './change-settings.js'
export { closeAppointment } from './close-appointment.js'
export { confirmByReply } from './confirm-by-reply.js'
export { contexts } from './contexts/index.js'
export type { ContextTable, NotificationContext } from './domain/notification-context.js'
export { previewNotification } from './preview-notification.js'
export { queueDue } from './queue-due.js'
export {
  appointmentHistory,
  findAppointment,
  findSeries,
  listAppointments,
  partiesOf,
  reminderPlan,
} from './read-appointments.js'
export { replaceSeries } from './replace-series.js'
export { rescheduleAppointment } from './reschedule-appointment.js'
export { extendSeries, rollSeries } from './roll-series.js'
export { updateAppointment } from './update-appointment.js'
export { voidForPhone } from './void-for-phone.js'
