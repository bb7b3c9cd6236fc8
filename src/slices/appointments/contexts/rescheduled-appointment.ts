import type { NotificationContext } from '../domain/notification-context.js'

export const rescheduledAppointment: NotificationContext = {
  what: 'An appointment has a new time',
  due: { on: ['moved'] },
  kinds: ['individual', 'occurrence'],
  roles: ['client', 'coach'],
  useful: { minutes: 48 * 60, afterBeginning: false },
  templates: {
    en: 'Hi {{first_name|there}}, your appointment{{about|}}{{with|}} has moved to {{when}}.{{place|}}',
    es: 'Hola{{greeted|}}, su cita{{about|}}{{with|}} cambia al {{when}}.{{place|}}',
  },
}
