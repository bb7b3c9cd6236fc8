import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import {
  connectionOf,
  Credits,
  EventSeq,
  Instant,
  resultUnion,
  SignedCredits,
} from '../../../platform/graphql/index.js'
import type { LotSource } from '../domain/credit-lot.js'
import type { ExplanationPart } from '../domain/balance-explanation.js'
import type { TransferKind } from '../domain/transfer-kind.js'
import type { UseOfCredits } from '../explain-balance.js'

export const LotSourceEnum = {
  PLAN: 'plan',
  PURCHASE: 'purchase',
  PROMOTION: 'promotion',
  ADJUSTMENT: 'adjustment',
} as const

registerEnumType(LotSourceEnum, {
  name: 'LotSource',
  description: 'Where a lot of credits came from.',
  valuesConfig: {
    PLAN: { description: 'Came with a plan.' },
    PURCHASE: { description: 'Was bought.' },
    PROMOTION: { description: 'Was given away; spent before paid ones of the same priority and expiry.' },
    ADJUSTMENT: { description: 'Was added by an administrator.' },
  },
})

@ObjectType('CreditBalance', {
  description: 'The credits of an account, each the sum of its ledger entries.',
})
export class CreditBalanceType {
  @Field(() => Credits, { description: 'Can be spent.' })
  available!: number

  @Field(() => Credits, { description: 'Set aside for messages in flight.' })
  held!: number

  @Field(() => Credits, { description: 'Spent, less what was refunded.' })
  spent!: number

  @Field(() => Credits, { description: 'Ran out of time before they were spent.' })
  expired!: number

  @Field(() => Credits, {
    description:
      'Owed, because credits were taken back after they had been spent. Blocks sending until it is paid.',
  })
  debt!: number

  @Field(() => EventSeq, { description: 'Number of the newest transfer in the ledger.' })
  seq!: number
}

@ObjectType('CreditLot', { description: 'Credits of one grant.' })
export class CreditLotType {
  @Field(() => Int, { description: 'Number of the lot in its account.' })
  lotNo!: number

  @Field(() => LotSourceEnum, { description: 'Where it came from.' })
  source!: LotSource

  @Field(() => Credits, { description: 'How many credits were granted.' })
  amountCredits!: number

  @Field(() => Credits, { description: 'How many of them are available now.' })
  remainingCredits!: number

  @Field(() => Int, { description: '0 is spent first, 100 last.' })
  priority!: number

  @Field(() => Instant, { nullable: true, description: 'When what is left of it expires; null for never.' })
  expiresAt!: Date | null

  @Field(() => Instant, { description: 'When it was granted.' })
  createdAt!: Date
}

@ObjectType('Price', { description: 'What a segment to a country costs.' })
export class PriceType {
  @Field(() => String, { description: 'Two-letter code of the country.' })
  country!: string

  @Field(() => Credits, { description: 'Credits for each segment.' })
  creditsPerSegment!: number
}

@ObjectType('PriceBook', {
  description: 'Prices by country. Versions never change; a new price is a new version.',
})
export class PriceBookType {
  @Field(() => Int, { description: 'Version; each message keeps the one that it was priced with.' })
  version!: number

  @Field(() => Instant, { description: 'From when on messages are priced with it.' })
  effectiveAt!: Date

  @Field(() => [PriceType], { description: 'By country; a country that is not here cannot be texted.' })
  prices!: PriceType[]
}

export const CreditBalanceResult = resultUnion(
  'CreditBalanceResult',
  CreditBalanceType,
  'The balance after the change, or why nothing was changed.',
)

export const PriceBookResult = resultUnion(
  'PriceBookResult',
  PriceBookType,
  'The version that was published, or why none was.',
)

export const TransferKindEnum = {
  GRANT: 'grant',
  HOLD: 'hold',
  CAPTURE: 'capture',
  RELEASE: 'release',
  REFUND: 'refund',
  EXPIRY: 'expiry',
  CLAWBACK: 'clawback',
  DEDUCTION: 'deduction',
  DEBT_CHARGE: 'debt_charge',
  DEBT_REPAYMENT: 'debt_repayment',
  LATE_CHARGE: 'late_charge',
} as const satisfies Record<string, TransferKind>

registerEnumType(TransferKindEnum, {
  name: 'TransferKind',
  description: 'What a transfer of credits was for.',
  valuesConfig: {
    GRANT: { description: 'A lot of credits came into the account.' },
    HOLD: { description: 'Set aside for a message about to be sent.' },
    CAPTURE: { description: 'A hold was spent: the carrier took the message.' },
    RELEASE: { description: 'A hold came back: the message was not sent.' },
    REFUND: { description: 'What a message had cost came back.' },
    EXPIRY: { description: 'The rest of a lot ran out of time.' },
    CLAWBACK: { description: 'A grant was taken back.' },
    DEDUCTION: { description: 'An administrator took credits.' },
    DEBT_CHARGE: { description: 'A grant was taken back after it had been used, and is owed.' },
    DEBT_REPAYMENT: { description: 'Credits paid what was owed.' },
    LATE_CHARGE: {
      description:
        'What had been given back was charged again: the carrier was proved to have the message after all.',
    },
  },
})

@ObjectType('StatementLine', { description: 'One transfer of the ledger, with the balance after it.' })
export class StatementLineType {
  @Field(() => EventSeq, { description: 'Number of the transfer: 1, 2, 3, … in its account.' })
  seq!: number

  @Field(() => Instant, { description: 'When it was posted.' })
  at!: Date

  @Field(() => TransferKindEnum, { description: 'What it was for.' })
  kind!: TransferKind

