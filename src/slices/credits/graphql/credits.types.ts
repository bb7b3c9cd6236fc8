import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Credits, EventSeq, Instant, resultUnion } from '../../../platform/graphql/index.js'
import type { LotSource } from '../domain/credit-lot.js'

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

  @Field(() => [PriceType], { description: 'By country.' })
  prices!: PriceType[]
}

export const CreditBalanceResult = resultUnion(
  'CreditBalanceResult',
  CreditBalanceType,
  'The balance after the change, or why nothing was changed.',
)
