import { Field, ID, Int, ObjectType } from 'type-graphql'
import {
  connectionOf,
  Credits,
  EventSeq,
  Instant,
  Refused,
  resultUnion,
} from '../../../platform/graphql/index.js'
import type { Attention } from '../domain/attention.js'
import type { CarrierAnswerSetting } from '../domain/carrier-keyword.js'
import type { ReplyClass } from '../domain/classify-reply.js'
import type { ReplyLanguage } from '../domain/reply-language.js'
import {
  AttentionEnum,
  CarrierAnswersEnum,
  OptInStateEnum,
  ReplyClassEnum,
  ReplyLanguageEnum,
  ThreadKindEnum,
} from './inbox-enums.types.js'

@ObjectType('Conversation', { description: 'The texts with one number that has written to the account.' })
export class ConversationType {
  @Field(() => ID, { description: 'Id of the conversation.' })
  id!: string

  @Field(() => String, {
    description: 'The number, for owners and operators; for everybody else its last four digits.',
  })
  phone!: string

  @Field(() => ID, { nullable: true, description: 'The contact with this number; null when there is none.' })
  contactId!: string | null

  @Field(() => String, { nullable: true, description: 'First name of the contact.' })
  firstName!: string | null

  @Field(() => String, { nullable: true, description: 'Last name of the contact.' })
  lastName!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The newest text of the person, for owners and operators; null for everybody else.',
  })
  lastBody!: string | null

  @Field(() => Instant, { description: 'When the person last wrote.' })
  lastInboundAt!: Date

  @Field(() => Instant, { description: 'When the newest text came or was written, in either direction.' })
  lastAt!: Date

  @Field(() => Int, { description: 'Texts of the person that nobody has read.' })
  unread!: number

  @Field(() => AttentionEnum, { nullable: true, description: 'Why a person should look at it.' })
  attention!: Attention | null

  @Field(() => String, { nullable: true, description: 'The same in a sentence.' })
  attentionWords!: string | null

  @Field(() => Instant, {
    nullable: true,
    description: 'When a text from the number opted out by itself; null again after a START.',
  })
  optedOutAt!: Date | null

  @Field(() => ID, { nullable: true, description: 'The member who takes care of it.' })
  assignedTo!: string | null

  @Field(() => Instant, {
    nullable: true,
    description: 'Since when it is closed; the next text of the person opens it.',
  })
  closedAt!: Date | null
}

@ObjectType('ConversationText', { description: 'One text of a conversation, in either direction.' })
export class ConversationTextType {
  @Field(() => ID, { description: 'Its id; for texts that went out, the id of the message.' })
  id!: string

  @Field(() => ThreadKindEnum, { description: 'Which way it went.' })
  direction!: string

  @Field(() => Instant, { description: 'When it came, or was written.' })
  at!: Date

  @Field(() => String, {
    nullable: true,
    description: 'The text, for owners and operators; null for everybody else.',
  })
  body!: string | null

  @Field(() => ReplyClassEnum, { nullable: true, description: 'What an incoming text was read as.' })
  class!: ReplyClass | null

  @Field(() => String, {
    nullable: true,
    description:
      'What an incoming text did by itself: `opted-out`, `restored`, `opted-in`, `confirmed`, `nothing-to-restore`, `kept`.',
  })
  outcome!: string | null

  @Field(() => Int, { description: 'Pictures and other media that came with it. They are not fetched.' })
  mediaCount!: number

  @Field(() => String, {
    nullable: true,
    description:
      'What we wrote it for: `reply` of a person, or by itself `opt_out`, `help`, `opt_in`, `nothing_to_restore`, `opt_in_request`, `opt_in_confirmed`; null for campaigns and others.',
  })
  writtenAs!: string | null

  @Field(() => ID, { nullable: true, description: 'The incoming text that it answers by itself.' })
  answers!: string | null

  @Field(() => String, { nullable: true, description: 'Who wrote the reply.' })
  actor!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Where a text that goes out stands, as `Message.state` in lower case.',
  })
  state!: string | null
}

@ObjectType('InboxTotals', { description: 'How much there is to read.' })
export class InboxTotalsType {
  @Field(() => Int, { description: 'Open conversations.' })
  conversations!: number

  @Field(() => Int, { description: 'Open conversations with something unread.' })
  unreadConversations!: number

  @Field(() => Int, { description: 'Unread texts in them.' })
  unreadTexts!: number
}

@ObjectType('InboxEvent', {
  description: 'The inbox as it stands when a reader begins, and then each thing that happens to it.',
})
export class InboxEventType {
  @Field(() => EventSeq, {
    description: 'Its place in the account; give the last one you saw as `afterSeq` to go on.',
  })
  seq!: number

  @Field(() => Instant, { nullable: true, description: 'When; null for the snapshot.' })
  at!: Date | null

  @Field(() => String, {
    description:
      '`snapshot`, or what happened: `received`, `opted_out`, `opted_in`, `confirmed`, `replied`, `changed`, `settings_changed`.',
  })
  kind!: string

  @Field(() => ID, { nullable: true, description: 'The conversation that it happened to.' })
  conversationId!: string | null

  @Field(() => ID, { nullable: true, description: 'The text that came in.' })
  textId!: string | null

