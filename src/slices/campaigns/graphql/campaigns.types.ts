import { Field, ID, Int, ObjectType } from 'type-graphql'
import { connectionOf, Credits, Instant, resultUnion } from '../../../platform/graphql/index.js'
import { MessagePurposeEnum } from '../../messages/graphql/message-enums.types.js'
import { CampaignStateEnum, RecipientStateEnum, SkipReasonEnum } from './campaign-enums.types.js'
import { CampaignPauseType, CampaignQuoteType } from './campaign-figures.types.js'

@ObjectType('CampaignAudience', {
  description: 'Which contacts a campaign is for; all conditions together. Without any, every contact.',
})
export class CampaignAudienceType {
  @Field(() => [String], { description: 'Contacts with at least one of these tags; all when empty.' })
  tags!: string[]

  @Field(() => [String], { description: 'But none with one of these tags.' })
  excludeTags!: string[]

  @Field(() => ID, { nullable: true, description: 'Only contacts that this import named last.' })
  importId!: string | null
}

@ObjectType('CampaignStartProblem', { description: 'Why a scheduled start did not happen.' })
export class CampaignStartProblemType {
  @Field(() => String, { description: 'Stable code for programs.' })
  reason!: string

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string

  @Field(() => String, { description: 'What to do.' })
  remedy!: string
}

@ObjectType('Campaign', { description: 'One text, to everybody in an audience, once, in a fixed order.' })
export class CampaignType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, { description: 'Its name, for people.' })
  name!: string

  @Field(() => CampaignStateEnum, { description: 'Where it stands.' })
  state!: string

  @Field(() => CampaignPauseType, { nullable: true, description: 'Why it is paused, when it is.' })
  pause!: CampaignPauseType | null

  @Field(() => MessagePurposeEnum, { description: 'What recipients must have agreed to.' })
  purpose!: string

  @Field(() => String, {
    description: 'The text with merge fields, `{{first_name}}` or `{{first_name|there}}` with a fallback.',
  })
  template!: string

  @Field(() => String, {
    nullable: true,
    description: 'The line under every text. Marketing always has one with STOP.',
  })
  optOutFooter!: string | null

  @Field(() => CampaignAudienceType, { description: 'Whom it is for.' })
  audience!: CampaignAudienceType

  @Field(() => Boolean, {
    description: 'Whether it goes on by itself after a pause for credits, its cap or the subscription.',
  })
  autoResume!: boolean

  @Field(() => Credits, { nullable: true, description: 'The most that its author lets it use.' })
  ownCapCredits!: number | null

  @Field(() => Credits, {
    nullable: true,
    description: 'The most that it may use: the accepted quote, or less; null before a start or a schedule.',
  })
  capCredits!: number | null

  @Field(() => Instant, { nullable: true, description: 'When it starts or was to start by itself.' })
  scheduledAt!: Date | null

  @Field(() => Instant, { nullable: true, description: 'What has not left by then is not sent.' })
  expiresAt!: Date | null

  @Field(() => CampaignStartProblemType, {
    nullable: true,
    description: 'Why its scheduled start did not happen.',
  })
  startProblem!: CampaignStartProblemType | null

  @Field(() => ID, { nullable: true, description: 'The quote that it was started or scheduled with.' })
  quoteId!: string | null

  @Field(() => ID, { nullable: true, description: 'The campaign that it is a copy of.' })
  cloneOf!: string | null

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => Instant, { description: 'When its content last changed.' })
  updatedAt!: Date

  @Field(() => Instant, { description: 'When its state last changed.' })
  changedAt!: Date

  @Field(() => Instant, { nullable: true, description: 'When it started.' })
  startedAt!: Date | null

  @Field(() => Instant, { nullable: true, description: 'When it was completed or cancelled.' })
  finishedAt!: Date | null
}

@ObjectType('CampaignRecipient', { description: 'One person in the frozen audience of a campaign.' })
export class CampaignRecipientType {
  @Field(() => Int, { description: 'Place in the order, from 1.' })
  place!: number

