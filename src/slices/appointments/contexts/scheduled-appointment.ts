import { everyKind, type NotificationContext } from '../domain/notification-context.js'

export const scheduledAppointment: NotificationContext = {
  what: 'A new appointment, or a new series',
  due: { on: ['booked'] },
  kinds: everyKind,
  roles: ['client', 'coach'],
  useful: { minutes: 24 * 60, afterBeginning: false },
  templates: {
    en: 'Hi {{first_name|there}}, your appointment{{about|}}{{with|}} is booked for {{when}}.{{place|}}',
    es: 'Hola{{greeted|}}, su cita{{about|}}{{with|}} es el {{when}}.{{place|}}',
  },
}
