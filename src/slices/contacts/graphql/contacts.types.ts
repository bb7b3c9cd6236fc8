import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'
import type { ConsentLevel, ConsentMethod } from '../domain/consent.js'
import type { Purpose } from '../domain/contact.js'
import {
  ConsentActionEnum,
  ConsentLevelEnum,
  ConsentMethodEnum,
  ConsentPurposeEnum,
} from './contact-enums.types.js'

@ObjectType('ContactAttribute', {
  description: 'A value for merge fields: everything a file said that has no field of its own.',
})
export class ContactAttributeType {
  @Field(() => String, { description: 'Merge-field name, for example `city`.' })
  name!: string

  @Field(() => String, { description: 'Its value.' })
  value!: string
}

@ObjectType('Sendability', {
  description:
    'Whether consent allows texts of one purpose. Credits, quiet hours and limits are asked when a message is sent.',
})
export class SendabilityType {
  @Field(() => ConsentPurposeEnum, { description: 'The purpose.' })
  purpose!: Purpose

  @Field(() => Boolean, { description: 'Whether consent allows it now.' })
  mayText!: boolean

  @Field(() => String, { description: 'Why, in a sentence.' })
  words!: string
}

@ObjectType('Unreachable', { description: 'That and why no text can go to a number, by the carrier.' })
export class UnreachableType {
  @Field(() => Int, { description: "The carrier's error code." })
  code!: number

  @Field(() => String, { description: 'What it means, in a sentence.' })
  words!: string

  @Field(() => Instant, { description: 'Since when.' })
  markedAt!: Date
}

@ObjectType('Contact', { description: 'A person that can be texted: one number in one account.' })
export class ContactType {
  @Field(() => ID, { description: 'Identifies the contact.' })
  id!: string

  @Field(() => String, {
    description:
      'The number in E.164; viewers see the last four digits. It never changes, because consent belongs to it.',
  })
  phone!: string

  @Field(() => String, { description: 'Country of the number as a two-letter code.' })
  country!: string

  @Field(() => String, { description: 'Kind of number, for example `mobile` or `fixed-line-or-mobile`.' })
  numberType!: string

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName!: string | null

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName!: string | null

  @Field(() => String, { nullable: true, description: 'E-mail address; null for viewers.' })
  email!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Time zone as a place, for example `America/New_York`; null when unknown. Quiet hours then use the strictest of what the number allows.',
  })
  timeZone!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'State, province or region; two letters in the US and Canada.',
  })
  region!: string | null

  @Field(() => [String], { description: 'Tags, in lower case.' })
  tags!: string[]

  @Field(() => [ContactAttributeType], { description: 'Values for merge fields; none for viewers.' })
  attributes!: ContactAttributeType[]

  @Field(() => ID, { nullable: true, description: 'The newest import that named this contact.' })
  importId!: string | null

  @Field(() => Instant, { description: 'When the contact was made.' })
  createdAt!: Date

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt!: Date
}

@ObjectType('ConsentEvent', { description: 'One grant or revocation. Never changed and never removed.' })
export class ConsentEventType {
  @Field(() => ID, { description: 'Identifies the event; messages name the one they relied on.' })
  id!: string

  /** Not shown: whoever asks knows the number, or may not. */
  phone!: string

  @Field(() => ConsentPurposeEnum, { description: 'What it is about.' })
  purpose!: Purpose

  @Field(() => ConsentActionEnum, { description: 'Grant or revocation.' })
  action!: string

  @Field(() => ConsentLevelEnum, { nullable: true, description: 'How firmly; only for grants.' })
  level!: ConsentLevel | null

  @Field(() => ConsentMethodEnum, { description: 'How it came about.' })
  method!: ConsentMethod

  @Field(() => String, { nullable: true, description: 'Where: a page, a form, a file, a keyword.' })
  source!: string | null

  @Field(() => String, { nullable: true, description: 'What the person was shown, word for word.' })
  exactText!: string | null

  @Field(() => String, { nullable: true, description: 'Language of that text.' })
  language!: string | null

  @Field(() => String, { nullable: true, description: 'Who recorded it.' })
  actor!: string | null

  @Field(() => String, { description: 'Further evidence as JSON text, in the words of whoever gave it.' })
  evidence!: string

  @Field(() => ID, { nullable: true, description: 'The import that brought it.' })
  importId!: string | null

  @Field(() => Instant, { description: 'When the person agreed or withdrew.' })
  occurredAt!: Date

  @Field(() => Instant, { description: 'When it was recorded here; from then on it counted.' })
  recordedAt!: Date
}

@ObjectType('ConsentAt', {
  description: 'Whether there was consent at a moment, by what was on record then.',
})
export class ConsentAtType {
  @Field(() => Boolean, { description: 'Whether texts were allowed.' })
  granted!: boolean

  @Field(() => ConsentEventType, {
    nullable: true,
    description: 'The event that decided; null when nothing was on record.',
  })
  event!: ConsentEventType | null
}

@ObjectType('TagCount', { description: 'A tag and how many contacts have it.' })
export class TagCountType {
  @Field(() => String, { description: 'The tag.' })
  tag!: string

  @Field(() => Int, { description: 'Contacts with it.' })
  contacts!: number
}

@ObjectType('ContactDeleted', {
  description: 'The person is forgotten; the consent history of the number stays.',
})
export class ContactDeletedType {
  @Field(() => ID, { description: 'The contact that was deleted.' })
  contactId!: string
}

@ObjectType('ContactsTagged', { description: 'The tags are as asked.' })
export class ContactsTaggedType {
  @Field(() => Int, { description: 'Contacts whose tags changed.' })
  changed!: number
}

@ObjectType('ConsentRecorded', { description: 'The consent events are on record and count from now on.' })
export class ConsentRecordedType {
  @Field(() => [ID], { description: 'The new events; none when everything was revoked already.' })
  eventIds!: string[]

  @Field(() => [SendabilityType], { description: 'How consent stands now, for each purpose.' })
  sendability!: SendabilityType[]

  @Field(() => ID, {
    nullable: true,
    description:
      'With a double opt-in, marketing is not granted yet: the person was asked by text, in this request.',
  })
  optInRequestId!: string | null

  @Field(() => Instant, { nullable: true, description: 'Until when their yes counts.' })
  optInExpiresAt!: Date | null
}

export const ContactConnection = connectionOf(ContactType, 'Contact')
export const ConsentEventConnection = connectionOf(ConsentEventType, 'ConsentEvent')

export const ContactResult = resultUnion('ContactResult', ContactType, 'The contact, or why not.')
export const DeleteContactResult = resultUnion(
  'DeleteContactResult',
  ContactDeletedType,
  'What was deleted, or why not.',
)
export const ClearUnreachableResult = resultUnion(
  'ClearUnreachableResult',
  ContactType,
  'The contact, whose number is tried again, or why not.',
)
export const TagContactsResult = resultUnion(
  'TagContactsResult',
  ContactsTaggedType,
  'How many changed, or why none could.',
)
export const ConsentResult = resultUnion(
  'ConsentResult',
  ConsentRecordedType,
  'The new events, or why there are none.',
)
