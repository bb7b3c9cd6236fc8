import { Field, Int, ObjectType } from 'type-graphql'
import { Instant, resultUnion } from '../../../platform/graphql/index.js'

@ObjectType('HoursGroup', {
  description: 'Recipients who may be texted from the same moment on, for the same reason.',
})
export class HoursGroupType {
  @Field(() => Int, { description: 'How many they are.' })
  recipients!: number

  @Field(() => [String], { description: 'Every zone that they may be in; all must be open.' })
  zones!: readonly string[]

  @Field(() => [String], { description: 'Every state or province whose law may apply.' })
  regions!: readonly string[]

  @Field(() => String, {
    description: 'What the zones were taken from: `contact`, `region`, `number` or `country`.',
  })
  source!: string

  @Field(() => Boolean, { description: 'Whether they can be texted at the start.' })
  isOpen!: boolean

  @Field(() => Instant, {
    nullable: true,
    description: 'When they can be, at the earliest; null when never.',
  })
  opensAt!: Date | null

  @Field(() => [String], { description: 'The same on the clock of each zone.' })
  opensAtLocal!: string[]

  @Field(() => String, { nullable: true, description: 'Why they wait: the clock, the rule and its source.' })
  why!: string | null
}

@ObjectType('HoursSimulation', {
  description: 'When the recipients of a campaign or of an audience could be texted, and why then.',
})
export class HoursSimulationType {
  @Field(() => Instant, { description: 'The start that was asked about.' })
  startAt!: Date

  @Field(() => Int, { description: 'Recipients, without those that are skipped.' })
  recipients!: number

  @Field(() => Int, { description: 'How many of them can be texted at the start.' })
  openAtStart!: number

  @Field(() => Instant, { nullable: true, description: 'When the last ones can be.' })
  lastOpensAt!: Date | null

  @Field(() => Int, { description: 'For how many no hour is open in all the places that they may be in.' })
  neverOpen!: number

  @Field(() => [HoursGroupType], { description: 'The groups, earliest first; 500 at most.' })
  groups!: HoursGroupType[]

  @Field(() => Int, { description: 'Recipients in groups beyond those that are listed.' })
  otherRecipients!: number
}

export const HoursSimulationResult = resultUnion(
  'HoursSimulationResult',
  HoursSimulationType,
  'The simulation, or why there is none.',
)
