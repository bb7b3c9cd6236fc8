import { everyKind, type NotificationContext } from '../domain/notification-context.js'

export const noShowFollowUp: NotificationContext = {
  what: 'A client did not come',
  due: { on: ['missed'] },
  kinds: everyKind,
  roles: ['client'],
  useful: { minutes: 24 * 60, afterBeginning: true },
  templates: {
    en: 'Hi {{first_name|there}}, we missed you on {{when}}. Reply to this text to find a new time.',
    es: 'Hola{{greeted|}}, le esperamos el {{when}}. Responda a este mensaje para una nueva cita.',
  },
}
