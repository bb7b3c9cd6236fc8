import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf, Credits, EventSeq, Instant, resultUnion } from '../../../platform/graphql/index.js'

/** Words of ours as an enum of the API. */
function words<const Word extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Word, string>>,
): Record<Uppercase<Word>, Word> {
  const keys = Object.keys(values) as Word[]
  const upper = (word: Word) => word.toUpperCase() as Uppercase<Word>
  const made = Object.fromEntries(keys.map((word) => [upper(word), word])) as Record<Uppercase<Word>, Word>
  registerEnumType(made, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      keys.map((word) => [upper(word), { description: values[word] }]),
    ) as Record<Uppercase<Word>, { description: string }>,
  })
  return made
}

export const PriceListKindEnum = words('PriceListKind', 'What is sold.', {
  pack: 'Credits, bought once.',
  plan: 'A subscription with credits every month.',
  top_up: 'Credits, bought automatically when they run low.',
})

export const OrderStateEnum = words('OrderState', 'How far an order has come.', {
  created: 'Written; its checkout is being opened.',
  open: 'Can be paid.',
  pending: 'Paid in a way that takes days; credits come when the money does.',
  paid: 'Paid.',
  failed: 'The payment failed.',
  expired: 'Nobody paid in time.',
})

export const TopUpModeEnum = words('TopUpMode', 'How much a top-up buys.', {
  fixed: 'Always the same number of credits.',
  target: 'As many as are missing to a number of credits.',
})

export const TopUpStateEnum = words('TopUpState', 'How far a top-up has come.', {
  requested: 'About to be charged.',
  processing: 'Charged; the answer is awaited.',
  requires_action: 'The bank asks the card holder to confirm it.',
  succeeded: 'Paid.',
  failed: 'Declined; nothing was charged.',
  canceled: 'Ended without a charge.',
})

@ObjectType('PriceListItem', { description: 'Something on the price list.' })
export class PriceListItemType {
  @Field(() => ID, { description: 'What to order it by.' })
  code!: string

  @Field(() => PriceListKindEnum, { description: 'What kind of thing it is.' })
  kind!: 'pack' | 'plan' | 'top_up'

  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Field(() => Credits, { description: 'Credits of a pack, of a month of a plan, or that the price is for.' })
  credits!: number

  @Field(() => Int, { description: 'Its price in the smallest unit of the currency.' })
  amountMinor!: number

  @Field(() => String, { description: 'Three-letter code of the currency.' })
  currency!: string

  @Field(() => Int, { description: 'Days of a first trial; 0 without one.' })
  trialDays!: number

  @Field(() => Credits, { description: 'Credits of the trial.' })
  trialCredits!: number

  @Field(() => Credits, { description: 'How many unused credits of a month may be used in the next one.' })
  rolloverCreditsMax!: number
}

@ObjectType('BillingOrder', { description: 'A purchase that was begun.' })
export class BillingOrderType {
  @Field(() => ID, { description: 'Id of the order.' })
  id!: string

  @Field(() => String, { description: 'What was ordered, by its code on the price list.' })
  code!: string

  @Field(() => Credits, { description: 'The credits that it brings; for a plan, each month.' })
  credits!: number

  @Field(() => Int, { description: 'Its price in the smallest unit of the currency.' })
  amountMinor!: number

  @Field(() => String, { description: 'Three-letter code of the currency.' })
  currency!: string

  @Field(() => OrderStateEnum, { description: 'How far it has come.' })
  state!: 'created' | 'open' | 'pending' | 'paid' | 'failed' | 'expired'

  @Field(() => String, { nullable: true, description: 'The page at which it is paid, while it can be.' })
  sessionUrl!: string | null

  @Field(() => Instant, { description: 'When it was written.' })
  createdAt!: Date

  @Field(() => Instant, { description: 'Until when it can be paid.' })
  expiresAt!: Date
}

@ObjectType('BillingPayment', { description: 'A payment, with everything that went back of it.' })
export class BillingPaymentType {
  @Field(() => ID, { description: "The payment provider's id of it." })
  id!: string

  @Field(() => String, { description: "Its state in the provider's words." })
  status!: string

