import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, EventSeq, Instant, resultUnion } from '../../../platform/graphql/index.js'
import {
  AppointmentKindEnum,
  AppointmentStateEnum,
  LanguageEnum,
  NotificationContextEnum,
  NotificationStateEnum,
  PartyRoleEnum,
} from './appointment-enums.types.js'

@ObjectType('CountByState', { description: 'How many are in a state.' })
export class CountByStateType {
  @Field(() => String, { description: 'The state: of the text, or of the notification while it is none.' })
  state!: string

  @Field(() => Int, { description: 'How many.' })
  count!: number
}

@ObjectType('AppointmentParty', { description: 'Somebody who takes part in an appointment.' })
export class AppointmentPartyType {
  @Field(() => ID, { description: 'Its id.' })
  partyId!: string

  @Field(() => PartyRoleEnum, { description: 'As what.' })
  role!: string

  @Field(() => ID, { nullable: true, description: 'The contact; null for a coach who is not texted.' })
  contactId!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'How to call this person: the name, else the number; null without a contact.',
  })
  name!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'What a reply confirms with, for example `C1`; given when a reminder first asks.',
  })
  code!: string | null

  @Field(() => String, {
    description:
      'The zone in which texts give the time: as booked, else the contact’s, else the appointment’s.',
  })
  zone!: string

  @Field(() => Instant, { nullable: true, description: 'When this person confirmed by a reply.' })
  confirmedAt!: Date | null

  @Field(() => [CountByStateType], { description: 'What became of the notifications of this revision.' })
  results!: CountByStateType[]
}

@ObjectType('PlannedNotification', {
  description: 'Something that was, is or will be told about an appointment.',
})
export class PlannedNotificationType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => Int, { description: 'Of which revision of the appointment it speaks.' })
  revision!: number

  @Field(() => String, { description: 'Which kind of notification, for example `reminder_24hr`.' })
  context!: string

  @Field(() => Int, { description: 'Minutes before the beginning; 0 for what is told at once.' })
  offsetMinutes!: number

  @Field(() => ID, { description: 'For whom.' })
  partyId!: string

  @Field(() => PartyRoleEnum, { description: 'As what.' })
  role!: string

  @Field(() => ID, { nullable: true, description: 'The contact.' })
  contactId!: string | null

  @Field(() => String, { nullable: true, description: 'The name of the contact, else the number.' })
  name!: string | null

  @Field(() => Instant, { description: 'When it would be due without quiet hours.' })
  nominalAt!: Date

  @Field(() => Instant, { description: 'When it is due.' })
  dueAt!: Date

  @Field(() => String, { description: 'The same on the recipient’s clock, for example `2026-12-01T09:00`.' })
  dueLocal!: string

  @Field(() => String, { description: 'The zone of that clock.' })
  zone!: string

  @Field(() => Int, { description: 'Minutes by which quiet hours moved it; earlier is negative.' })
  movedMinutes!: number

  @Field(() => Instant, { description: 'Not sent later than this.' })
  usefulUntil!: Date

  @Field(() => NotificationStateEnum, { description: 'Where it stands.' })
  state!: string

  @Field(() => String, { nullable: true, description: 'Why it is not sent: a stable code.' })
  reason!: string | null

  @Field(() => String, { nullable: true, description: 'The same in a sentence.' })
  reasonWords!: string | null

  @Field(() => ID, { nullable: true, description: 'The text that it became.' })
  messageId!: string | null

  @Field(() => String, { nullable: true, description: 'Where that text stands.' })
  messageState!: string | null
}

@ObjectType('AppointmentChange', { description: 'An entry of an appointment’s history.' })
export class AppointmentChangeType {
  @Field(() => Int, { nullable: true, description: 'The revision that was changed; null at the beginning.' })
  fromRevision!: number | null

  @Field(() => Int, { description: 'The revision that came of it.' })
  revision!: number

  @Field(() => String, {
    description: '`booked`, `changed`, `moved`, `cancelled`, `completed`, `no_show` or `confirmed`.',
  })
  kind!: string

  @Field(() => Instant, { nullable: true, description: 'Of a move: when it began before.' })
  movedFrom!: Date | null

  @Field(() => [String], {
    description: 'Of a change: which of `durationMinutes`, `zone`, `title`, `location` and `offsets`.',
  })
  changed!: string[]

  @Field(() => Int, { description: 'Of a change: how many joined the group.' })
  joined!: number

  @Field(() => Int, { description: 'Of a change: how many left it.' })
  left!: number

  @Field(() => String, { description: 'Who did it.' })
  actor!: string

  @Field(() => Instant, { description: 'When.' })
  at!: Date
}