  @Field(() => ID, { description: 'The contact.' })
  contactId!: string

  @Field(() => String, { description: 'The number as it was at the start; only its end for viewers.' })
  phone!: string

  @Field(() => RecipientStateEnum, { description: 'Where this recipient stands.' })
  state!: string

  @Field(() => SkipReasonEnum, { nullable: true, description: 'Why there is no text, for the skipped.' })
  skipReason!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Why the message is in its state, when there is a reason.',
  })
  stateReason!: string | null

  @Field(() => ID, { nullable: true, description: 'The message, once it is written.' })
  messageId!: string | null

  @Field(() => Int, { nullable: true, description: 'Segments of the text.' })
  segments!: number | null

  @Field(() => Credits, { nullable: true, description: 'Credits of the text.' })
  credits!: number | null

  @Field(() => Int, { nullable: true, description: 'Calls to the carrier so far.' })
  tries!: number | null
}

@ObjectType('CampaignDrain', {
  description:
    'A campaign that was paused or cancelled, with what was authorised before and cannot be recalled.',
})
export class CampaignDrainType {
  @Field(() => CampaignType, { description: 'The campaign.' })
  campaign!: CampaignType

  @Field(() => Int, { description: 'Texts whose calls may be under way.' })
  inFlight!: number

  @Field(() => Instant, { nullable: true, description: 'After this moment none of them can still leave.' })
  drainedBy!: Date | null
}

@ObjectType('TestMessage', { description: 'A test text that waits for its turn at the gate.' })
export class TestMessageType {
  @Field(() => ID, { description: 'The message; its log shows what becomes of it.' })
  messageId!: string

  @Field(() => Int, { description: 'Its segments.' })
  segments!: number

  @Field(() => Credits, { description: 'What it costs.' })
  credits!: number
}

@ObjectType('TemplateSample', { description: 'How a template reads for one contact.' })
export class TemplateSampleType {
  @Field(() => ID, { description: 'The contact.' })
  contactId!: string

  @Field(() => String, {
    nullable: true,
    description: 'The finished text; null when there would be none. Not shown to viewers.',
  })
  body!: string | null

  @Field(() => SkipReasonEnum, { nullable: true, description: 'Why this contact would be skipped.' })
  skipReason!: string | null

  @Field(() => String, { nullable: true, description: '`GSM-7` or `UCS-2`.' })
  encoding!: string | null

  @Field(() => Int, { nullable: true, description: 'Segments of the text.' })
  segments!: number | null

  @Field(() => [String], { description: 'The characters that make the whole text UCS-2.' })
  culprits!: string[]

  @Field(() => Credits, { nullable: true, description: 'Credits of the text.' })
  credits!: number | null
}

@ObjectType('TemplatePreview', { description: 'How a template reads for the first contacts of an audience.' })
export class TemplatePreviewType {
  @Field(() => [TemplateSampleType], { description: 'At most five.' })
  samples!: TemplateSampleType[]
}

export const CampaignConnection = connectionOf(CampaignType, 'Campaign')
export const CampaignRecipientConnection = connectionOf(CampaignRecipientType, 'CampaignRecipient')

export const CampaignResult = resultUnion('CampaignResult', CampaignType, 'The campaign, or why not.')
export const CampaignDrainResult = resultUnion(
  'CampaignDrainResult',
  CampaignDrainType,
  'The campaign with what is still in flight, or why not.',
)
export const CampaignQuoteResult = resultUnion(
  'CampaignQuoteResult',
  CampaignQuoteType,
  'The quote, or why there is none.',
)
export const TestMessageResult = resultUnion(
  'TestMessageResult',
  TestMessageType,
  'The test text, or why there is none.',
)
export const TemplatePreviewResult = resultUnion(
  'TemplatePreviewResult',
  TemplatePreviewType,
  'How the template reads, or what is wrong with it.',
)
