import type { DateTime } from 'luxon'
import { Field, ID, InputType, Int } from 'type-graphql'
import { Instant, ShortText } from '../../../platform/graphql/index.js'
import type { PartyRole } from '../domain/appointment-state.js'
import type { Language } from '../domain/notification-context.js'
import { LanguageEnum, NotificationContextEnum, PartyRoleEnum } from './appointment-enums.types.js'

@InputType('AppointmentClientInput', { description: 'Somebody who is to come.' })
export class AppointmentClientInput {
  @Field(() => ID, { description: 'A contact of the account.' })
  contactId!: string

  @Field(() => ShortText, {
    nullable: true,
    description: 'IANA zone in which texts give the time; the contact’s unless said, else the appointment’s.',
  })
  zone?: string | null
}

@InputType('AppointmentCoachInput', { description: 'Who is come to.' })
export class AppointmentCoachInput {
  @Field(() => ID, { nullable: true, description: 'A contact, if the coach is to be texted, too.' })
  contactId?: string | null

  @Field(() => ShortText, {
    nullable: true,
    description: 'IANA zone of the coach; the contact’s unless said, else the appointment’s.',
  })
  zone?: string | null
}

@InputType({ description: 'What every new appointment has.' })
abstract class NewAppointmentInput {
  @Field(() => Instant, { description: 'When it begins, the first time.' })
  startsAt!: DateTime

  @Field(() => Int, { description: 'How long it takes: 1 to 1,440.' })
  durationMinutes!: number

  @Field(() => ShortText, {
    description: 'IANA name of the zone where it is, for example `America/New_York`.',
  })
  zone!: string

  @Field(() => ShortText, {
    nullable: true,
    description: 'What it is about; one line of at most 100 characters.',
  })
  title?: string | null

  @Field(() => ShortText, { nullable: true, description: 'Where it is; one line of at most 100 characters.' })
  location?: string | null

  @Field(() => [Int], {
    nullable: true,
    description:
      'When it is reminded of, in minutes before; the account’s offsets unless said. An empty list is never.',
  })
  offsets?: number[] | null

  @Field(() => [AppointmentClientInput], { description: 'Who comes: 1 to 500 in a group or series.' })
  clients!: AppointmentClientInput[]

  @Field(() => AppointmentCoachInput, { nullable: true, description: 'Who is come to.' })
  coach?: AppointmentCoachInput | null
}

@InputType('BookAppointmentInput', { description: 'A new appointment.' })
export class BookAppointmentInput extends NewAppointmentInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether it is a group; no unless said.' })
  isCohort?: boolean | null
}

@InputType('BookSeriesInput', { description: 'New appointments that recur.' })
export class BookSeriesInputType extends NewAppointmentInput {
  @Field(() => ShortText, {
    description: 'RFC 5545 without DTSTART, at most daily, for example `FREQ=WEEKLY;COUNT=10`.',
  })
  rule!: string
}

@InputType('UpdateAppointmentInput', { description: 'What changes; what is left out stays as it is.' })
export class UpdateAppointmentInput {
  @Field(() => Int, { nullable: true, description: 'How long it takes.' })
  durationMinutes?: number | null

  @Field(() => ShortText, { nullable: true, description: 'The zone where it is.' })
  zone?: string | null

  @Field(() => ShortText, { nullable: true, description: 'What it is about; null removes it.' })
  title?: string | null

  @Field(() => ShortText, { nullable: true, description: 'Where it is; null removes it.' })
  location?: string | null

  @Field(() => [Int], {
    nullable: true,
    description: 'When it is reminded of; null takes the account’s offsets.',
  })
  offsets?: number[] | null

  @Field(() => [AppointmentClientInput], {
    nullable: true,
    description: 'All members of a group, as it is to be.',
  })
  clients?: AppointmentClientInput[] | null
}

@InputType('ContextRolesInput', { description: 'Whom a kind of notification goes to.' })
export class ContextRolesInput {
  @Field(() => NotificationContextEnum, { description: 'Which kind.' })
  context!: string

  @Field(() => [PartyRoleEnum], { description: 'Whom; an empty list switches it off.' })
  roles!: PartyRole[]
}

@InputType('ContextTemplateInput', { description: 'Own words for a kind of notification.' })
export class ContextTemplateInput {
  @Field(() => NotificationContextEnum, { description: 'Which kind.' })
  context!: string

  @Field(() => LanguageEnum, { description: 'In which language.' })
  language!: Language

  @Field(() => String, { nullable: true, description: 'The text with merge fields; null takes ours again.' })
  template?: string | null
}

@InputType('NotificationSettingsInput', { description: 'What changes; what is left out stays as it is.' })
export class NotificationSettingsInput {
  @Field(() => [ContextRolesInput], { nullable: true, description: 'Whom the named kinds go to.' })
  roles?: ContextRolesInput[] | null

  @Field(() => [Int], {
    nullable: true,
    description: 'Minutes before the beginning; at most ten, of 5 to 43,200.',
  })
  offsets?: number[] | null

  @Field(() => LanguageEnum, { nullable: true, description: 'For recipients whose language is not known.' })
  language?: Language | null

  @Field(() => Boolean, { nullable: true, description: 'Whether reminders ask for a reply that confirms.' })
  asksConfirmation?: boolean | null

  @Field(() => [ContextTemplateInput], { nullable: true, description: 'Own words.' })
  templates?: ContextTemplateInput[] | null
}

@InputType('PreviewNotificationInput', { description: 'A notification to try out.' })
export class PreviewNotificationInput {
  @Field(() => NotificationContextEnum, { description: 'Which kind.' })
  context!: string

  @Field(() => LanguageEnum, { nullable: true, description: 'English unless said.' })
  language?: Language | null

  @Field(() => PartyRoleEnum, { nullable: true, description: 'For whom; a client unless said.' })
  role?: PartyRole | null

  @Field(() => String, { nullable: true, description: 'The words to try out; those in force unless said.' })
  template?: string | null

  @Field(() => ShortText, { nullable: true, description: 'The client’s zone.' })
  clientZone?: string | null

  @Field(() => ShortText, { nullable: true, description: 'The coach’s zone.' })
  coachZone?: string | null
}