@ObjectType('Appointment', { description: 'A time at which people meet.' })
export class AppointmentType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => AppointmentKindEnum, { description: 'Its kind.' })
  kind!: string

  @Field(() => ID, { nullable: true, description: 'The series of an occurrence.' })
  seriesId!: string | null

  @Field(() => Instant, { description: 'When it begins.' })
  startsAt!: Date

  @Field(() => String, { description: 'The same on the clock of its zone.' })
  startsLocal!: string

  @Field(() => Int, { description: 'How long it takes.' })
  durationMinutes!: number

  @Field(() => String, { description: 'IANA name of the zone where it is.' })
  zone!: string

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  title!: string | null

  @Field(() => String, { nullable: true, description: 'Where it is.' })
  location!: string | null

  @Field(() => [Int], {
    nullable: true,
    description: 'When it is reminded of, in minutes before; null for the account’s offsets.',
  })
  offsets!: number[] | null

  @Field(() => AppointmentStateEnum, { description: 'Where it stands.' })
  state!: string

  @Field(() => Int, { description: 'Raised by every change. Nothing is told of an older one.' })
  revision!: number
}

@ObjectType('AppointmentSeries', { description: 'Appointments that recur.' })
export class AppointmentSeriesType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, { description: 'RFC 5545, for example `FREQ=WEEKLY;COUNT=10`.' })
  rule!: string

  @Field(() => String, { description: 'First occurrence, on the clock of the zone.' })
  localStart!: string

  @Field(() => String, { description: 'The zone whose clock it keeps.' })
  zone!: string

  @Field(() => Int, { description: 'How long each takes.' })
  durationMinutes!: number

  @Field(() => String, { nullable: true, description: 'What they are about.' })
  title!: string | null

  @Field(() => String, { nullable: true, description: 'Where they are.' })
  location!: string | null

  @Field(() => String, { description: '`active`, `finished` or `cancelled`.' })
  state!: string

  @Field(() => ID, {
    nullable: true,
    description: 'The first upcoming occurrence, the one that is reminded of.',
  })
  remindedId!: string | null
}

@ObjectType('ContextSetting', { description: 'What an account has chosen for one kind of notification.' })
export class ContextSettingType {
  @Field(() => NotificationContextEnum, { description: 'Which kind.' })
  context!: string

  @Field(() => String, { description: 'What it tells, in words.' })
  what!: string

  @Field(() => [PartyRoleEnum], { description: 'Whom it goes to; nobody when it is switched off.' })
  roles!: string[]

  @Field(() => String, { description: 'The words in force, in English.' })
  templateEn!: string

  @Field(() => String, { description: 'The words in force, in Spanish.' })
  templateEs!: string
}

@ObjectType('NotificationSettings', { description: 'What an account wants told about its appointments.' })
export class NotificationSettingsType {
  @Field(() => [ContextSettingType], { description: 'By kind.' })
  contexts!: ContextSettingType[]

  @Field(() => [Int], { description: 'Minutes before the beginning at which people are reminded.' })
  offsets!: number[]

  @Field(() => LanguageEnum, { description: 'For recipients whose language is not known.' })
  language!: string

  @Field(() => Boolean, { description: 'Whether reminders ask for a reply that confirms.' })
  asksConfirmation!: boolean

  @Field(() => [String], { description: 'Merge fields that templates may use.' })
  fields!: string[]
}

@ObjectType('NotificationPreview', { description: 'How a notification reads.' })
export class NotificationPreviewType {
  @Field(() => String, { description: 'The text.' })
  body!: string

  @Field(() => Int, { description: 'Segments that it costs.' })
  segments!: number

  @Field(() => String, { description: '`GSM-7` or `UCS-2`.' })
  encoding!: string
}

@ObjectType('AppointmentEvent', {
  description: 'Something that happened to appointments or their reminders.',
})
export class AppointmentEventType {
  @Field(() => EventSeq, {
    description: 'Its place in the account; give the last one you saw as `afterSeq` to go on.',
  })
  seq!: number

  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => String, {
    description:
      'What happened: `booked`, `changed`, `moved`, `cancelled`, `completed`, `no_show`, `confirmed`; of reminders `notified` and `opted_out`; or `settings`.',
  })
  kind!: string

  @Field(() => [ID], { description: 'The appointments; at most 50.' })
  appointmentIds!: string[]
}

export const AppointmentConnection = connectionOf(AppointmentType, 'Appointment')
export const AppointmentSeriesConnection = connectionOf(AppointmentSeriesType, 'AppointmentSeries')
export const AppointmentResult = resultUnion(
  'AppointmentResult',
  AppointmentType,
  'The appointment as it is now, or why not.',
)
export const AppointmentSeriesResult = resultUnion(
  'AppointmentSeriesResult',
  AppointmentSeriesType,
  'The series as it is now, or why not.',
)
export const NotificationSettingsResult = resultUnion(
  'NotificationSettingsResult',
  NotificationSettingsType,
  'The settings as they are now, or why not.',
)
export const NotificationPreviewResult = resultUnion(
  'NotificationPreviewResult',
  NotificationPreviewType,
  'The preview, or why there is none.',
)
