import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'

@ObjectType('AccountBreach', {
  description: 'A rule that the audit finds broken in an account, for its members.',
})
export class AccountBreachType {
  @Field(() => ID, {
    description: 'Id of the breach; members name it when they ask the operator of the platform.',
  })
  id!: string

  @Field(() => String, { description: 'The rule, for example `I7`.' })
  invariant!: string

  @Field(() => String, { description: 'The rule in words.' })
  rule!: string

  @Field(() => String, { description: 'Which row, or by how much.' })
  what!: string

  @Field(() => Boolean, {
    description: 'Whether it keeps the account from sending until an administrator has answered for it.',
  })
  stopsSending!: boolean

  @Field(() => String, { description: 'Why the rule stops sending, or does not.' })
  why!: string

  @Field(() => Instant, { description: 'When it was first seen.' })
  firstSeenAt!: Date

  @Field(() => Instant, { nullable: true, description: 'When an administrator has answered for it.' })
  acknowledgedAt!: Date | null
}

@ObjectType('AuditBreach', { description: 'A row that broke one of the rules that hold at every instant.' })
export class AuditBreachType extends AccountBreachType {
  @Field(() => ID, { nullable: true, description: 'The account; null when it concerns the platform itself.' })
  accountId!: string | null

  @Field(() => String, { nullable: true, description: 'Who has answered for it.' })
  acknowledgedBy!: string | null

  @Field(() => String, { nullable: true, description: 'The reason that was given.' })
  acknowledgedReason!: string | null

  @Field(() => Instant, { nullable: true, description: 'When a full audit no longer found it.' })
  clearedAt!: Date | null
}

@ObjectType('AuditLook', { description: 'The last look of the live audit of one kind.' })
export class AuditLookType {
  @Field(() => String, { description: '`news`: what has changed since the look before; `full`: everything.' })
  kind!: 'news' | 'full'

  @Field(() => Instant, { description: 'When it ended.' })
  endedAt!: Date

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  tookMs!: number

  @Field(() => Instant, { nullable: true, description: 'When a look of this kind last found nothing wrong.' })
  cleanAt!: Date | null
}

export const AuditBreachConnection = connectionOf(AuditBreachType, 'AuditBreach')

export const AuditBreachResult = resultUnion(
  'AuditBreachResult',
  AuditBreachType,
  'The breach as it stands now, or why not.',
)
