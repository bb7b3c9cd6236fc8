import { registerEnumType } from 'type-graphql'
import type { AppointmentKind, AppointmentState, PartyRole } from '../domain/appointment-state.js'
import type { Language } from '../domain/notification-context.js'
import type { NotificationState } from '../domain/notification-state.js'
import { contexts } from '../contexts/index.js'

export const AppointmentKindEnum = {
  INDIVIDUAL: 'individual',
  OCCURRENCE: 'occurrence',
  COHORT: 'cohort',
} as const satisfies Record<string, AppointmentKind>

registerEnumType(AppointmentKindEnum, {
  name: 'AppointmentKind',
  description: 'What kind of appointment it is.',
  valuesConfig: {
    INDIVIDUAL: { description: 'One client.' },
    OCCURRENCE: { description: 'One of a series.' },
    COHORT: { description: 'A group: one appointment of many clients.' },
  },
})

export const AppointmentStateEnum = {
  SCHEDULED: 'scheduled',
  CANCELLED: 'cancelled',
  COMPLETED: 'completed',
  NO_SHOW: 'no_show',
} as const satisfies Record<string, AppointmentState>

registerEnumType(AppointmentStateEnum, {
  name: 'AppointmentState',
  description: 'Where an appointment stands.',
  valuesConfig: {
    SCHEDULED: { description: 'It is to take place, or nobody has said how it ended.' },
    CANCELLED: { description: 'It was called off.' },
    COMPLETED: { description: 'It took place.' },
    NO_SHOW: { description: 'The client did not come.' },
  },
})

export const PartyRoleEnum = {
  CLIENT: 'client',
  COACH: 'coach',
} as const satisfies Record<string, PartyRole>

registerEnumType(PartyRoleEnum, {
  name: 'AppointmentRole',
  description: 'What somebody is in an appointment.',
  valuesConfig: {
    CLIENT: { description: 'Who comes.' },
    COACH: { description: 'Who is come to.' },
  },
})

export const NotificationStateEnum = {
  PLANNED: 'planned',
  QUEUED: 'queued',
  VOIDED: 'voided',
  SKIPPED: 'skipped',
} as const satisfies Record<string, NotificationState>

registerEnumType(NotificationStateEnum, {
  name: 'NotificationState',
  description: 'Where a notification stands, apart from the text that it becomes.',
  valuesConfig: {
    PLANNED: { description: 'It waits for its time.' },
    QUEUED: { description: 'It became a text; what became of that is in the log of messages.' },
    VOIDED: { description: 'It was taken back before it was authorised.' },
    SKIPPED: { description: 'It was not to be sent, or made no sense any more.' },
  },
})

export const LanguageEnum = { EN: 'en', ES: 'es' } as const satisfies Record<string, Language>

registerEnumType(LanguageEnum, {
  name: 'NotificationLanguage',
  description: 'The languages of our own words.',
  valuesConfig: { EN: { description: 'English.' }, ES: { description: 'Spanish.' } },
})

/** Made of the contexts themselves, so that a new one is in the schema without anybody's doing. */
export const NotificationContextEnum = Object.fromEntries(
  Object.keys(contexts).map((key) => [key.toUpperCase(), key]),
)

registerEnumType(NotificationContextEnum, {
  name: 'NotificationContext',
  description: 'A kind of notification.',
  valuesConfig: Object.fromEntries(
    Object.entries(contexts).map(([key, { what }]) => [key.toUpperCase(), { description: `${what}.` }]),
  ),
})
