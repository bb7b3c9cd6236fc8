import { everyKind, type NotificationContext } from '../domain/notification-context.js'

export const cancellation: NotificationContext = {
  what: 'An appointment does not take place',
  due: { on: ['called_off'] },
  kinds: everyKind,
  roles: ['client', 'coach'],
  useful: { minutes: 48 * 60, afterBeginning: false },
  templates: {
    en: 'Hi {{first_name|there}}, your appointment{{about|}}{{with|}} on {{when}} is cancelled.',
    es: 'Hola{{greeted|}}, su cita{{about|}}{{with|}} del {{when}} queda cancelada.',
  },
}
