import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { DateTime } from 'luxon'
import { Instant, resultUnion } from '../../../platform/graphql/index.js'
import { AccountType } from './accounts.types.js'
import { RoleEnum } from './enums.types.js'

@ObjectType('Membership', { description: 'An account that the person may work in.' })
export class MembershipType {
  @Field(() => ID, { description: 'Id of the account.' })
  accountId!: string

  @Field(() => String, { description: 'Name of the account.' })
  accountName!: string

  @Field(() => RoleEnum, { description: 'What the person may do there.' })
  role!: 'owner' | 'operator' | 'viewer'
}

@ObjectType('Me', {
  description: 'Whoever is asking: a person with a session, or a program with an API key.',
})
export class MeType {
  @Field(() => ID, { nullable: true, description: 'Id of the person; null for a program.' })
  userId!: string | null

  @Field(() => ID, { nullable: true, description: 'Id of the API key; null for a person.' })
  apiKeyId!: string | null

  @Field(() => String, { nullable: true, description: 'E-mail address of the person; null for a program.' })
  email!: string | null

  @Field(() => String, { nullable: true, description: 'Name of the person; null for a program.' })
  name!: string | null

  @Field(() => RoleEnum, { nullable: true, description: 'Role in the account; null without an account.' })
  role!: 'owner' | 'operator' | 'viewer' | null

  @Field(() => Boolean, { description: 'Whether this is an administrator of the platform.' })
  isPlatformAdmin!: boolean

  @Field(() => AccountType, {
    nullable: true,
    description: 'The account worked in now; null when none is chosen.',
  })
  account!: AccountType | null

  @Field(() => [MembershipType], { description: 'All accounts of the person; empty for a program.' })
  memberships!: MembershipType[]
}

@ObjectType('SignedIn', { description: 'An open session.' })
export class SignedIn {
  @Field(() => String, {
    description:
      'Send it as `Authorization: Bearer …`, over WebSocket in `connection_init`. Shown now and never again.',
  })
  token!: string

  @Field(() => Instant, { description: 'When the session ends, used or not.' })
  expiresAt!: DateTime

  @Field(() => ID, {
    nullable: true,
    description: 'The account that the session works in; null when there is none.',
  })
  accountId!: string | null
}

@ObjectType('SignedOut', { description: 'Sessions that were ended.' })
export class SignedOut {
  @Field(() => Int, { description: 'How many sessions were open and are ended now.' })
  sessionsEnded!: number
}

export const SignInResult = resultUnion('SignInResult', SignedIn, 'The new session, or why not.')
export const MeResult = resultUnion('MeResult', MeType, 'Whoever is asking, as things are now, or why not.')