  @Field(() => String, { description: 'Three-letter code of the currency.' })
  currency!: string

  @Field(() => Int, { description: 'What was asked for, in the smallest unit of the currency.' })
  amountMinor!: number

  @Field(() => Int, { description: 'What was received.' })
  receivedMinor!: number

  @Field(() => Int, { description: 'What was refunded.' })
  refundedMinor!: number

  @Field(() => Int, { description: 'What a dispute holds back.' })
  disputedMinor!: number

  @Field(() => Boolean, { description: 'Whether it is disputed now; nothing is sent meanwhile.' })
  disputeOpen!: boolean

  @Field(() => Boolean, {
    description:
      'Whether its bank reported it as fraud and nobody has cleared it; nothing is sent meanwhile.',
  })
  fraudWarned!: boolean

  @Field(() => String, { nullable: true, description: 'Why it failed, in a word of the provider.' })
  failure!: string | null

  @Field(() => String, { nullable: true, description: 'Address of the receipt.' })
  receiptUrl!: string | null

  @Field(() => Instant, { description: 'When it began.' })
  createdAt!: Date
}

@ObjectType('BillingInvoice', { description: 'An invoice of a subscription.' })
export class BillingInvoiceType {
  @Field(() => ID, { description: "The payment provider's id of it." })
  id!: string

  @Field(() => String, { nullable: true, description: 'Its number.' })
  number!: string | null

  @Field(() => String, { description: "Its state in the provider's words." })
  status!: string

  @Field(() => String, { description: 'Three-letter code of the currency.' })
  currency!: string

  @Field(() => Int, { description: 'Its total in the smallest unit of the currency.' })
  totalMinor!: number

  @Field(() => Int, { description: 'What of it is paid.' })
  paidMinor!: number

  @Field(() => String, { nullable: true, description: 'Address of the invoice.' })
  hostedUrl!: string | null

  @Field(() => Instant, { nullable: true, description: 'When the card is charged again after a failure.' })
  nextAttemptAt!: Date | null

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: Date
}

@ObjectType('BillingSubscription', { description: 'A subscription as the payment provider has it.' })
export class BillingSubscriptionType {
  @Field(() => ID, { description: "The payment provider's id of it." })
  id!: string

  @Field(() => String, { nullable: true, description: 'Its plan, by its code on the price list.' })
  code!: string | null

  @Field(() => String, { description: "Its state in the provider's words." })
  status!: string

  @Field(() => String, { nullable: true, description: 'Why it is paused, when it is.' })
  pauseCause!: string | null

  @Field(() => Instant, { nullable: true, description: 'When the period that is paid ends.' })
  periodEnd!: Date | null

  @Field(() => Instant, { nullable: true, description: 'When it will end, if it was cancelled.' })
  cancelAt!: Date | null
}

@ObjectType('TopUpSetting', { description: 'The terms of automatic top-up.' })
export class TopUpSettingType {
  @Field(() => Boolean, { description: 'Whether it is on.' })
  enabled!: boolean

  @Field(() => Credits, { description: 'It begins when fewer credits than this are available.' })
  thresholdCredits!: number

  @Field(() => TopUpModeEnum, { description: 'How much is bought.' })
  mode!: 'fixed' | 'target'

  @Field(() => Credits, { description: 'Credits to buy, or to reach.' })
  credits!: number

  @Field(() => Int, { description: 'What a month may cost at most, in the smallest unit of the currency.' })
  monthlyCapMinor!: number

  @Field(() => String, { nullable: true, description: 'Why it is off, in a word.' })
  disabledReason!: string | null
}

@ObjectType('TopUp', { description: 'One automatic top-up.' })
export class TopUpType {
  @Field(() => ID, { description: 'Id of the top-up.' })
  id!: string

  @Field(() => TopUpStateEnum, { description: 'How far it has come.' })
  state!: 'requested' | 'processing' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'

  @Field(() => Credits, { description: 'The credits that it brings.' })
  credits!: number

  @Field(() => Int, { description: 'Its price in the smallest unit of the currency.' })
  amountMinor!: number

  @Field(() => String, { nullable: true, description: 'Why it failed, in a word.' })
  failure!: string | null

