import { Field, ID, InputType } from 'type-graphql'
import type { DateTime } from 'luxon'
import { Instant, ShortText } from '../../../platform/graphql/index.js'
import type { ConsentLevel } from '../domain/consent.js'
import type { Purpose } from '../domain/contact.js'
import {
  ConsentLevelEnum,
  ConsentMethodInputEnum,
  ConsentPurposeEnum,
  ConsentStandingEnum,
  type ConsentMethodInput,
  type ConsentStanding,
} from './contact-enums.types.js'

@InputType('ConsentFilterInput', { description: 'Picks contacts by how consent stands.' })
export class ConsentFilterInput {
  @Field(() => ConsentPurposeEnum, { description: 'For this purpose.' })
  purpose!: Purpose

  @Field(() => ConsentStandingEnum, { description: 'Consent stands like this.' })
  standing!: ConsentStanding
}

@InputType('ContactFilterInput', { description: 'Picks contacts; all conditions together.' })
export class ContactFilterInput {
  @Field(() => ShortText, { nullable: true, description: 'Has this tag.' })
  tag?: string | null

  @Field(() => ShortText, { nullable: true, description: 'Has this text in name, e-mail address or number.' })
  search?: string | null

  @Field(() => ID, { nullable: true, description: 'Was named by this import last.' })
  importId?: string | null

  @Field(() => ConsentFilterInput, { nullable: true, description: 'Consent stands like this.' })
  consent?: ConsentFilterInput | null
}

@InputType('ContactAttributeInput', { description: 'A value for merge fields.' })
export class ContactAttributeInput {
  @Field(() => ShortText, { description: 'Name; becomes lower-case letters, digits and underscores.' })
  name!: string

  @Field(() => String, { description: 'Value, of at most 1,000 characters.' })
  value!: string
}

@InputType('ContactInput', {
  description:
    'What is known about a person. What is left out stays as it is; null or an empty text clears it.',
})
export class ContactInputType {
  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Time zone: a place like `America/Denver`, or words like `Eastern`.',
  })
  timeZone?: string | null

  @Field(() => String, { nullable: true, description: 'State, province or region.' })
  region?: string | null

  @Field(() => [ShortText], { nullable: true, description: 'All tags from now on.' })
  tags?: string[] | null

  @Field(() => [ContactAttributeInput], {
    nullable: true,
    description: 'All values for merge fields from now on.',
  })
  attributes?: ContactAttributeInput[] | null
}

@InputType('GrantConsentInput', { description: 'That and how a person agreed to texts.' })
export class GrantConsentInput {
  @Field(() => ShortText, { description: 'The number.' })
  phone!: string

  @Field(() => [ConsentPurposeEnum], { description: 'What the person agreed to.' })
  purposes!: Purpose[]

  @Field(() => ConsentLevelEnum, { description: 'How firmly. Written consent needs `exactText`.' })
  level!: ConsentLevel

  @Field(() => ConsentMethodInputEnum, { description: 'How.' })
  method!: ConsentMethodInput

  @Field(() => ShortText, { nullable: true, description: 'Where: a page or a form.' })
  source?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'What the person was shown, word for word, of at most 2,000 characters.',
  })
  exactText?: string | null

  @Field(() => ShortText, { nullable: true, description: 'Language of that text, for example `en-US`.' })
  language?: string | null

  @Field(() => Instant, { nullable: true, description: 'When; now, unless said.' })
  occurredAt?: DateTime | null
}

@InputType('RevokeConsentInput', { description: 'That and how a person withdrew.' })
export class RevokeConsentInput {
  @Field(() => ShortText, { description: 'The number.' })
  phone!: string

  @Field(() => [ConsentPurposeEnum], {
    nullable: true,
    description: 'What the person withdrew from; everything, unless said.',
  })
  purposes?: Purpose[] | null

  @Field(() => ConsentMethodInputEnum, { description: 'How.' })
  method!: ConsentMethodInput

  @Field(() => ShortText, { nullable: true, description: 'Where: a page, a call, a letter.' })
  source?: string | null

  @Field(() => Instant, { nullable: true, description: 'When; now, unless said.' })
  occurredAt?: DateTime | null
}