  @Field(() => ReplyClassEnum, { nullable: true, description: 'What that text was read as.' })
  class!: ReplyClass | null

  @Field(() => AttentionEnum, { nullable: true, description: 'Why a person should look at it.' })
  attention!: Attention | null

  @Field(() => InboxTotalsType, { description: 'How much there is to read, as of now.' })
  totals!: InboxTotalsType
}

@ObjectType('InboxSettings', { description: 'How the account answers texts by itself.' })
export class InboxSettingsType {
  @Field(() => String, { description: 'How automatic texts name the account.' })
  brandName!: string

  @Field(() => String, {
    nullable: true,
    description: 'Whom people ask for help: a number, an address, a page.',
  })
  helpContact!: string | null

  @Field(() => ReplyLanguageEnum, {
    description: 'Language of automatic texts where the words of the person show none.',
  })
  language!: ReplyLanguage

  @Field(() => CarrierAnswersEnum, {
    description: 'Whether the carrier itself answers STOP, START and HELP.',
  })
  carrierAnswers!: CarrierAnswerSetting

  @Field(() => Boolean, {
    description: 'Whether an agreement to marketing by form or API counts only after a yes from the phone.',
  })
  doubleOptIn!: boolean

  @Field(() => Int, { description: 'Hours that such an agreement waits for the yes.' })
  optInHours!: number
}

@ObjectType('OptInRequest', {
  description: 'An agreement that waits, or waited, for a yes from the phone itself.',
})
export class OptInRequestType {
  @Field(() => ID, { description: 'Id of the request.' })
  id!: string

  @Field(() => String, {
    description: 'The number, for owners and operators; for everybody else its last four digits.',
  })
  phone!: string

  @Field(() => OptInStateEnum, { description: 'Where it stands.' })
  state!: string

  @Field(() => String, { description: 'The text that asked.' })
  requestText!: string

  @Field(() => ID, { nullable: true, description: 'The message that carried it.' })
  messageId!: string | null

  @Field(() => Instant, { description: 'When the agreement came.' })
  requestedAt!: Date

  @Field(() => Instant, { description: 'Until when a yes counts.' })
  expiresAt!: Date

  @Field(() => ID, { nullable: true, description: 'The incoming text that said yes.' })
  confirmedBy!: string | null
}

@ObjectType('UnattributedText', {
  description: 'A text that belongs to no account as far as can be told. For administrators.',
})
export class UnattributedTextType {
  @Field(() => ID, { description: 'Id of the text.' })
  id!: string

  @Field(() => String, { description: 'Who sent it; the last four digits.' })
  phone!: string

  @Field(() => String, { description: 'The sender of ours that it came to.' })
  sender!: string

  @Field(() => String, { description: 'The text.' })
  body!: string

  @Field(() => ReplyClassEnum, { description: 'What it was read as.' })
  class!: ReplyClass

  @Field(() => String, { description: 'What it did by itself.' })
  outcome!: string

  @Field(() => Instant, { description: 'When it came.' })
  receivedAt!: Date
}

@ObjectType('ReplyWritten', { description: 'The reply is written down and goes through the gate.' })
export class ReplyWrittenType {
  @Field(() => ID, { description: 'The message.' })
  messageId!: string

  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => Int, { description: 'How many segments it has.' })
  segments!: number

  @Field(() => Credits, { description: 'What it costs when the carrier accepts it.' })
  credits!: number
}

@ObjectType('ReplyPreview', {
  description: 'What becomes of a reply if it is sent now. Nothing is written or held.',
})
export class ReplyPreviewType {
  @Field(() => Int, {
    nullable: true,
    description: 'Segments; null without a price for the country of the number.',
  })
  segments!: number | null

  @Field(() => Credits, { nullable: true, description: 'What it costs when the carrier accepts it.' })
  credits!: number | null

  @Field(() => Credits, { description: 'Credits that are there for it.' })
  availableCredits!: number

  @Field(() => Refused, {
    nullable: true,
    description: 'Why it would be refused; null while it would be taken.',
  })
  refusal!: Refused | null

  @Field(() => Boolean, { description: 'Whether quiet hours would hold it back.' })
  isQuiet!: boolean

  @Field(() => Instant, {
    nullable: true,
    description: 'When quiet hours let it go; null when they do not, or never.',
  })
  opensAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'Why it would wait: the clock, the rule and its source.',
  })
  why!: string | null
}

export const ConversationConnection = connectionOf(ConversationType, 'Conversation')
export const ConversationTextConnection = connectionOf(ConversationTextType, 'ConversationText')
export const OptInRequestConnection = connectionOf(OptInRequestType, 'OptInRequest')
export const UnattributedTextConnection = connectionOf(UnattributedTextType, 'UnattributedText')

export const ConversationResult = resultUnion(
  'ConversationResult',
  ConversationType,
  'The conversation, or why not.',
)
export const ReplyWrittenResult = resultUnion(
  'ReplyWrittenResult',
  ReplyWrittenType,
  'The reply, or why there is none.',
)
export const InboxSettingsResult = resultUnion(
  'InboxSettingsResult',
  InboxSettingsType,
  'The settings, or why they stay.',
)
