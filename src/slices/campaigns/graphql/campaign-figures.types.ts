import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import { Credits, EventSeq, Instant } from '../../../platform/graphql/index.js'
import { CampaignStateEnum, PauseReasonEnum, SkipReasonEnum } from './campaign-enums.types.js'

@ObjectType('CampaignPause', { description: 'Why a campaign is paused and how it goes on.' })
export class CampaignPauseType {
  @Field(() => PauseReasonEnum, { description: 'The reason.' })
  reason!: string

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string

  @Field(() => String, { description: 'What to do so that it goes on.' })
  remedy!: string

  @Field(() => Boolean, { description: 'Whether it goes on by itself once nothing stands in the way.' })
  resumesByItself!: boolean
}

@ObjectType('SkippedCount', { description: 'How many get no text for one reason.' })
export class SkippedCountType {
  @Field(() => SkipReasonEnum, { description: 'The reason.' })
  reason!: string

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string

  @Field(() => Int, { description: 'How many.' })
  recipients!: number
}

@ObjectType('CountryShare', { description: 'What a quote comes to in one country.' })
export class CountryShareType {
  @Field(() => String, { description: 'ISO 3166 two-letter code.' })
  country!: string

  @Field(() => Int, { description: 'Recipients there.' })
  recipients!: number

  @Field(() => Int, { description: 'Segments of all their texts.' })
  segments!: number

  @Field(() => Credits, { description: 'Credits for all of them.' })
  credits!: number
}

@ObjectType('EncodingCulprit', {
  description:
    'A character that GSM-7 does not have. One of them makes the whole text UCS-2, with shorter segments.',
})
export class EncodingCulpritType {
  @Field(() => String, { description: 'The character.' })
  character!: string

  @Field(() => Int, { description: 'In how many recipients’ texts it occurs.' })
  recipients!: number
}

@ObjectType('QuoteStaleness', { description: 'Why a quote no longer holds.' })
export class QuoteStalenessType {
  @Field(() => String, { description: '`content-changed`, `prices-changed` or `expired`.' })
  reason!: string

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string
}

@ObjectType('QuoteHours', {
  description:
    'When the recipients of a quote may be texted, by the clock of each, at the moment of the quote. The cap of marketing texts a day, pace and credits are not in it.',
})
export class QuoteHoursType {
  @Field(() => Int, { description: 'Could be texted at that moment.' })
  textableNow!: number

  @Field(() => Int, { description: 'Wait for the hours of their place.' })
  waiting!: number

  @Field(() => Instant, {
    nullable: true,
    description: 'When the first of those who wait may be texted; null when nobody waits.',
  })
  firstOpensAt!: Date | null

  @Field(() => Instant, {
    nullable: true,
    description: 'When the last of those who wait may be; null when nobody waits.',
  })
  lastOpensAt!: Date | null

  @Field(() => Int, { description: 'For how many no hour is open in all the places that they may be in.' })
  neverOpen!: number
}

@ObjectType('CampaignQuote', {
  description:
    'What a campaign costs, from every recipient’s finished text. Stored and never changed; a start names one, and its credits are the most that the campaign may use.',
})
export class CampaignQuoteType {
  @Field(() => ID, { description: 'Its id, for startCampaign and scheduleCampaign.' })
  id!: string

  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => Int, { description: 'Contacts in the audience.' })
  audienceSize!: number

  @Field(() => Int, { description: 'Those of them who get a text.' })
  recipients!: number

  @Field(() => [SkippedCountType], { description: 'Those who get none, by reason, most frequent first.' })
  skipped!: SkippedCountType[]

  @Field(() => Int, { description: 'Segments of the shortest text.' })
  segmentsMin!: number

  @Field(() => Int, { description: 'Segments of the typical text: half of the recipients get no more.' })
  segmentsTypical!: number

  @Field(() => Int, { description: 'Segments of the longest text.' })
  segmentsMax!: number

  @Field(() => Credits, { description: 'Credits for all recipients, exact.' })
  credits!: number

  @Field(() => Credits, { description: 'Credits of the cheapest text.' })
  creditsMin!: number

  @Field(() => Credits, { description: 'Credits of the dearest text.' })
  creditsMax!: number

  @Field(() => Int, { description: 'Recipients whose text needs UCS-2.' })
  ucs2Recipients!: number

  @Field(() => [EncodingCulpritType], {
    description: 'The characters that cause it, most frequent first; at most 20.',
  })
  culprits!: EncodingCulpritType[]

  @Field(() => [CountryShareType], { description: 'By country, most recipients first.' })
  countries!: CountryShareType[]

  @Field(() => Credits, { description: 'Credits that campaigns may use now: available beyond the reserve.' })
  availableCredits!: number

  @Field(() => Credits, {
    description:
      'Credits that are missing for everybody. The campaign would pause there and go on after a top-up.',
  })
  shortfallCredits!: number

  @Field(() => QuoteHoursType, {
    nullable: true,
    description:
      'How many could be texted at the moment of the quote, and until when the others wait; null for a quote that is older than this figure.',
  })
  hours!: QuoteHoursType | null

  @Field(() => Int, { description: 'About how long sending takes, in seconds, without pauses.' })
  expectedSeconds!: number

  @Field(() => Boolean, { description: 'Whether a start with it is refused by now.' })
  isStale!: boolean

  @Field(() => [QuoteStalenessType], { description: 'Why it no longer holds; empty while it does.' })
  staleReasons!: QuoteStalenessType[]
}

