import type { NotificationContext } from '../domain/notification-context.js'

export const cohortUpdate: NotificationContext = {
  what: 'A group appointment has another time, place or subject',
  due: { on: ['moved', 'changed'] },
  kinds: ['cohort'],
  roles: ['client', 'coach'],
  useful: { minutes: 48 * 60, afterBeginning: false },
  templates: {
    en: 'Hi {{first_name|there}}, a change for your group{{about|}}: it is now on {{when}}.{{place|}}',
    es: 'Hola{{greeted|}}, cambio en su grupo{{about|}}: ahora es el {{when}}.{{place|}}',
  },
}