  @Field(() => String, { description: 'The same in words.' })
  description!: string

  @Field(() => Credits, { description: 'How many credits moved.' })
  amount!: number

  @Field(() => SignedCredits, { description: 'What it changed in the available credits.' })
  availableChange!: number

  @Field(() => SignedCredits, { description: 'What it changed in the held credits.' })
  heldChange!: number

  @Field(() => Credits, { description: 'Available after it.' })
  available!: number

  @Field(() => Credits, { description: 'Held after it.' })
  held!: number

  @Field(() => Int, { description: 'The lot that gave or received.' })
  lotNo!: number

  @Field(() => LotSourceEnum, { description: 'Where that lot came from.' })
  lotSource!: LotSource

  @Field(() => String, {
    description: 'Who posted it: a person, an API key, an administrator, or a part of the system.',
  })
  actor!: string

  @Field(() => String, { nullable: true, description: 'Why, where a reason was given.' })
  reason!: string | null

  @Field(() => ID, { nullable: true, description: 'The message that it was for.' })
  messageId!: string | null

  @Field(() => ID, { nullable: true, description: 'The campaign of that message.' })
  campaignId!: string | null

  @Field(() => EventSeq, { description: 'The block of the hash chain that holds it.' })
  blockNo!: number
}

export const StatementConnection = connectionOf(StatementLineType, 'StatementLine')

export const BalancePartEnum = {
  GRANTED: 'granted',
  TAKEN_BACK: 'taken_back',
  DEDUCTED: 'deducted',
  EXPIRED: 'expired',
  SPENT: 'spent',
  HELD: 'held',
  OWED: 'owed',
} as const satisfies Record<string, ExplanationPart['part']>

registerEnumType(BalancePartEnum, {
  name: 'BalancePartKind',
  description: 'What a part of the balance stands for.',
  valuesConfig: {
    GRANTED: { description: 'Came into the account.' },
    TAKEN_BACK: { description: 'Grants that were rolled back.' },
    DEDUCTED: { description: 'Taken by an administrator.' },
    EXPIRED: { description: 'Ran out of time.' },
    SPENT: { description: 'Spent on messages, less what was refunded.' },
    HELD: { description: 'Set aside for messages in flight.' },
    OWED: { description: 'Taken back, but not from available: it had been used. Counted up again here.' },
  },
})

@ObjectType('BalancePart', { description: 'One part of the balance.' })
export class BalancePartType {
  @Field(() => BalancePartEnum, { description: 'What it stands for.' })
  part!: ExplanationPart['part']

  @Field(() => LotSourceEnum, { nullable: true, description: 'Of granted credits: where they came from.' })
  source!: LotSource | null

  @Field(() => SignedCredits, { description: 'Negative for what was taken away.' })
  credits!: number
}

export const CreditUseEnum = {
  CAMPAIGN: 'campaign',
  SINGLE_MESSAGES: 'single_messages',
  NO_MESSAGE: 'no_message',
} as const satisfies Record<string, UseOfCredits['use']>

registerEnumType(CreditUseEnum, {
  name: 'CreditUseKind',
  description: 'What credits were used for.',
  valuesConfig: {
    CAMPAIGN: { description: 'The messages of one campaign.' },
    SINGLE_MESSAGES: { description: 'Messages that belong to no campaign.' },
    NO_MESSAGE: { description: 'Holds without a message; there should be none.' },
  },
})

@ObjectType('CreditUse', {
  description: 'What one campaign, or the messages without one, used of the credits.',
})
export class CreditUseType {
  @Field(() => CreditUseEnum, { description: 'What they were used for.' })
  use!: UseOfCredits['use']

  @Field(() => ID, { nullable: true, description: 'The campaign.' })
  campaignId!: string | null

  @Field(() => Int, { description: 'How many messages have held credits.' })
  messages!: number

  @Field(() => Credits, { description: 'Spent, less what was refunded.' })
  spent!: number

  @Field(() => Credits, { description: 'Held now.' })
  held!: number

  @Field(() => Credits, { description: 'Spent once and given back.' })
  refunded!: number
}

@ObjectType('BalanceExplanation', { description: 'Why the balance is what it is.' })
export class BalanceExplanationType {
  @Field(() => Credits, { description: 'Available; exactly the sum of the parts.' })
  available!: number

  @Field(() => [BalancePartType], { description: 'The parts that are not zero.' })
  parts!: BalancePartType[]
}

@ObjectType('MessageCost', { description: 'What one message cost, and why: segments × credits per segment.' })
export class MessageCostType {
  @Field(() => ID, { description: 'The message.' })
  messageId!: string

  @Field(() => ID, { nullable: true, description: 'Its campaign.' })
  campaignId!: string | null

  @Field(() => Int, { nullable: true, description: 'Its place in the campaign.' })
  ordinal!: number | null

  @Field(() => String, { description: 'Two-letter code of the country that it went to.' })
  country!: string

  @Field(() => Int, { description: 'How many segments it has.' })
  segments!: number

  @Field(() => Int, { nullable: true, description: 'What a segment to that country cost in its price book.' })
  creditsPerSegment!: number | null

  @Field(() => Int, { description: 'The version of the price book that it was priced with.' })
  priceVersion!: number

  @Field(() => Credits, { description: 'Its price: segments × credits per segment.' })
  cost!: number

  @Field(() => Credits, { description: 'Spent on it, less what was refunded.' })
  spent!: number

  @Field(() => Credits, { description: 'Held for it now.' })
  held!: number

  @Field(() => Credits, { description: 'Spent on it once and given back.' })
  refunded!: number
}

export const MessageCostConnection = connectionOf(MessageCostType, 'MessageCost')
