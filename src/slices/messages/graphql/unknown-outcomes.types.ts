import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, Credits, Instant, resultUnion } from '../../../platform/graphql/index.js'
import { MessageStateEnum } from './message-enums.types.js'
import { FactType, TimelineEntryType } from './messages.types.js'
import {
  UnknownDecisionEnum,
  UnknownNextStepEnum,
  UnknownOutcomeMoneyEnum,
  UnknownOutcomeStateEnum,
} from './unknown-enums.types.js'

@ObjectType('UnknownOutcome', {
  description:
    'A call to the carrier whose outcome is not known, or was not known when it was closed. Its credits stay held until it is found out or closed.',
})
export class UnknownOutcomeType {
  @Field(() => ID, { description: 'The attempt.' })
  attemptId!: string

  @Field(() => ID, { description: 'The account.' })
  accountId!: string

  @Field(() => ID, { description: 'Its message.' })
  messageId!: string

  @Field(() => ID, { nullable: true, description: 'The campaign of the message.' })
  campaignId!: string | null

  @Field(() => UnknownOutcomeStateEnum, { description: 'What is known of it.' })
  state!: string

  @Field(() => UnknownOutcomeMoneyEnum, { description: 'Where its credits are.' })
  money!: string

  @Field(() => Credits, { description: 'What it costs.' })
  cost!: number

  @Field(() => Credits, { description: 'Credits that it holds.' })
  heldCredits!: number

  @Field(() => Instant, { description: 'When the call was authorised.' })
  claimedAt!: Date

  @Field(() => Instant, {
    description: 'After this the carrier takes the call no more (P1), or we no longer wrote it (P0).',
  })
  notAfter!: Date

  @Field(() => String, {
    description: 'P0: never sent again. P1: sent again once it is proved that the carrier does not have it.',
  })
  policy!: string

  @Field(() => Int, { description: 'How often the carrier was asked.' })
  lookUps!: number

  @Field(() => Instant, { nullable: true, description: 'When it was asked last.' })
  lastLookUpAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'What that proved: `too_early` or `unavailable` while it is unknown.',
  })
  lastVerdict!: string | null

  @Field(() => UnknownNextStepEnum, { description: 'What happens next by itself.' })
  nextStep!: string

  @Field(() => Instant, { nullable: true, description: 'The earliest moment for it.' })
  nextStepAt!: Date | null
}

@ObjectType('LookUp', { description: "One question for the carrier's list, and what it proved." })
export class LookUpType {
  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => String, { description: '`found`, `absent`, `too_early` or `unavailable`.' })
  verdict!: string

  @Field(() => Int, { description: 'Pages of the list that were read.' })
  pages!: number

  @Field(() => Int, { description: 'Texts in the list that can be this one.' })
  candidates!: number
}

@ObjectType('CarrierReport', { description: 'A status that the carrier reported for the call.' })
export class CarrierReportType {
  @Field(() => Instant, { description: 'When it arrived.' })
  at!: Date

  @Field(() => String, { nullable: true, description: 'The status.' })
  status!: string | null

  @Field(() => String, { nullable: true, description: "The carrier's id of the message." })
  sid!: string | null

  @Field(() => String, { nullable: true, description: 'What it did; null before it was applied.' })
  outcome!: string | null
}

@ObjectType('CarrierObservation', {
  description: "An id of the carrier that did not come from the sending process's own call.",
})
export class CarrierObservationType {
  @Field(() => Instant, { description: 'When it was first seen.' })
  at!: Date

  @Field(() => String, { description: "The carrier's id of the message." })
  sid!: string

  @Field(() => String, { description: 'Who brought it: `callback`, `look_up` or `worker`.' })
  source!: string
}

@ObjectType('UnknownDecisionMade', { description: 'What an administrator decided, and why.' })
export class UnknownDecisionMadeType {
  @Field(() => Instant, { description: 'When.' })
  at!: Date

  @Field(() => UnknownDecisionEnum, { description: 'What.' })
  decision!: string

  @Field(() => String, { description: 'Who.' })
  actor!: string

  @Field(() => String, { description: 'Why.' })
  reason!: string
}

@ObjectType('UnknownOutcomeInspection', {
  description: 'Everything that is known of one call to the carrier, for whoever has to decide about it.',
})
export class UnknownOutcomeInspectionType {
  @Field(() => UnknownOutcomeType, { description: 'Where it stands.' })
  outcome!: UnknownOutcomeType

  @Field(() => Int, { description: 'Its number among the calls of its message: 1, 2, …' })
  attempt!: number

  @Field(() => String, {
    nullable: true,
    description: 'Why its outcome is not known: `timeout`, `worker-lost`, …',
  })
  cause!: string | null

  @Field(() => String, { nullable: true, description: 'Who said last how it ended.' })
  evidence!: string | null

  @Field(() => String, { nullable: true, description: "The carrier's id, once it is known." })
  sid!: string | null

  @Field(() => Instant, { nullable: true, description: 'When it was settled or closed.' })
  resolvedAt!: Date | null

  @Field(() => MessageStateEnum, { description: 'Where its message stands.' })
  messageState!: string

  @Field(() => String, {
    description: 'The number, for owners and operators; for everybody else its last four digits.',
  })
  phone!: string

  @Field(() => String, { description: 'Country of the number, as a two-letter code.' })
  country!: string

  @Field(() => Instant, { nullable: true, description: 'When the text is of no use any more.' })
  usefulUntil!: Date | null

  @Field(() => String, { description: 'The process that made the call.' })
  worker!: string

  @Field(() => [FactType], { description: 'What the gate saw when it let the call through.' })
  gate!: FactType[]

  @Field(() => [LookUpType], { description: 'What the carrier was asked, oldest first.' })
  lookUps!: LookUpType[]

  @Field(() => [CarrierReportType], { description: 'What the carrier reported, oldest first.' })
  callbacks!: CarrierReportType[]

  @Field(() => [CarrierObservationType], { description: 'Ids of the carrier that others brought.' })
  observations!: CarrierObservationType[]

  @Field(() => [UnknownDecisionMadeType], { description: 'What administrators decided, oldest first.' })
  decisions!: UnknownDecisionMadeType[]

  @Field(() => [TimelineEntryType], { description: 'The whole story of its message.' })
  timeline!: TimelineEntryType[]
}

export const UnknownOutcomeConnection = connectionOf(UnknownOutcomeType, 'UnknownOutcome')

export const DecideUnknownResult = resultUnion(
  'DecideUnknownResult',
  UnknownOutcomeInspectionType,
  'Where it stands now, or why nothing was decided.',
)