  @Field(() => Instant, { description: 'When it began.' })
  requestedAt!: Date
}

@ObjectType('Billing', { description: 'How the account stands with money.' })
export class BillingType {
  @Field(() => BillingSubscriptionType, {
    nullable: true,
    description: 'The subscription, or the last one there was.',
  })
  subscription!: BillingSubscriptionType | null

  @Field(() => Boolean, { description: 'Whether a card is saved that top-ups can charge.' })
  hasCard!: boolean

  @Field(() => Boolean, { description: 'Whether a disputed payment stops all sending.' })
  isFrozen!: boolean

  @Field(() => TopUpSettingType, { nullable: true, description: 'The terms of automatic top-up.' })
  topUp!: TopUpSettingType | null

  @Field(() => Float, {
    description: 'What top-ups of this month cost so far, those under way among them, in the smallest unit.',
  })
  topUpCommittedMinor!: number
}

@ObjectType('BillingLink', { description: "A page of the payment provider's, good for a short time." })
export class BillingLinkType {
  @Field(() => String, { description: 'Its address.' })
  url!: string
}

@ObjectType('BillingEvent', { description: 'Something that happened to the account’s money.' })
export class BillingEventType {
  @Field(() => EventSeq, {
    description: 'Its place in the account’s events; give it as `afterSeq` to go on.',
  })
  seq!: number

  @Field(() => Instant, { description: 'When it was written.' })
  at!: Date

  @Field(() => String, {
    description:
      'What happened: `order`, `payment`, `invoice`, `subscription`, `purchase`, `clawback`, `restored`, `top-up`, `top-up-off`, `top-up-setting` or `control`.',
  })
  kind!: string

  @Field(() => String, { nullable: true, description: 'The state that it brought, in a word.' })
  state!: string | null

  @Field(() => Credits, { nullable: true, description: 'How many credits moved.' })
  credits!: number | null

  @Field(() => String, { nullable: true, description: 'Id of the order, payment, invoice or other thing.' })
  subjectId!: string | null
}

@ObjectType('BillingDifference', {
  description: 'Something that the payment provider has and that makes no sense here.',
})
export class BillingDifferenceType {
  @Field(() => ID, { description: 'Id of the difference.' })
  id!: string

  @Field(() => String, { description: "The payment provider's id of the object." })
  objectId!: string

  @Field(() => String, { description: 'What kind of object it is.' })
  objectKind!: string

  @Field(() => String, { description: 'What is wrong, in a word.' })
  what!: string

  @Field(() => Instant, { description: 'When it was found.' })
  foundAt!: Date
}

@ObjectType('CorrectedDifference', { description: 'What fetching the object again did.' })
export class CorrectedDifferenceType {
  @Field(() => Boolean, { description: 'Whether it agrees now.' })
  resolved!: boolean
}

@ObjectType('ClearedFraudWarning', { description: 'A payment whose fraud warning was cleared.' })
export class ClearedFraudWarningType {
  @Field(() => ID, { description: "The payment provider's id of the payment." })
  paymentId!: string
}

export const BillingOrderConnection = connectionOf(BillingOrderType, 'BillingOrder')
export const BillingPaymentConnection = connectionOf(BillingPaymentType, 'BillingPayment')
export const BillingInvoiceConnection = connectionOf(BillingInvoiceType, 'BillingInvoice')
export const TopUpConnection = connectionOf(TopUpType, 'TopUp')

export const BillingOrderResult = resultUnion(
  'BillingOrderResult',
  BillingOrderType,
  'The order, or why there is none.',
)
export const BillingResult = resultUnion(
  'BillingResult',
  BillingType,
  'How the account stands after the change, or why nothing was changed.',
)
export const BillingLinkResult = resultUnion(
  'BillingLinkResult',
  BillingLinkType,
  'The page, or why there is none.',
)
export const CorrectedDifferenceResult = resultUnion(
  'CorrectedDifferenceResult',
  CorrectedDifferenceType,
  'What the correction did, or why it did nothing.',
)
export const ClearedFraudWarningResult = resultUnion(
  'ClearedFraudWarningResult',
  ClearedFraudWarningType,
  'The payment, or why nothing was cleared.',
)
