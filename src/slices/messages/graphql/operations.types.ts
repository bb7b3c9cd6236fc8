import { Field, Float, ID, ObjectType } from 'type-graphql'
import { EventSeq, Instant, resultUnion } from '../../../platform/graphql/index.js'

@ObjectType('OperationFact', { description: 'One figure or word that an operation event carries.' })
class OperationFactType {
  @Field(() => String, { description: 'What it is, for example `calls`, `rule` or `until`.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'Its value as text.' })
  value!: string | null
}

@ObjectType('OperationEvent', {
  description: 'Something that holds up the sending of the account, or no longer does.',
})
export class OperationEventType {
  @Field(() => EventSeq, {
    description: 'Its place in the account; give the last one you saw as `afterSeq` to go on.',
  })
  seq!: number

  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => String, {
    description:
      'What happened: `breaker_open`, `breaker_half_open`, `breaker_closed` (the carrier cannot be used, is being tried, is back), `calls_at_once` (it bears fewer or more calls), `rate_limited` (single texts wait for their hour), `sending_stopped`, `sending_resumed`, `platform_stopped`, `platform_resumed`, `held_for_approval`, `approved`.',
  })
  kind!: string

  @Field(() => ID, { nullable: true, description: 'The campaign that it is about, if it is about one.' })
  campaignId!: string | null

  @Field(() => [ID], { description: 'The messages that it is about, if it is about some.' })
  messages!: string[]

  @Field(() => [OperationFactType], { description: 'What was seen.' })
  facts!: OperationFactType[]
}

@ObjectType('HeldTextsApproved', { description: 'The single texts that were held go out again.' })
export class HeldTextsApproved {
  @Field(() => Instant, { description: 'Until then the guard does not hold them again.' })
  approvedUntil!: Date
}

@ObjectType('Sender', { description: 'A number, short code or Messaging Service that texts come from.' })
export class SenderType {
  @Field(() => String, { description: 'Its address at the carrier.' })
  address!: string

  @Field(() => Float, {
    nullable: true,
    description:
      'Its own limit in segments per second. Null: none of its own; the configuration of the workers decides.',
  })
  segmentsPerSecond!: number | null

  @Field(() => Boolean, { description: 'True when it has no limit at all, whatever the configuration says.' })
  isUnlimited!: boolean
}

export const ApproveHeldTextsResult = resultUnion(
  'ApproveHeldTextsResult',
  HeldTextsApproved,
  'Until when they are approved, or why not.',
)
export const SenderResult = resultUnion('SenderResult', SenderType, 'The sender as it is now, or why not.')
