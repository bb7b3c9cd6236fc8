import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf, Instant } from '../../../platform/graphql/index.js'
import type { HistoryKind } from '../history-words.js'

export const HistoryKindEnum = {
  MEMBERS: 'members',
  KEYS: 'keys',
  SETTINGS: 'settings',
  CONSENTS: 'consents',
  CAMPAIGNS: 'campaigns',
  DECISIONS: 'decisions',
  CREDITS: 'credits',
  SENDING: 'sending',
} as const satisfies Record<string, HistoryKind>

registerEnumType(HistoryKindEnum, {
  name: 'HistoryKind',
  description: 'What an entry of the account’s history is about.',
  valuesConfig: {
    MEMBERS: { description: 'Who came, went, and got which role.' },
    KEYS: { description: 'API keys made and revoked.' },
    SETTINGS: { description: 'Settings of the account, quiet hours included.' },
    CONSENTS: { description: 'Consent that people wrote down or attested for a file.' },
    CAMPAIGNS: { description: 'Campaigns made, started, paused, cancelled.' },
    DECISIONS: { description: 'Decisions about texts whose outcome nobody knew.' },
    CREDITS: { description: 'Credits that a person moved: grants, corrections.' },
    SENDING: { description: 'What stopped the account, and who let it go on.' },
  },
})

export const HistoryActorEnum = {
  PERSON: 'user',
  API_KEY: 'api-key',
  PLATFORM: 'admin',
  PROGRAM: 'system',
  UNKNOWN: 'nobody',
} as const
export type HistoryActor = (typeof HistoryActorEnum)[keyof typeof HistoryActorEnum]

registerEnumType(HistoryActorEnum, {
  name: 'HistoryActor',
  description: 'Who did something.',
  valuesConfig: {
    PERSON: { description: 'A member, or somebody who was one.' },
    API_KEY: { description: 'A program with an API key.' },
    PLATFORM: { description: 'The administration of the platform.' },
    PROGRAM: { description: 'The program itself.' },
    UNKNOWN: { description: 'The history does not say.' },
  },
})

@ObjectType('HistoryFact', { description: 'One detail of an entry.' })
export class HistoryFactType {
  @Field(() => String, { description: 'What it is.' })
  name!: string

  @Field(() => String, { description: 'Its value.' })
  value!: string
}

@ObjectType('HistoryEntry', { description: 'Something that was done in an account. Entries never change.' })
export class HistoryEntryType {
  @Field(() => ID, { description: 'Its place in the histories.' })
  id!: string

  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => HistoryKindEnum, { description: 'What it is about.' })
  kind!: HistoryKind

  @Field(() => String, { description: 'What was done, in words.' })
  words!: string

  @Field(() => HistoryActorEnum, { description: 'Who did it.' })
  actor!: HistoryActor

  @Field(() => String, {
    nullable: true,
    description: 'Name of the person or the key; null for everybody else.',
  })
  actorName!: string | null

  @Field(() => ID, { nullable: true, description: 'The text, campaign or import that it was about.' })
  subjectId!: string | null

  @Field(() => [HistoryFactType], { description: 'What else is on record.' })
  details!: HistoryFactType[]
}

export const HistoryConnection = connectionOf(HistoryEntryType, 'HistoryEntry')
