import { everyKind, type NotificationContext } from './notification-context.js'

const HALF_A_DAY_MINUTES = 12 * 60

/** Reminders differ in when they are due; they say when the appointment is, so that one that had to come earlier is right, too. */
export function reminderContext(what: string, before: number | 'other'): NotificationContext {
  return {
    what,
    due: { before },
    kinds: everyKind,
    roles: ['client', 'coach'],
    useful: { minutes: HALF_A_DAY_MINUTES, afterBeginning: false },
    templates: {
      en: 'Hi {{first_name|there}}, a reminder of your appointment{{about|}}{{with|}} on {{when}}.{{place|}}{{confirm|}}',
      es: 'Hola{{greeted|}}, le recordamos su cita{{about|}}{{with|}} el {{when}}.{{place|}}{{confirm|}}',
    },
  }
}
