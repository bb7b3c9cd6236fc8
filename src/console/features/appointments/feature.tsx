import { IconCalendarEvent } from '@tabler/icons-react'
import type { Feature } from '../../app/feature.js'

export const appointments: Feature = {
  path: '/appointments',
  label: 'Appointments',
  icon: <IconCalendarEvent size={18} stroke={1.7} />,
  hint: 'Who meets whom and when, and who is told what about it',
  needs: 'VIEWER',
  clock: 'Times are on the clock that is named beside them.',
  screens: [
    {
      path: '/appointments',
      load: async () => (await import('./calendar/appointments-page.js')).AppointmentsPage,
    },
    { path: '/appointments/book', load: async () => (await import('./booking/book-page.js')).BookPage },
    {
      path: '/appointments/settings',
      load: async () => (await import('./settings/settings-page.js')).SettingsPage,
    },
    {
      path: '/appointments/series',
      load: async () => (await import('./series/series-list-page.js')).SeriesListPage,
    },
    {
      path: '/appointments/series/:seriesId',
      load: async () => (await import('./series/series-page.js')).SeriesPage,
    },
    {
      path: '/appointments/:appointmentId',
      load: async () => (await import('./appointment/appointment-page.js')).AppointmentPage,
    },
  ],
  commands: [
    {
      label: 'Book an appointment',
      hint: 'Once, recurring, or a group',
      path: '/appointments/book',
      needs: 'OPERATOR',
    },
    {
      label: 'Series of appointments',
      hint: 'What recurs, with whom, and when next',
      path: '/appointments/series',
      needs: 'VIEWER',
    },
    {
      label: 'What is told about appointments',
      hint: 'Whom, when and in which words',
      path: '/appointments/settings',
      needs: 'VIEWER',
    },
  ],
}
