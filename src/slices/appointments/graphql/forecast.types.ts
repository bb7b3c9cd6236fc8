import type { DateTime } from 'luxon'
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Instant, resultUnion, ShortText } from '../../../platform/graphql/index.js'
import type { AppointmentKind, PartyRole } from '../domain/appointment-state.js'
import type { Occasion } from '../domain/notification-context.js'
import { AppointmentKindEnum, NotificationContextEnum, PartyRoleEnum } from './appointment-enums.types.js'
import { AppointmentClientInput, AppointmentCoachInput } from './appointment-inputs.types.js'

const OccasionEnum = {
  BOOKED: 'booked',
  MOVED: 'moved',
  CHANGED: 'changed',
  CALLED_OFF: 'called_off',
  MISSED: 'missed',
  COMPLETED: 'completed',
} as const satisfies Record<string, Occasion>

registerEnumType(OccasionEnum, {
  name: 'AppointmentOccasion',
  description: 'What is done with an appointment and may be told.',
  valuesConfig: {
    BOOKED: { description: 'It is booked.' },
    MOVED: { description: 'It gets another time.' },
    CHANGED: { description: 'It gets another place or subject.' },
    CALLED_OFF: { description: 'It is cancelled.' },
    MISSED: { description: 'The client did not come.' },
    COMPLETED: { description: 'It took place.' },
  },
})

@InputType({ description: 'An appointment as it would be, and what is about to be done with it.' })
export class ForecastNotificationsInput {
  @Field(() => OccasionEnum, {
    nullable: true,
    description: 'What is done; left out for what tells nobody anything at once.',
  })
  occasion?: Occasion | null

  @Field(() => AppointmentKindEnum, { description: 'Its kind; `OCCURRENCE` for the next one of a series.' })
  kind!: AppointmentKind

  @Field(() => Instant, { description: 'When it would begin.' })
  startsAt!: DateTime

  @Field(() => ShortText, { description: 'IANA name of the zone where it is.' })
  zone!: string

  @Field(() => [Int], { nullable: true, description: 'Its own offsets; the account’s unless said.' })
  offsets?: number[] | null

  @Field(() => [AppointmentClientInput], { description: 'Who comes.' })
  clients!: AppointmentClientInput[]

  @Field(() => AppointmentCoachInput, { nullable: true, description: 'Who is come to.' })
  coach?: AppointmentCoachInput | null
}

@ObjectType('ForecastNotification', { description: 'Something that would be told.' })
export class ForecastNotificationType {
  @Field(() => NotificationContextEnum, { description: 'Which kind of notification.' })
  context!: string

  @Field(() => Int, { description: 'Minutes before the beginning; 0 for what is told at once.' })
  offsetMinutes!: number

  @Field(() => PartyRoleEnum, { description: 'To whom: as what.' })
  role!: PartyRole

  @Field(() => ID, { nullable: true, description: 'The contact.' })
  contactId!: string | null

  @Field(() => String, { nullable: true, description: 'The name of the contact, else the number.' })
  name!: string | null

  @Field(() => Instant, { description: 'When it would be due.' })
  dueAt!: Date

  @Field(() => String, { description: 'The same on the recipient’s clock.' })
  dueLocal!: string

  @Field(() => String, { description: 'The zone of that clock.' })
  zone!: string

  @Field(() => Int, { description: 'Minutes by which quiet hours would move it; earlier is negative.' })
  movedMinutes!: number

  @Field(() => String, { nullable: true, description: 'Why it would not be sent: a stable code.' })
  reason!: string | null

  @Field(() => String, { nullable: true, description: 'The same in a sentence.' })
  reasonWords!: string | null
}

@ObjectType('NotificationForecast', { description: 'Who would be told what and when.' })
export class NotificationForecastType {
  @Field(() => [ForecastNotificationType], { description: 'In the order in which it is due.' })
  told!: ForecastNotificationType[]
}

export const NotificationForecastResult = resultUnion(
  'NotificationForecastResult',
  NotificationForecastType,
  'What would be told, or why it could not be done.',
)