@ObjectType('CampaignProgress', {
  description:
    'Where everybody of a campaign stands at one moment. skipped + pending + inFlight + unknown + accepted + unproven + failed + suppressed + cancelled + expired is always audienceSize.',
})
export class CampaignProgressType {
  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string

  @Field(() => CampaignStateEnum, { description: 'Its state.' })
  state!: string

  @Field(() => CampaignPauseType, { nullable: true, description: 'Why it is paused, when it is.' })
  pause!: CampaignPauseType | null

  @Field(() => Int, { description: 'Everybody in the frozen audience; 0 before the start.' })
  audienceSize!: number

  @Field(() => Int, { description: 'Get no text.' })
  skipped!: number

  @Field(() => [SkippedCountType], { description: 'The skipped by reason, most frequent first.' })
  skippedBy!: SkippedCountType[]

  @Field(() => Int, { description: 'Wait for their turn.' })
  pending!: number

  @Field(() => Int, { description: 'Of the pending: their text is not written yet.' })
  unprepared!: number

  @Field(() => Int, { description: 'Are being handed to the carrier.' })
  inFlight!: number

  @Field(() => Int, { description: 'Nobody can tell yet whether the carrier has them.' })
  unknown!: number

  @Field(() => Int, { description: 'The carrier has them.' })
  accepted!: number

  @Field(() => Int, { description: 'Of the accepted: reported as delivered so far.' })
  delivered!: number

  @Field(() => Int, { description: 'Of the accepted: reported as not delivered so far.' })
  undelivered!: number

  @Field(() => Int, { description: 'Closed without proof, charged.' })
  unproven!: number

  @Field(() => Int, { description: 'Refused by the carrier for good.' })
  failed!: number

  @Field(() => Int, { description: 'Not sent for lack of consent at the gate.' })
  suppressed!: number

  @Field(() => Int, { description: 'Not sent because the campaign was cancelled.' })
  cancelled!: number

  @Field(() => Int, { description: 'Not sent because it would have been too late.' })
  expired!: number

  @Field(() => Credits, { description: 'Credits held for what is in flight or unknown.' })
  heldCredits!: number

  @Field(() => Credits, { description: 'Credits spent.' })
  capturedCredits!: number

  @Field(() => Credits, { nullable: true, description: 'Credits that it may use at most.' })
  capCredits!: number | null

  @Field(() => Int, { nullable: true, description: 'Place of the next recipient in the frozen order.' })
  nextPlace!: number | null

  @Field(() => Instant, {
    nullable: true,
    description:
      'Everybody who is left waits for the hours of the place, or for a day with fewer texts: texts go on then.',
  })
  nextOpeningAt!: Date | null

  @Field(() => Float, { description: 'Texts a second, over the last ten seconds.' })
  ratePerSecond!: number

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds until the end at that rate; null while it stands still.',
  })
  secondsLeft!: number | null

  @Field(() => EventSeq, { description: 'Newest event of the account when this was read.' })
  seq!: number
}

@ObjectType('CampaignFailure', { description: 'Texts that failed for one reason.' })
export class CampaignFailureType {
  @Field(() => Int, { nullable: true, description: 'The carrier’s error code, when it gave one.' })
  errorCode!: number | null

  @Field(() => Int, { description: 'How many texts.' })
  messages!: number

  @Field(() => String, { description: 'What happened, in words.' })
  words!: string

  @Field(() => String, { description: 'What to do about it.' })
  remedy!: string
}
