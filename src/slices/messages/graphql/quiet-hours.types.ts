import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'

@ObjectType('DailyHours', {
  description: 'A stretch of each day on the recipient’s clock; its end is not in it.',
})
export class DailyHoursType {
  @Field(() => String, { description: 'From, for example `08:00`.' })
  opens!: string

  @Field(() => String, { description: 'Until, for example `20:00`; `24:00` is the end of the day.' })
  closes!: string

  @Field(() => Boolean, { description: 'True when the account has set it; false for the default.' })
  isOwn!: boolean
}

@ObjectType('QuietHoursSettings', {
  description: 'When texts of the account may go, on the clock of each recipient.',
})
export class QuietHoursSettingsType {
  @Field(() => DailyHoursType, { description: 'For appointments and other transactional texts.' })
  transactional!: DailyHoursType

  @Field(() => DailyHoursType, { description: 'For marketing, before stricter laws of states.' })
  marketing!: DailyHoursType

  @Field(() => [String], { description: 'Days without marketing, as dates of the recipient’s calendar.' })
  holidays!: string[]

  @Field(() => Int, { description: 'Marketing texts that one number gets within 24 hours, at most.' })
  marketingPerDay!: number

  @Field(() => String, {
    nullable: true,
    description: 'Why an administrator of the platform lifted quiet hours and the cap; null keeps them.',
  })
  waiver!: string | null
}

@InputType('DailyHoursInput', { description: 'A stretch of each day on the recipient’s clock.' })
export class DailyHoursInput {
  @Field(() => String, { description: 'From, for example `08:00`.' })
  opens!: string

  @Field(() => String, { description: 'Until, for example `20:00`; `24:00` is the end of the day.' })
  closes!: string
}

@InputType('QuietHoursInput', {
  description: 'What is left out stays as it is; null goes back to the default.',
})
export class QuietHoursInput {
  @Field(() => DailyHoursInput, {
    nullable: true,
    description: 'For transactional texts; may be wider than the default.',
  })
  transactional?: DailyHoursInput | null

  @Field(() => DailyHoursInput, { nullable: true, description: 'For marketing; only within 08:00 to 20:00.' })
  marketing?: DailyHoursInput | null

  @Field(() => [String], {
    nullable: true,
    description: 'All days without marketing, for example `2026-12-24`.',
  })
  holidays?: string[] | null

  @Field(() => Int, {
    nullable: true,
    description: 'Marketing texts that one number gets within 24 hours: 1 to 10.',
  })
  marketingPerDay?: number | null
}

export const QuietHoursResult = resultUnion(
  'QuietHoursResult',
  QuietHoursSettingsType,
  'The settings as they are now, or why not.',
)

@ObjectType('QuietHoursChange', { description: 'One change of when texts of the account may go.' })
export class QuietHoursChangeType {
  @Field(() => Instant, { description: 'When. It held from the next claim on.' })
  at!: Date

  @Field(() => String, { description: 'Who did it: `user:` or `admin:` with the id, or `seed`.' })
  actor!: string

  @Field(() => String, {
    nullable: true,
    description: 'Why an administrator lifted the hours, when it was that.',
  })
  reason!: string | null

  @Field(() => [String], {
    description:
      'Which settings are not as they were: `transactional`, `marketing`, `holidays`, `marketingPerDay`, `waiver`.',
  })
  changed!: string[]

  @Field(() => QuietHoursSettingsType, { description: 'What held before.' })
  before!: QuietHoursSettingsType

  @Field(() => QuietHoursSettingsType, { description: 'What held from then on.' })
  settings!: QuietHoursSettingsType
}

export const QuietHoursChangeConnection = connectionOf(QuietHoursChangeType, 'QuietHoursChange')

@ObjectType('ContactHours', { description: 'When somebody may be texted, and how that is known.' })
export class ContactHoursType {
  @Field(() => ID, { description: 'The contact.' })
  contactId!: string

  @Field(() => [String], { description: 'Every zone that the person may be in; all must be open.' })
  zones!: string[]

  @Field(() => [String], { description: 'Every state or province whose law may apply.' })
  regions!: string[]

  @Field(() => String, {
    description: 'What the zones were taken from: `contact`, `region`, `number` or `country`.',
  })
  source!: string

  @Field(() => Boolean, { description: 'Whether a text may go at that moment.' })
  isOpen!: boolean

  @Field(() => Instant, {
    nullable: true,
    description: 'The first moment from then on; null when no hour is open in all places.',
  })
  opensAt!: Date | null

  @Field(() => [String], {
    description: 'The same on the clock of each zone, for example `2026-11-23 08:00 America/Chicago`.',
  })
  opensAtLocal!: string[]

  @Field(() => String, {
    nullable: true,
    description: 'Why it is quiet: the clock, the rule and its source; null when it is open.',
  })
  why!: string | null
}
