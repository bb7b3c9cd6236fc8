import { AppointmentSettingsResolver } from './appointment-settings.resolver.js'
import { AppointmentWritesResolver } from './appointment-writes.resolver.js'
import { AppointmentsResolver } from './appointments.resolver.js'
import { SeriesResolver } from './series.resolver.js'

export const appointmentResolvers = [
  AppointmentsResolver,
  AppointmentWritesResolver,
  SeriesResolver,
  AppointmentSettingsResolver,
] as const
