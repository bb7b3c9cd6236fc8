import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Credits, connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'
import type { StopCause } from '../domain/sending-stop.js'
import type { SubscriptionState } from '../domain/subscription-state.js'
import {
  ApiKeyRoleEnum,
  RoleEnum,
  StopCauseEnum,
  SubscriptionStateEnum,
  UnknownPolicyEnum,
} from './enums.types.js'

@ObjectType('SendingStop', { description: 'One thing that keeps an account from sending.' })
export class SendingStopType {
  @Field(() => StopCauseEnum, { description: 'What it is, for programs.' })
  cause!: StopCause

  @Field(() => String, { description: 'Why, in words.' })
  reason!: string

  @Field(() => String, { description: 'What to do about it.' })
  remedy!: string

  @Field(() => Instant, { description: 'Since when.' })
  since!: Date
}

@ObjectType('Account', { description: 'The tenant that owns contacts, campaigns, messages and credits.' })
export class AccountType {
  @Field(() => ID, { description: 'Id of the account.' })
  id!: string

  @Field(() => String, { description: 'Name of the account.' })
  name!: string

  @Field(() => Instant, { description: 'When the account was opened.' })
  createdAt!: Date

  @Field(() => SubscriptionStateEnum, { description: 'State of the subscription.' })
  subscriptionState!: SubscriptionState

  @Field(() => String, {
    nullable: true,
    description:
      'Why all sending of this account was stopped, as it was written down; null while it is not stopped. `sendingStops` says it in words, and what else stops it.',
  })
  sendingStoppedReason!: string | null

  @Field(() => [SendingStopType], {
    description:
      'Everything that keeps the account from sending now: its own stop, a disputed payment, the platform, the subscription. Empty while it may send.',
  })
  sendingStops!: SendingStopType[]

  @Field(() => Boolean, {
    description:
      'Whether subscription and stops, the platform included, let messages go out. Consent, credits and hours are asked per message.',
  })
  maySend!: boolean

  @Field(() => [String], { description: 'Countries that the account may send to, as two-letter codes.' })
  allowedCountries!: string[]

  @Field(() => UnknownPolicyEnum, {
    description: 'What happens to messages of campaigns whose outcome is not known yet.',
  })
  unknownPolicy!: 'P0' | 'P1'

  @Field(() => UnknownPolicyEnum, {
    description:
      'The same for messages outside campaigns, for example about appointments: they are soon of no use.',
  })
  singleUnknownPolicy!: 'P0' | 'P1'

  @Field(() => Credits, { description: 'Credits that campaigns leave for appointment messages.' })
  reserveCredits!: number

  @Field(() => Int, {
    nullable: true,
    description:
      'Single texts (appointments, tests) that the account sends within an hour; what is beyond it waits. Null for no limit.',
  })
  singlesPerHour!: number | null

  @Field(() => Boolean, {
    description: 'Whether the runaway guard holds the single texts until an owner approves them.',
  })
  isHeld!: boolean
}

@ObjectType('Member', { description: 'A person with a role in the account.' })
export class MemberType {
  @Field(() => ID, { description: 'Id of the person.' })
  userId!: string

  @Field(() => String, { description: 'E-mail address that the person signs in with.' })
  email!: string

  @Field(() => String, { description: 'Name of the person.' })
  name!: string

  @Field(() => RoleEnum, { description: 'What the person may do in this account.' })
  role!: 'owner' | 'operator' | 'viewer'

  @Field(() => Instant, { description: 'Since when the person is a member.' })
  memberSince!: Date
}

@ObjectType('ApiKey', { description: 'A key with which a program uses the API in the name of the account.' })
export class ApiKeyType {
  @Field(() => ID, { description: 'Id of the key.' })
  id!: string

  @Field(() => String, { description: 'What the key is for, in the words of whoever made it.' })
  name!: string

  @Field(() => String, { description: 'The first characters of the key, to recognise it by.' })
  prefix!: string

  @Field(() => ApiKeyRoleEnum, { description: 'What the key may do.' })
  role!: 'operator' | 'viewer'

  @Field(() => Boolean, {
    description:
      'For partners: the key runs the operations that are registered for it, by the hash of their text, and nothing else.',
  })
  operationsOnly!: boolean

  @Field(() => Instant, { description: 'When the key was made.' })
  createdAt!: Date

  @Field(() => Instant, { nullable: true, description: 'When the key ends by itself; null for never.' })
  expiresAt!: Date | null

  @Field(() => Instant, { nullable: true, description: 'When the key was revoked; null while it was not.' })
  revokedAt!: Date | null

  @Field(() => Instant, {
    nullable: true,
    description: 'Last use, exact to a minute; null before the first.',
  })
  lastUsedAt!: Date | null
}

@ObjectType('RegisteredOperation', { description: 'An operation that a key of a partner may run.' })
export class RegisteredOperationType {
  @Field(() => String, {
    description:
      'SHA-256 of the document in hexadecimal digits; programs send it as `extensions.persistedQuery.sha256Hash`.',
  })
  hash!: string

  @Field(() => String, { description: 'Name of the operation.' })
  name!: string

  @Field(() => String, { description: 'Its text, as it was registered.' })
  document!: string

  @Field(() => Instant, { description: 'When it was registered.' })
  registeredAt!: Date
}

@ObjectType('ApiKeyCreated', { description: 'A new API key.' })
export class ApiKeyCreated {
  @Field(() => String, { description: 'The whole key. Shown now and never again.' })
  key!: string

  @Field(() => ApiKeyType, { description: 'What is kept of the key.' })
  apiKey!: ApiKeyType
}

@ObjectType('MemberRemoved', { description: 'The person is no member any more.' })
export class MemberRemoved {
  @Field(() => ID, { description: 'Id of the person.' })
  userId!: string
}

@ObjectType('PlatformSending', { description: 'Whether the platform as a whole sends messages.' })
export class PlatformSending {
  @Field(() => Boolean, { description: 'True while all sending of all accounts is stopped or locked.' })
  isStopped!: boolean

  @Field(() => String, { nullable: true, description: 'Why it is stopped; null while it is not.' })
  reason!: string | null

  @Field(() => Instant, {
    nullable: true,
    description:
      'Since when sending is locked because the database was restored; only the operator ends that, with `npm run restore`.',
  })
  lockedSince!: Date | null
}

export const AccountConnection = connectionOf(AccountType, 'Account')
export const MemberConnection = connectionOf(MemberType, 'Member')
export const ApiKeyConnection = connectionOf(ApiKeyType, 'ApiKey')

export const AccountResult = resultUnion(
  'AccountResult',
  AccountType,
  'The account as it is now, or why not.',
)
export const MemberResult = resultUnion('MemberResult', MemberType, 'The member as they are now, or why not.')
export const RemoveMemberResult = resultUnion(
  'RemoveMemberResult',
  MemberRemoved,
  'Who was removed, or why not.',
)
export const CreateApiKeyResult = resultUnion('CreateApiKeyResult', ApiKeyCreated, 'The new key, or why not.')
export const ApiKeyResult = resultUnion('ApiKeyResult', ApiKeyType, 'The key as it is now, or why not.')
