import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, Credits, EventSeq, Instant } from '../../../platform/graphql/index.js'
import type { MessageState } from '../domain/message-state.js'
import { TextPurposeEnum, MessageStateEnum, TimelineKindEnum } from './message-enums.types.js'

@ObjectType('MessageDelivery', {
  description: "How far a message has come on its way to the handset, by the carrier's reports.",
})
export class MessageDeliveryType {
  @Field(() => String, {
    description:
      "The carrier's strongest status so far: `sent` may stay for ever where a network reports nothing; `delivered`, `undelivered`, `failed` and `canceled` are final.",
  })
  status!: string

  @Field(() => Int, { nullable: true, description: "The carrier's error code, when it gave one." })
  errorCode!: number | null

  @Field(() => String, { nullable: true, description: 'What the error code means.' })
  errorWords!: string | null

  @Field(() => Instant, { description: 'When the status last changed here.' })
  updatedAt!: Date
}

@ObjectType('MessageFailure', { description: 'Why the newest attempt did not go through.' })
export class MessageFailureType {
  @Field(() => Int, { description: "The carrier's error code." })
  code!: number

  @Field(() => String, { description: 'What happened, in words.' })
  words!: string

  @Field(() => String, { description: 'What to do about it.' })
  remedy!: string
}

@ObjectType('Fact', { description: 'A named value, for machines and for the curious.' })
export class FactType {
  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'Its value as text.' })
  value!: string | null
}

@ObjectType('MessageTimelineEntry', { description: 'One thing that happened to a message.' })
export class TimelineEntryType {
  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => TimelineKindEnum, { description: 'What kind of thing.' })
  kind!: string

  @Field(() => String, { description: 'What happened, in a sentence.' })
  words!: string

  @Field(() => ID, { nullable: true, description: 'The attempt that it belongs to.' })
  attemptId!: string | null

  @Field(() => Int, { nullable: true, description: 'The number of that attempt: 1, 2, …' })
  attempt!: number | null

  @Field(() => Credits, { nullable: true, description: 'Credits that moved.' })
  credits!: number | null

  @Field(() => String, { nullable: true, description: "The carrier's id of the message." })
  sid!: string | null

  @Field(() => Int, { nullable: true, description: "The carrier's error code." })
  code!: number | null

  @Field(() => [FactType], {
    description: 'What else is known: what the gate saw, who gave the evidence, what was counted.',
  })
  facts!: FactType[]
}

@ObjectType('Message', {
  description: 'A text to one number. Its content never changes; only where it stands does.',
})
export class MessageType {
  @Field(() => ID, { description: 'Id of the message.' })
  id!: string

  @Field(() => ID, { nullable: true, description: 'The campaign that it belongs to; null for single texts.' })
  campaignId!: string | null

  @Field(() => Int, { nullable: true, description: 'Its place in the frozen order of its campaign.' })
  place!: number | null

  @Field(() => ID, { nullable: true, description: 'The contact that it goes to.' })
  contactId!: string | null

  @Field(() => TextPurposeEnum, { description: 'What the recipient must have agreed to.' })
  purpose!: string

  @Field(() => String, {
    description: 'The number, for owners and operators; for everybody else its last four digits.',
  })
  phone!: string

  @Field(() => String, { description: 'Country of the number, as a two-letter code.' })
  country!: string

  @Field(() => Int, { description: 'How many segments the text has.' })
  segments!: number

  @Field(() => Credits, { description: 'What it costs when the carrier accepts it.' })
  cost!: number

  @Field(() => MessageStateEnum, { description: 'Where it stands.' })
  state!: MessageState

  @Field(() => String, { nullable: true, description: 'Why it stands there, as a stable code.' })
  reason!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'What the gate saw when it put the text off or ended it: the clock there, the rule, its source.',
  })
  reasonDetail!: string | null

  @Field(() => Int, { description: 'Calls to the carrier that were authorised for it.' })
  tries!: number

  @Field(() => Instant, { nullable: true, description: 'Not sent before this moment.' })
  notBefore!: Date | null

  @Field(() => Instant, { nullable: true, description: 'Not sent after this moment.' })
  expiresAt!: Date | null

  @Field(() => Instant, { description: 'When it was written down.' })
  createdAt!: Date

  @Field(() => ID, {
    nullable: true,
    description:
      'The consent event that its newest authorisation relied on; null before one, and for answers to a text of the person.',
  })
  consentEventId!: string | null

  @Field(() => String, { nullable: true, description: "The carrier's id of the message." })
  sid!: string | null

  @Field(() => MessageFailureType, {
    nullable: true,
    description: 'Why the newest attempt did not go through.',
  })
  failure!: MessageFailureType | null

  @Field(() => MessageDeliveryType, {
    nullable: true,
    description: 'How far it has come; null before the first report.',
  })
  delivery!: MessageDeliveryType | null
}

@ObjectType('ReasonCount', { description: 'How many messages, for one reason.' })
export class ReasonCountType {
  @Field(() => String, { description: 'The reason, as a stable code.' })
  reason!: string

  @Field(() => Int, { description: 'How many.' })
  count!: number
}

@ObjectType('MessageEvent', {
  description:
    'Something that happened to messages of the account. One event stands for all messages that one batch moved.',
})
export class MessageEventType {
  @Field(() => EventSeq, {
    description: 'Its place in the account; give the last one you saw as `afterSeq` to go on.',
  })
  seq!: number

  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => String, {
    description:
      'What happened: `dispatching`, `accepted`, `unknown`, `unproven`, `pending`, `failed`, `suppressed`, `refused` by the gate; by delivery report `delivered`, `undelivered`, `failed`; an alarm: `late_proof`, `second_sid`, `sid_of_another_attempt`; a correction: `late_charge`; or `decided` by an administrator.',
  })
  kind!: string

  @Field(() => String, {
    nullable: true,
    description:
      '`delivery` for a delivery report, `alarm` for an alarm, `correction` for a proof that came late, `decision` for an administrator, else null.',
  })
  report!: string | null

  @Field(() => ID, { nullable: true, description: 'The campaign of the messages; null for single texts.' })
  campaignId!: string | null

  @Field(() => [ID], { description: 'The messages.' })
  messages!: string[]

  @Field(() => Int, { description: 'How many messages.' })
  count!: number

  @Field(() => [ReasonCountType], { description: 'For what the gate refused: how many for each reason.' })
  reasons!: ReasonCountType[]
}

export const MessageConnection = connectionOf(MessageType, 'Message')
